"""Lexicons: a text file a language; see `copydesk.lexicon` for the format."""
