"""Alike: keys of texts that are the same whatever their case and spacing, made from their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.columns import pl
from copydesk.utf8 import Marks, Text, cut

if TYPE_CHECKING:
    from copydesk.batch import Batch

__all__ = ["headline_keys", "squeezed_keys"]

_SPACE = 32

#: White space beyond ASCII.
_WIDE = r"[\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"


def headline_keys(batch: Batch) -> pl.Series:
    """Return the key of each headline, see `squeezed_keys`; made once for a batch."""
    return batch.once("headline keys", lambda: squeezed_keys(batch.articles["headline"]))


def squeezed_keys(texts: pl.Series) -> pl.Series:
    """Hash texts so that those which `copydesk.text.squeezed` makes the same have one key; null where nothing is left.

    In ASCII one bit tells the cases of a letter apart (it tells a few marks apart, too, which are one here).
    """
    import numpy as np

    text = Text(texts.fill_null(""))
    seen = text.data > _SPACE
    kept, marks = np.append(np.compress(seen, text.data), np.zeros(_SPACE, np.uint8)), Marks(seen)
    begin, end = marks.before(text.begin), marks.before(text.end)
    keys = cut(kept & np.uint8(0xDF), begin, end, binary=True).hash()
    empty = begin == end
    foreign = (texts.str.len_bytes() != texts.str.len_chars()).arg_true()
    if len(foreign):
        other = cut(kept, begin[foreign], end[foreign])
        spaced = other.str.contains(_WIDE).arg_true()
        upper = other.str.to_uppercase()
        if len(spaced):
            upper = upper.scatter(spaced, upper.gather(spaced).str.replace_all(r"\s+", ""))
        same = Text(upper)
        empty[foreign] = same.begin == same.end
        keys = keys.scatter(foreign, cut(same.data & np.uint8(0xDF), same.begin, same.end, binary=True).hash())
    return keys.set(pl.Series(empty), None)
