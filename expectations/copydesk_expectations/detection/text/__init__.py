"""Predicates of the checks of the text: encodings, mark-up, preparation, words, and pages without a story."""
