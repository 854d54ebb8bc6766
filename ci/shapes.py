"""The shapes of articles: their words, of which kind each is, and what stands between them; for ci/shuffled.py."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

Article = dict[str, str | None]

_SHORT = 15  # a line of fewer words may have a head that stays

#: A word with the marks at its edges. In Chinese and Japanese each character is one.
_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿]|[^\s぀-ヿ㐀-䶿一-鿿]+")
_EDGES = "\"'“”‘’„«»‹›()[]{}.,;:!?…*|–—-。，、：；！？「」『』（）《》"
_HEAD = re.compile(r"[^:：]{1,30}[:：]\s")
_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")  # of a headline: ' | Name of the paper'
_BEGINS = re.compile(r"[.!?…]\W*\s\W*$")  # what stands before the first word of a sentence within a line
_IS_OPEN = re.compile(r"[^.!?…:;\w]*")  # what stands behind the last word of a line that has no end mark


@dataclass(frozen=True, slots=True)
class Shape:
    """An article as its words and what stands between them.

    Attributes:
        pieces: of all different lines, one after the other: what stands before a word, the word, and so on.
        bounds: where the pieces of each line begin, and where the last ones end.
        order: the numbers of the lines as they stand in the article; the first is the headline.
        movable: for each kind of word, the places of those that may move.
        suffix: what stands behind the words of the headline.
    """

    pieces: Any
    bounds: list[int]
    order: list[int]
    movable: dict[str, Any]
    suffix: str

    def lines(self, pieces: Any) -> list[str]:
        """Return the lines, the headline first, with other pieces in the places of these."""
        joined = ["".join(pieces[a:b].tolist()) for a, b in zip(self.bounds, self.bounds[1:], strict=False)]
        return [joined[number] for number in self.order]


def lines_of_several(models: Iterable[Article]) -> set[str]:
    """Return the lines that stand under two headlines, as `_normal` has them."""
    story: dict[str, str] = {}
    several = set()
    for model in models:
        body = model["body"] or ""
        headline = _normal(model.get("headline") or body)
        for line in map(_normal, body.split("\n")):
            if story.setdefault(line, headline) != headline:
                several.add(line)
    return several


def shape_of(model: Article, kept: set[str]) -> Shape:
    """Take an article apart; the lines `kept` stay as they are."""
    headline = model.get("headline") or ""
    suffix = match.group() if (match := _SUFFIX.search(headline)) else ""
    title = headline.removesuffix(suffix)
    lines = [title, *(model["body"] or "").split("\n")]
    numbers = {line: number for number, line in enumerate(dict.fromkeys(lines))}
    pieces: list[str] = []
    bounds = [0]
    places: dict[str, list[int]] = defaultdict(list)
    for line in numbers:
        before = len(line) if _normal(line) in kept and line != title else _head(line)
        kept_head, end = line[:before], before
        for begin, end in [*_words(line, before), (len(line), len(line))]:
            gap, word = line[before:begin], line[begin:end]
            if kind := _kind(word, first=before == 0 or bool(_BEGINS.search(gap))):
                last = kind == "word" and _IS_OPEN.fullmatch(line, end)
                places["last word" if last else kind].append(len(pieces) + 1)
            pieces += [kept_head + gap, word]
            kept_head, before = "", end
        bounds.append(len(pieces))
    made = np.array([*map(sys.intern, pieces)], object)
    movable = {kind: np.array(some) for kind, some in places.items()}
    return Shape(made, bounds, [numbers[line] for line in lines], movable, suffix)


def _normal(line: str) -> str:
    """Return a line without regard to case and spacing."""
    return " ".join(line.casefold().split())


def _head(line: str) -> int:
    """Return how many characters of a line stay: the head of a short one."""
    match = _HEAD.match(line)
    return match.end() if match and len(line.split()) < _SHORT else 0


def _words(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where the words of a line begin and end, without the marks at their edges."""
    for match in _WORD.finditer(line, start):
        piece = match.group()
        inner = piece.lstrip(_EDGES)
        word = inner.rstrip(_EDGES)
        if word:
            begin = match.end() - len(inner)
            yield begin, begin + len(word)


@lru_cache(1 << 18)
def _kind(word: str, *, first: bool) -> str:
    """Return the kind of a word, with others of which it may change places; '' if it stays."""
    if word.isdecimal():
        return f"number {len(word)}"
    if not word or not all(c in "'’-" or unicodedata.category(c)[0] in "LM" for c in word):
        return ""  # markup, addresses, wrongly decoded bytes
    if len(word) > 1 and word.isupper():
        return "capitals"
    if word[0].isupper():
        return "first" if first else "name"
    return "character" if len(word) == 1 and word > "぀" else "word"
