"""A result as a notebook or a Python prompt shows it."""
