"""Predicates of the checks of residue: lines of the page, of its publisher, and of its readers."""
