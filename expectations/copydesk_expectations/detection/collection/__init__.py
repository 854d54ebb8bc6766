"""Predicates of the checks of the whole collection."""
