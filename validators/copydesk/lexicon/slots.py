"""Phrases with slots, and a quick way to those few that a line may match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["Slotted"]

_WORD = re.compile(r"\w+")

#: What is no part of a line that is normalised: marks before its first word and behind its last.
_BEFORE, _BEHIND = re.compile(r"^[\W_]+"), re.compile(r"[^\w\u0300-\u036f\u0900-\u0dff]+$")


class Slotted:
    """Phrases with slots, found by the word that they begin or end with.

    Args:
        phrases: for each its parts, folded (what stands between its slots), whether its script parts words by spaces,
            and what is to be said of a line that matches it (bits).
    """

    def __init__(self, phrases: Iterable[tuple[list[str], bool, int]]) -> None:
        self._found: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
        for parts, spaced, bits in phrases:
            fixed = [_BEFORE.sub("", parts[0]), *parts[1:]]
            fixed[-1] = _BEHIND.sub("", fixed[-1])
            known = self._found.setdefault(_key(fixed, spaced), {})
            pieces = _pieces(fixed, spaced)
            known[pieces] = known.get(pieces, 0) | bits

    def bits(self, line: str) -> int:
        """Return the bits of all phrases that a line matches; the line is normalised."""
        found = 0
        for key in _keys(line):
            for pieces, bits in self._found.get(key, {}).items():
                # Asked here, since it holds of few, and a call for each takes longer.
                if (
                    line.startswith(pieces[0])
                    and line.endswith(pieces[-1])
                    and pieces[1] in line
                    and _between(line, pieces)
                ):
                    found |= bits
        return found


def _key(fixed: list[str], spaced: bool) -> tuple[str, str]:
    """Return by what a phrase is found: its first word or else its last, or one character in scripts without spaces."""
    if words := _WORD.findall(fixed[0]):
        return ("first word", words[0]) if spaced else ("first", fixed[0][0])
    if words := _WORD.findall(fixed[-1]):
        return ("last word", words[-1]) if spaced else ("last", fixed[-1][-1])
    return "any", ""


def _keys(line: str) -> Iterator[tuple[str, str]]:
    """Return by what the phrases are found that a line may match."""
    yield "any", ""
    if line:
        yield "first", line[0]
        yield "last", line[-1]
    if first := _WORD.search(line):
        yield "first word", first[0]
        yield "last word", (_WORD.findall(line, line.rfind(" ") + 1) or _WORD.findall(line))[-1]


def _pieces(fixed: list[str], spaced: bool) -> tuple[str, ...]:
    """Return the parts with the spaces that a slot needs; beside a mark it needs none."""
    last = len(fixed) - 1
    return tuple(
        (" " if n and spaced and part and part[0].isalnum() else "")
        + part
        + (" " if n < last and spaced and part and part[-1].isalnum() else "")
        for n, part in enumerate(fixed)
    )


def _between(line: str, pieces: tuple[str, ...]) -> bool:
    """Say whether a line that begins and ends as the pieces do is the pieces, with something in each slot."""
    first, *middle, last = pieces
    at = len(first)
    for piece in middle:
        at = line.find(piece, at + 1)
        if at < 0:
            return False
        at += len(piece)
    return len(line) - len(last) > at
