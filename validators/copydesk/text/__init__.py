"""Columns of text as bytes: buffers, paragraphs, words, and the search for patterns."""
