"""Alike: keys of texts that are the same whatever their case and spacing, made from their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.columns import pl
from copydesk.utf8 import Marks, Text, cut

if TYPE_CHECKING:
    from copydesk.batch import Batch
    from copydesk.utf8 import Places

__all__ = ["headline_keys", "squeezed_keys"]

_SPACE = 32

#: White space beyond ASCII.
_WIDE = r"[\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"

#: The bytes with which characters begin that are no white space and have no case: Hebrew, Arabic, the scripts of
#: India, Thai, Chinese and Korean ones.
_CASELESS = (*range(0xD7, 0xE1), *range(0xE4, 0xEA), *range(0xEB, 0xEE))


def headline_keys(batch: Batch) -> pl.Series:
    """Return the key of each headline, see `squeezed_keys`; made once for a batch."""
    return batch.once("headline keys", lambda: squeezed_keys(batch.text("headline")))


def squeezed_keys(text: Text) -> pl.Series:
    """Hash texts so that those which `copydesk.text.squeezed` makes the same have one key; null where nothing is left.

    In ASCII one bit tells the cases of a letter apart (it tells a few marks apart, too, which are one here).
    """
    import numpy as np

    seen = text.data > _SPACE
    kept, marks = np.append(np.compress(seen, text.data), np.zeros(_SPACE, np.uint8)), Marks(seen)
    begin, end = marks.before(text.begin), marks.before(text.end)
    keys = cut(kept & np.uint8(0xDF), begin, end, binary=True).hash()
    empty = begin == end
    foreign = _foreign(text)
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


def _foreign(text: Text) -> Places:
    """Return the texts with characters beyond ASCII of which that one bit does not say all.

    It does of the letters of Western Europe (but ß and ÿ), of quotes and dashes, and of those that have no case.
    """
    import numpy as np

    data = text.data
    at = np.flatnonzero(data >= 0xC2)
    lead, second, third = data[at], data[at + 1], data[at + 2]
    caseless = np.zeros(256, bool)
    caseless[list(_CASELESS)] = True
    told = caseless[lead]
    told |= (lead == 0xC3) & (second != 0x9F) & (second != 0xBF)
    told |= (lead == 0xE2) & (second == 0x80) & (third >= 0x90) & (third <= 0xA7)
    told |= (lead == 0xE3) & ((second > 0x80) | (third > 0x80))
    foreign: Places = np.unique(text.of(at[~told]))
    return foreign
