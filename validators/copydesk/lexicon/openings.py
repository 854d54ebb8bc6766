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
from copydesk.native import Addresses, addresses, call
from copydesk.text.buffer import Text
from copydesk.text.words import UNKNOWN, FirstWords, codes, last_words

__all__ = ["Closing", "Opening", "Openings", "sets_of", "table"]


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
        pairs = first[apart] * np.uint64(_ODD)
        pairs = (pairs ^ (pairs >> np.uint64(29))) + second[apart]
        # In the kernel's order.
        sets = (
            first,
            pairs,
            first[~two & ~rest],
            first[~two & rest & ~unspaced],
            last_words(closings, closings.begin, closings.end),
        )
        self._sets = [table(some) for some in sets]
        sizes = [size for size in range(1, 9) if (unspaced & (words.length == size)).any()]
        self._masks = np.array([2 ** (8 * size) - 1 for size in sizes], np.uint64)
        self._prefixes = [
            table(words.raw[unspaced & (words.length == size)] & mask)
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
        found = np.empty(len(begin), bool)
        begin, end = (np.ascontiguousarray(places, np.int64) for places in (begin, end))
        sets, prefixes = sets_of(self._sets), sets_of(self._prefixes)
        call(
            "among",
            codes(),
            sets,
            prefixes,
            self._masks,
            len(self._masks),
            text.data,
            begin,
            end,
            len(begin),
            np.ascontiguousarray(numbered, bool),
            found,
        )
        return found


#: An odd number to mix bits with, as in kernel.c.
_ODD = 0x9E3779B97F4A7C15


def table(codes: Any, *, places: int = 2) -> Any:
    """Return codes (UInt64) as the kernel looks them up: a table of at least so many `places` for each."""
    codes = np.ascontiguousarray(np.unique(codes))
    made = np.zeros(places << len(codes).bit_length(), np.uint64)
    call("filled", codes[codes != 0], len(codes[codes != 0]), made, len(made) - 1)
    return made


def sets_of(tables: list[Any]) -> Addresses:
    """Return tables as the kernel takes them: where each is, and how many places it has less one."""
    where = addresses(*tables)
    masks = np.array([len(some) - 1 for some in tables], np.uint64)
    return Addresses(np.stack([where.array, masks], axis=1), where.held)
