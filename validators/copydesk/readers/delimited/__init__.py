"""Comma and tab separated values: their dialects, headers and fields."""
