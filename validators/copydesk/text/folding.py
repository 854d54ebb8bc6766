"""Lines as a lexicon compares them, folded by the kernel: all but those with characters that depend on others."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from copydesk.lazy import np, pl
from copydesk.native import call
from copydesk.text.buffer import cut
from copydesk.text.expressions import normalised

if TYPE_CHECKING:
    import numpy.typing as npt

    from copydesk.text.buffer import Bytes, Places

__all__ = ["folds", "foreign", "normalised_lines"]

#: Of characters from here on nothing is said; and of scripts whose letters change what stands beside them.
_END, _APART = 0x2070, range(0x530, 0x1E00)

#: What a character becomes is a letter or a digit; is a digit.
_ALPHANUMERIC, _FIGURE = 1 << 31, 1 << 30

_APOSTROPHES = ("’", "‘", "ʼ")


@cache
def folds() -> npt.NDArray[np.uint32]:
    """Return what `normalised` makes of each character, and whether that is a letter or digit.

    0 for those that become several or none, or what depends on the characters beside them.
    """
    found = np.zeros(_END, np.uint32)
    for code in range(1, _END):
        if code not in _APART:
            found[code] = _fold(chr(code))
    return found


def _fold(character: str) -> int:
    if character in " \t\n\v\f\r":
        return ord(" ")
    if not character.isascii() and unicodedata.category(character)[0] in "CM":
        return 0
    form = unicodedata.normalize("NFKC", character)
    same = "'" if form in _APOSTROPHES else form.lower()
    if form == "Σ" or len(same) != 1:  # what the capital sigma becomes depends on its place in the word
        return 0
    category = unicodedata.category(same)[0]
    if not same.isascii() and category in "CMZ":
        return 0
    return ord(same) | _ALPHANUMERIC * (category in "LN") | _FIGURE * (category == "N")


def foreign(data: Bytes, begin: Places, end: Places) -> Places:
    """Return the numbers of the lines that have a character which `folds` does not know."""
    found = np.empty(len(begin), np.bool_)
    call("foreign", folds(), data, begin, end, len(begin), found)
    return np.flatnonzero(found)


def normalised_lines(data: Bytes, begin: Places, end: Places) -> pl.Series:
    """Return `copydesk.text.expressions.normalised` of the lines between places of a buffer."""
    begin, end = np.ascontiguousarray(begin), np.ascontiguousarray(end)
    others = foreign(data, begin, end)
    stop = end.copy()
    stop[others] = begin[others]
    out = np.empty(2 * int((stop - begin).sum()) + 8, np.uint8)
    first, last = np.empty_like(begin), np.empty_like(begin)
    call("normalised", folds(), data, begin, stop, len(begin), out, first, last)
    lines = cut(out, first, last)
    if not len(others):
        return lines
    rest = cut(data, begin[others], end[others]).to_frame("text").select(normalised(pl.col("text")))
    return lines.scatter(others, rest.to_series())
