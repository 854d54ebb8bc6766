"""Columns of text as bytes: a buffer, its paragraphs, its words, and what is looked for in them."""
