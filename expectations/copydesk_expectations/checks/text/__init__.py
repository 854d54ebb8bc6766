"""Checks of the text itself: its characters, its words, its language, its length."""
