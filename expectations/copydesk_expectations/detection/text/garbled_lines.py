"""Garbled lines: those of which most is accented letters, as no language writes."""

from __future__ import annotations

import re

__all__ = ["accents", "garbled_lines", "is_garbled"]

_LINE = re.compile(r"[^\n\r]*[^\s][^\n\r]*")

#: A line of so many accented letters, that are so large a part of it, is no text in Latin script.
_FEWEST_ACCENTS = 20
_ACCENTED = 0.5
_ACCENTS = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc]")


def garbled_lines(text: str) -> list[tuple[int, int]]:
    """Return where lines are nothing that a language writes, from the first accented letter to the last."""
    lines = [
        (m.start(), [a.start() for a in _ACCENTS.finditer(m[0])]) for m in _LINE.finditer(text) if is_garbled(m[0])
    ]
    return [(at + places[0], at + places[-1] + 1) for at, places in lines]


def is_garbled(line: str) -> bool:
    """Return whether a line is mostly accented letters, as no language writes."""
    count = accents(line)
    return count >= _FEWEST_ACCENTS and count >= _ACCENTED * sum(not c.isspace() for c in line)


def accents(text: str) -> int:
    """Count the accented letters and signs that bytes beyond ASCII are shown as."""
    return len(_ACCENTS.findall(text))
