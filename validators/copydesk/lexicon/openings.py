"""Openings: find the lines that may be phrases of a lexicon, by the bytes of their first two words and their last one.

Every phrase passes, and a few other lines do. A word is known by a code for each of its first eight bytes. The code is
the same for every character that `copydesk.text.expressions.normalised` makes the same.

These codes stay, though they are hard to read, because comparing lines is slow. Measured on 100,000 made articles with
1,030,000 short lines (2 cores, whole run): 3.3 % of the lines pass, and the run takes 12 s of CPU time. 28 % pass where
only the first and the last word are compared, and it takes 18.6 s. Where all lines are compared, it takes 34.7 s.
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
    """How a line begins that may be a phrase.

    Attributes:
        text: the words that it begins with, as they stand or normalised.
        rest: whether other words may follow.
        unspaced: whether they may follow without a space.
    """

    text: str
    rest: bool
    unspaced: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """How a line ends that may be a phrase, whatever it begins with. `text`: the words that it ends with."""

    text: str


class Openings:
    """All openings and closings of a lexicon, with which columns of lines are compared."""

    def __init__(self, phrases: Iterable[Opening | Closing]) -> None:
        known = list(phrases)
        closings = Text(pl.Series([o.text for o in known if isinstance(o, Closing)], dtype=pl.String))
        openings = [o for o in known if isinstance(o, Opening)]
        text = Text(pl.Series([o.text for o in openings], dtype=pl.String))
        words = FirstWords(text, text.begin, text.end)
        first, second = words.first, words.second
        rest = np.array([o.rest for o in openings], bool)
        unspaced = np.array([o.unspaced for o in openings], bool) & rest
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
        """Say of each line whether it may be a phrase (a flag each).

        Args:
            text: the text.
            begin: where each line begins in it.
            end: where each line ends.
            numbered: for each line, whether it may be a phrase if it begins with a number.
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
