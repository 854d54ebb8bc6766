"""Lexicons: phrases that pages print around a story, and a quick way to the lines that may be one."""
