"""Lexicons: phrases that pages print around a story, and a quick way to the lines that may be one."""

from copydesk.lexicon.check import LexiconCheck
from copydesk.lexicon.lexicon import line_hits, load
from copydesk.lexicon.phrases import LINE_KINDS, SLOT, kind_bits

__all__ = ["LINE_KINDS", "SLOT", "LexiconCheck", "kind_bits", "line_hits", "load"]
