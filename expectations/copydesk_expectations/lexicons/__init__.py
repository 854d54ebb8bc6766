"""Lexicons: a text file a language; see `copydesk.lexicon.phrases` for the format."""
