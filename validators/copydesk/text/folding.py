"""Lines as a lexicon compares them. C folds most; polars folds those with characters that depend on others."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from copydesk.lazy import np, pl
from copydesk.native.constants import ALPHANUMERIC, FIGURE, FOLDS
from copydesk.native.functions import find_unfoldable_lines, normalise_lines
from copydesk.text.buffer import cut
from copydesk.text.expressions import normalised

if TYPE_CHECKING:
    import numpy.typing as npt

    from copydesk.text.buffer import Bytes, Places

__all__ = ["folds", "foreign", "normalised_lines"]

#: Scripts whose letters change what stands beside them: Python folds them.
_JOINING = range(0x530, 0x1E00)

_APOSTROPHES = ("’", "‘", "ʼ")


@cache
def folds() -> npt.NDArray[np.uint32]:
    """Return what `normalised` makes of each character, and whether that is a letter or digit.

    0 for characters that become several or none, and for those that depend on the characters beside them.
    """
    table = np.zeros(FOLDS, np.uint32)
    for code in range(1, FOLDS):
        if code not in _JOINING:
            table[code] = _fold(chr(code))
    return table


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
    return ord(same) | ALPHANUMERIC * (category in "LN") | FIGURE * (category == "N")


def foreign(data: Bytes, begin: Places, end: Places) -> Places:
    """Return the numbers of the lines that have a character which `folds` does not know."""
    return np.flatnonzero(find_unfoldable_lines(folds(), data, begin, end))


def normalised_lines(data: Bytes, begin: Places, end: Places) -> pl.Series:
    """Return lines of a buffer as `copydesk.text.expressions.normalised` makes them."""
    begin, end = np.ascontiguousarray(begin), np.ascontiguousarray(end)
    others = foreign(data, begin, end)
    stop = end.copy()
    stop[others] = begin[others]
    lines = cut(*normalise_lines(folds(), data, begin, stop))
    if not len(others):
        return lines
    rest = cut(data, begin[others], end[others]).to_frame("text").select(normalised(pl.col("text")))
    return lines.scatter(others, rest.to_series())
