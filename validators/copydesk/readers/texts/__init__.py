"""Texts: plain text, Markdown, mailboxes, and downloads in which articles follow each other."""
