"""Misread places: the characters of an article that were read in the wrong encoding, and what they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from copydesk_expectations.detection.text.misreadings import Misreading, misread_alike, misreading_of, word_pairs
from copydesk_expectations.detection.text.readings import NAMES
from copydesk_expectations.detection.text.scripts import BEYOND

__all__ = ["Place", "lines_of", "misreadings_in", "places"]

#: A line of a text.
_LINE = re.compile(r"[^\n\r]*[^\s][^\n\r]*")
_CHUNK = re.compile(r"\S+")


class Place(NamedTuple):
    """Characters that were misread; `mended` is None where it is not certain what they were."""

    start: int
    end: int
    mended: str | None
    reason: str


def lines_of(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text that have a character beyond ASCII, each with its place."""
    return [(m.start(), m[0]) for m in _LINE.finditer(text) if BEYOND.search(m[0])]


def misreadings_in(texts: Mapping[str, str], is_suspicious: Callable[[str], bool]) -> dict[str, list[Place]]:
    """Find what was misread in the fields of one article: the places of each field, in order.

    A line that tells its encoding for certain speaks for the others, which may be too short to tell.

    Args:
        texts: the fields.
        is_suspicious: tells of a line whether it has a sign of a misreading. The others are judged where such a line
            was misread, or the longest of all. To read a sound line back takes the longest, as nothing ends it early.
    """
    lines = [(field, start, line) for field, text in texts.items() for start, line in lines_of(text)]
    longest = max((line for _, _, line in lines), key=len, default="")
    likely = {line for line in lines if line[2] == longest or is_suspicious(line[2])}
    found: dict[tuple[str, int, str], Misreading] = {}
    for line in sorted(lines, key=lambda line: line not in likely):
        misreading = misreading_of(line[2], tuple(found.values())[:1]) if line in likely or found else None
        if misreading:
            found[line] = misreading
    sure = [m for m in found.values() if m.sure]
    if len({(m.reading.right, m.language) for m in sure}) == 1:
        more = {line: misread_alike(line[2], sure[0]) for line in lines if line not in found}
        found |= {line: misreading for line, misreading in more.items() if misreading}
    result: dict[str, list[Place]] = {field: [] for field in texts}
    for line in lines:
        field, start, text = line
        for place in places(text, found[line]) if line in found else ():
            result[field].append(place._replace(start=start + place.start, end=start + place.end))
    return result


def places(line: str, misreading: Misreading) -> Iterator[Place]:
    """Yield what is wrong of a line: words in Latin script, else all from the first letter to the last."""
    reading = misreading.reading
    reason = f"text in {NAMES[reading.right]} that was read as {NAMES[reading.wrong]}"
    mended = reading.mended
    if misreading.script != "Latin":
        start = _common(line, mended)
        end = _common(line[start:][::-1], mended[start:][::-1])
        words = [m for m in _CHUNK.finditer(line) if m.end() > start and m.start() < len(line) - end]
        first, last = words[0].start(), words[-1].end()
        new = mended[first : len(mended) - (len(line) - last)]
        yield Place(first, last, new if misreading.sure else None, reason)
        return
    for start, end, word in word_pairs(line, mended):
        if line[start:end] == word:
            continue
        first = min(_common(line[start:end], word), _edge(line[start:end]))
        last = min(_common(line[start:end][::-1], word[::-1]), _edge(line[start:end][::-1]))
        new = word[first : len(word) - last]
        yield Place(start + first, end - last, new if misreading.sure else None, reason)


def _edge(word: str) -> int:
    """Return how many marks a word begins with."""
    return sum(1 for _ in takewhile(lambda c: not c.isalnum(), word))


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
