"""Lines that end in half a word: what is left of a page that was scanned line by line."""

from __future__ import annotations

from typing import Any

from copydesk.lazy import np, pl
from copydesk.text.expressions import any_of

__all__ = ["HYPHENS", "parted_lines"]

#: What stands at the end of a line behind half a word: a hyphen, a soft one, and what some programs read as one.
HYPHENS = ("-", "\u00ad", "¬")
_HALF_WORD = r"\p{Ll}[-\x{ad}¬]$"

#: What follows a hyphen that stands for a word instead ('Vor- und Nachteile').
_AND = r"^(?:und|oder|bzw|bis|wie|and|or|to|en|of|och|eller|og|i|oraz|lub)\b"

#: A scanned page has so many of them; one alone may be a slip.
_FEWEST = 2


def parted_lines(lines: pl.DataFrame) -> Any:
    """Flag the lines that end in half a word, in articles with several.

    Args:
        lines: `article` and `text`, in order.

    Returns:
        A Boolean array, a flag a line.
    """
    hyphen = any_of([pl.col("text").str.ends_with(mark) for mark in HYPHENS])
    goes_on = pl.col("article") == pl.col("article").shift(-1)
    at = lines.select(pl.arg_where(hyphen & goes_on)).to_series()  # few: only they are read
    article, following = pl.col("article"), pl.col("following")
    likely = lines[at].select("article", "text", following=lines["text"].gather(at + 1))
    half = pl.col("text").str.contains(_HALF_WORD)
    other = following.str.contains(r"^\p{Ll}{2}") & ~following.str.contains(_AND)
    flags = likely.select(half & other & ((half & other).sum().over(article) >= _FEWEST)).to_series()
    parted = np.zeros(lines.height, bool)
    parted[at.filter(flags).to_numpy()] = True
    return parted
