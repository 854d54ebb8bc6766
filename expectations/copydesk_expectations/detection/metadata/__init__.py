"""Predicates of the checks of metadata: headlines, bylines, dates, and addresses."""
