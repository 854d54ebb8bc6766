"""Predicates of the checks of privacy."""
