"""Checks of how an article is built: its paragraphs, its end, its headline."""
