"""Blank lines: whether they part the paragraphs of a text, so that a single line break is none of a paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["blank_lines_part", "has_blank_line"]

#: A line break; a blank line; and a break without one.
_ONE = r"(?:\r\n|\r(?!\n)|\n)"
_BLANK = re.compile(rf"{_ONE}[^\S\r\n]*{_ONE}\s*")
_SINGLE = re.compile(rf"\S[^\S\r\n]*{_ONE}[^\S\r\n]*(?=\S)")

#: So many blank lines show that they part paragraphs; fewer may stand there by chance.
_FEWEST = 2


def has_blank_line(text: str) -> bool:
    """Return whether a text has a blank line."""
    return _BLANK.search(text) is not None


@lru_cache(16)
def blank_lines_part(text: str) -> bool:
    """Return whether a text has blank lines, and no more breaks without one; asked for each break of it in turn."""
    blank = len(_BLANK.findall(text))
    return blank >= _FEWEST and blank >= len(_SINGLE.findall(text))
