"""Openings: which lines can be phrases of a lexicon at all, told by the bytes of their first two words.

Of a hundred lines of news two begin as a phrase does; only these are worth the work of comparing them. What passes
here is a superset of what matches: a word is known by a code for each of its first eight bytes, which is the same for
every character that `copydesk.text.normalised` makes the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from copydesk.columns import pl
from copydesk.utf8 import Text
from copydesk.words import UNKNOWN, FirstWords, last_words

__all__ = ["Closing", "Opening", "Openings"]


#: An odd number to mix bits with, and bits of a first look.
_ODD, _BITS = 0x9E3779B97F4A7C15, 20


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
        import numpy as np

        known = list(phrases)
        closings = Text(pl.Series([o.text for o in known if isinstance(o, Closing)], dtype=pl.String))
        self._last = _Codes(last_words(closings, closings.begin, closings.end))
        some = [o for o in known if isinstance(o, Opening)]
        text = Text(pl.Series([o.text for o in some], dtype=pl.String))
        words = FirstWords(text, text.begin, text.end)
        second = words.second(np.arange(len(some)))
        rest = np.array([o.rest for o in some], bool)
        unspaced = np.array([o.unspaced for o in some], bool) & rest
        two = (second != 0) & (second != UNKNOWN)
        self._first = _Codes(words.first)
        self._pairs = _Codes(_pair(words.first, second)[two & ~unspaced])
        self._alone = _Codes(words.first[~two & ~rest])
        self._led = _Codes(words.first[~two & rest & ~unspaced])
        self._prefixes = [
            (mask, _Codes(words.raw[chosen] & mask))
            for size in range(1, 9)
            if (chosen := unspaced & (np.minimum(text.end - words.at, 8) == size)).any()
            for mask in [np.uint64(2 ** (8 * size) - 1)]
        ]

    def among(self, text: Text, begin: Any, end: Any, *, numbered: Any) -> Any:
        """Say of each line between places of a text whether it can be a phrase (a flag each).

        Args:
            text: the text.
            begin: where each line begins in it.
            end: where each line ends.
            numbered: of each line, whether it can be a phrase behind a number.
        """
        import numpy as np

        words = FirstWords(text, begin, end)
        found = words.strange | self._led.has(words.first) | (words.digit & numbered)
        last = last_words(text, begin, end)
        found |= self._last.has(last) | (last == UNKNOWN)
        for mask, prefixes in self._prefixes:
            found |= prefixes.has(words.raw & mask)
        open_ = np.flatnonzero(~found & self._first.has(words.first))
        first, second = words.first[open_], words.second(open_)
        alone = self._alone.has(first) & ((second == 0) | self._first.has(second))
        found[open_] = alone | (second == UNKNOWN) | self._pairs.has(_pair(first, second))
        return found


def _pair(first: Any, second: Any) -> Any:
    import numpy as np

    mixed = first * np.uint64(_ODD)
    return (mixed ^ (mixed >> np.uint64(29))) + second


class _Codes:
    """Codes of words, to ask of many whether they are among them."""

    def __init__(self, codes: Any) -> None:
        import numpy as np

        self._known = np.unique(codes)
        self._marks = np.zeros(1 << _BITS, bool)
        self._marks[self._mark(self._known)] = True

    def has(self, codes: Any) -> Any:
        """Say of each code whether it is known."""
        import numpy as np

        found = self._marks[self._mark(codes)]
        maybe = np.flatnonzero(found)  # of most it is known at once that they are not
        at = np.minimum(np.searchsorted(self._known, codes[maybe]), max(len(self._known) - 1, 0))
        found[maybe] = self._known[at] == codes[maybe] if len(self._known) else False
        return found

    def _mark(self, codes: Any) -> Any:
        import numpy as np

        return (codes * np.uint64(_ODD)) >> np.uint64(64 - _BITS)
