"""Numbers of articles in addresses: /bridge-reopens-1234567 and /traffic/1234567 are one article of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import np, pl
from copydesk.text.buffer import Text

if TYPE_CHECKING:
    import numpy.typing as npt
    from polars import DataFrame, Series

    from copydesk.text.buffer import Bytes, Places

__all__ = ["article_numbers", "is_date"]

#: A number of an article in a path: so many digits that stand alone or behind a few letters, not within a UUID,
#: whose end is the same for all articles of a machine; and no date (20260314).
_FEWEST, _MOST, _LETTERS = 6, 18, 3

#: The bytes that part a number from what is before and behind it.
_BEFORE, _BEHIND = b"-/_.,", b"-/_.,?#\n"


def article_numbers(forms: Series) -> DataFrame:
    """Return the number of an article in the path of each address: `host` and `number`, null where there is none.

    Args:
        forms: addresses in their one form, without a scheme (see `copydesk.metadata.urls`); null where there is none.
    """
    text = Text(forms.fill_null(""))
    data = text.data
    # Runs of digits, each from its first byte to the one behind it.
    turns = np.flatnonzero(np.diff(data - np.uint8(0x30) < 10, prepend=False))
    first, stop = turns[::2], turns[1::2]
    alone = (stop - first >= _FEWEST) & (stop - first <= _MOST) & np.isin(data[stop], np.frombuffer(_BEHIND, np.uint8))
    first, stop = first[alone], stop[alone]
    separate, letters = np.zeros(len(first), bool), np.ones(len(first), bool)
    for before in range(1, 2 + _LETTERS):
        separate |= letters & np.isin(data[first - before], np.frombuffer(_BEFORE, np.uint8))
        letters &= (data[first - before] | 0x20) - np.uint8(ord("a")) < 26
    row = text.of(first)
    behind = np.append(np.flatnonzero((data == ord("?")) | (data == ord("#"))), len(data))
    separate &= first < behind[np.searchsorted(behind, text.begin)][row]
    row, first, stop = row[separate], first[separate], stop[separate]
    last = np.flatnonzero(np.diff(row, append=-1))  # of several in one address
    last = last[~is_date(data, first[last], stop[last])]
    slashes = np.append(np.flatnonzero(data == ord("/")), len(data))
    host = text.cut(text.begin, np.minimum(slashes[np.searchsorted(slashes, text.begin)], text.end))
    numbers = pl.Series([None], dtype=pl.String).new_from_index(0, len(forms))
    numbers = numbers.scatter(row[last], text.cut(first[last], stop[last]))
    return pl.DataFrame({"host": host.set(forms.is_null(), None), "number": numbers})


def is_date(data: Bytes, first: Places, stop: Places) -> npt.NDArray[np.bool_]:
    """Return whether digits are a day, alone or with a time behind it: 20260314."""
    century, month, day = (
        10 * (data[first + at] - np.uint8(0x30)) + (data[first + at + 1] - np.uint8(0x30)) for at in (0, 4, 6)
    )
    likely = ((century == 19) | (century == 20)) & (month >= 1) & (month <= 12) & (day <= 31)
    dates: npt.NDArray[np.bool_] = likely & np.isin(stop - first, (8, 10, 12, 14))
    return dates
