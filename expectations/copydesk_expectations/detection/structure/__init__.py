"""Predicates of the checks of structure: repeats, breaks, endings, and clock times."""
