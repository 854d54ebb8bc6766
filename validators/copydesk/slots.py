"""Phrases with slots: patterns for them, and a quick way to those few that a line may match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

__all__ = ["Slotted"]

_FIRST, _LAST = re.compile(r"\w+"), re.compile(r"(\w+)\W*$")

_compiled = lru_cache(maxsize=4096)(re.compile)


class Slotted:
    """Phrases with slots, found by the word that they begin or end with.

    Args:
        phrases: for each its parts, folded (what stands between its slots), whether its script parts words by spaces,
            and what is to be said of a line that matches it (bits).
    """

    def __init__(self, phrases: Iterable[tuple[list[str], bool, int]]) -> None:
        self._found: dict[tuple[str, str], dict[str, int]] = {}
        for parts, spaced, bits in phrases:
            fixed = [re.sub(r"^[\W_]+", "", parts[0]), *parts[1:]]
            fixed[-1] = re.sub(r"[^\w\u0300-\u036f\u0900-\u0dff]+$", "", fixed[-1])
            patterns = self._found.setdefault(_key(fixed, spaced), {})
            pattern = _pattern(fixed, spaced)
            patterns[pattern] = patterns.get(pattern, 0) | bits

    def bits(self, line: str) -> int:
        """Return the bits of all phrases that a line matches; the line is normalised."""
        found = 0
        for key in _keys(line):
            for pattern, bits in self._found.get(key, {}).items():
                if bits & ~found and _compiled(pattern).fullmatch(line):
                    found |= bits
        return found


def _key(fixed: list[str], spaced: bool) -> tuple[str, str]:
    """Return by what a phrase is found: its first word or else its last, or one character in scripts without spaces."""
    if word := _FIRST.search(fixed[0]):
        return ("first word", word[0]) if spaced else ("first", fixed[0][0])
    if word := _LAST.search(fixed[-1]):
        return ("last word", word[1]) if spaced else ("last", fixed[-1][-1])
    return "any", ""


def _keys(line: str) -> Iterator[tuple[str, str]]:
    """Return by what the phrases are found that a line may match."""
    yield "any", ""
    if line:
        yield "first", line[0]
        yield "last", line[-1]
    if word := _FIRST.search(line):
        yield "first word", word[0]
    if word := _LAST.search(line):
        yield "last word", word[1]


def _pattern(fixed: list[str], spaced: bool) -> str:
    """Return a pattern for a phrase. A slot takes a word or more; beside a mark it needs no space."""
    pattern = re.escape(fixed[0])
    for left, right in pairwise(fixed):
        before = "" if not spaced or not left else " " if left[-1].isalnum() else " ?"
        after = "" if not spaced or not right else " " if right[0].isalnum() else " ?"
        pattern += f"{before}.+{after}{re.escape(right)}"
    return pattern
