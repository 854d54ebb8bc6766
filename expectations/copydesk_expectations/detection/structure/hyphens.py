"""Lines that end in half a word: what is left of a page that was scanned line by line."""

from __future__ import annotations

from collections import Counter
from typing import Any

from copydesk.lazy import np, pl

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
    text, following = pl.col("text"), pl.col("text").shift(-1)
    hyphen = text.str.tail(1).is_in(HYPHENS) & text.str.contains(_HALF_WORD)
    goes_on = following.str.contains(r"^\p{Ll}{2}") & ~following.str.contains(_AND)
    flags = lines.select((hyphen & goes_on & (pl.col("article") == pl.col("article").shift(-1))).fill_null(False))
    parted = flags.to_series().to_numpy()
    article = lines["article"].to_numpy()
    counts = Counter(article[parted].tolist())
    return parted & np.isin(article, [a for a, n in counts.items() if n >= _FEWEST])
