"""Phrases with slots, and a quick way to the few of them that a line may match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["Slotted"]

_WORD = re.compile(r"\w+")

#: Marks before the first word of a line and behind its last one: a normalised line has none.
_BEFORE, _BEHIND = re.compile(r"^[\W_]+"), re.compile(r"[^\w\u0300-\u036f\u0900-\u0dff]+$")


class Slotted:
    """Phrases with slots, which are looked up by the word that they begin or end with.

    Args:
        phrases: for each phrase its parts between the slots (folded), whether its script has spaces between words, and
            the bits that a line gets which matches it.
    """

    def __init__(self, phrases: Iterable[tuple[list[str], bool, int]]) -> None:
        self._known: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
        for parts, spaced, bits in phrases:
            fixed = [_BEFORE.sub("", parts[0]), *parts[1:]]
            fixed[-1] = _BEHIND.sub("", fixed[-1])
            known = self._known.setdefault(_key(fixed, spaced), {})
            pieces = _pieces(fixed, spaced)
            known[pieces] = known.get(pieces, 0) | bits

    def bits(self, line: str) -> int:
        """Return the bits of all phrases that a line matches; the line is normalised."""
        found = 0
        for key in _keys(line):
            for pieces, bits in self._known.get(key, {}).items():
                # Inline: few lines get beyond this test, and a call for each phrase takes longer.
                if (
                    line.startswith(pieces[0])
                    and line.endswith(pieces[-1])
                    and pieces[1] in line
                    and _between(line, pieces)
                ):
                    found |= bits
        return found


def _key(fixed: list[str], spaced: bool) -> tuple[str, str]:
    """Return the key of a phrase: its first word, else its last one; in scripts without spaces, one character."""
    if words := _WORD.findall(fixed[0]):
        return ("first word", words[0]) if spaced else ("first", fixed[0][0])
    if words := _WORD.findall(fixed[-1]):
        return ("last word", words[-1]) if spaced else ("last", fixed[-1][-1])
    return "any", ""


def _keys(line: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of all phrases that a line may match."""
    yield "any", ""
    if line:
        yield "first", line[0]
        yield "last", line[-1]
    if first := _WORD.search(line):
        yield "first word", first[0]
        yield "last word", (_WORD.findall(line, line.rfind(" ") + 1) or _WORD.findall(line))[-1]


def _pieces(fixed: list[str], spaced: bool) -> tuple[str, ...]:
    """Return the parts with the spaces that a slot needs. Beside a mark it needs none."""
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
