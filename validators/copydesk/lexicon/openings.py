"""Openings: which lines can be phrases of a lexicon at all, told by the bytes of their first two words.

Of a hundred lines of news two begin as a phrase does; only these are worth the work of comparing them. What passes
here is a superset of what matches: a word is known by a code for each of its first eight bytes, which is the same for
every character that `copydesk.text.expressions.normalised` makes the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from copydesk.lazy import np, pl
from copydesk.native.constants import ODD_ONE
from copydesk.native.functions import fill_table, match_phrases
from copydesk.text.buffer import Text
from copydesk.text.words import UNKNOWN, FirstWords, codes, last_words

__all__ = ["Closing", "Opening", "Openings"]


@dataclass(frozen=True, slots=True)
class Opening:
    """How lines begin that may be phrases.

    text: the words that they begin with, as they stand or normalised.
    rest: whether other words may follow directly.
    unspaced: whether they may follow without a space.
    """

    text: str
    rest: bool
    unspaced: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """How lines end that may be phrases, whatever they begin with: `text`, the words that they end with."""

    text: str


class Openings:
    """All openings and closings of a lexicon, ready to be held against columns of lines."""

    def __init__(self, phrases: Iterable[Opening | Closing]) -> None:
        known = list(phrases)
        closings = Text(pl.Series([o.text for o in known if isinstance(o, Closing)], dtype=pl.String))
        some = [o for o in known if isinstance(o, Opening)]
        text = Text(pl.Series([o.text for o in some], dtype=pl.String))
        words = FirstWords(text, text.begin, text.end)
        first, second = words.first, words.second
        rest = np.array([o.rest for o in some], bool)
        unspaced = np.array([o.unspaced for o in some], bool) & rest
        two = (second != 0) & (second != UNKNOWN)
        apart = two & ~unspaced
        pairs = first[apart] * np.uint64(ODD_ONE)
        pairs = (pairs ^ (pairs >> np.uint64(29))) + second[apart]
        # In the order of `copydesk.native.constants`: FIRST, PAIRS, ALONE, LED, LAST.
        tables = (
            first,
            pairs,
            first[~two & ~rest],
            first[~two & rest & ~unspaced],
            last_words(closings, closings.begin, closings.end),
        )
        self._tables = [fill_table(codes) for codes in tables]
        sizes = [size for size in range(1, 9) if (unspaced & (words.length == size)).any()]
        self._masks = np.array([2 ** (8 * size) - 1 for size in sizes], np.uint64)
        self._prefixes = [
            fill_table(words.raw[unspaced & (words.length == size)] & mask)
            for size, mask in zip(sizes, self._masks, strict=True)
        ]

    def among(self, text: Text, begin: Any, end: Any, *, numbered: Any) -> Any:
        """Say of each line between places of a text whether it can be a phrase (a flag each).

        Args:
            text: the text.
            begin: where each line begins in it.
            end: where each line ends.
            numbered: of each line, whether it can be a phrase behind a number.
        """
        return match_phrases(
            codes(),
            self._tables,
            self._prefixes,
            self._masks,
            text.data,
            *(np.ascontiguousarray(places, np.int64) for places in (begin, end)),
            numbered=np.ascontiguousarray(numbered, bool),
        )
