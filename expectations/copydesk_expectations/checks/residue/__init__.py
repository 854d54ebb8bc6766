"""Checks for words of the page around the story."""
