"""Lexicons: a text file a language; see `copydesk.lexicon.lexicon` for the format."""
