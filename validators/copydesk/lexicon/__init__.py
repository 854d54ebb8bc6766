"""Lexicons: phrases that pages print around a story, and a quick way to the lines that may be one."""

from copydesk.lexicon.lexicon import LINE_KINDS, SLOT, LexiconCheck, kind_bits, line_hits, load

__all__ = ["LINE_KINDS", "SLOT", "LexiconCheck", "kind_bits", "line_hits", "load"]
