"""Dates in addresses: the day or the month that an article's URL has in its path."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from copydesk.lazy import np, pl
from copydesk.text.distinct import Distinct

if TYPE_CHECKING:
    from polars import DataFrame, Series

    from copydesk.text.buffer import Text

__all__ = ["address_dates", "day_in", "parts_with_dates"]

#: A day in an address: /2026/03/14/, /2026-03-14-, /20260314/, /2026/0314/, /2026/mar/14/. In /2026/03/14-tips the
#: number belongs to the words behind it.
_DAYS = (
    r"/((?:19|20)[0-9]{2})/([0-9]{1,2})/([0-9]{1,2})(?:/|\Z)",
    r"/((?:19|20)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?:[-/_.T]|\Z)",
    r"/((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[-/_.T]|\Z)",
    r"/((?:19|20)[0-9]{2})/([0-9]{2})([0-9]{2})/",
    r"/((?:19|20)[0-9]{2})/([a-zA-Z]{3})/([0-9]{1,2})(?:/|\Z)",
)
_MONTH = r"/((?:19|20)[0-9]{2})/([0-9]{2})(?:/|\Z)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: The longest of these, with what must stand behind it; a month by its name takes a byte more.
_BYTES = 12


def address_dates(urls: Text) -> DataFrame:
    """Return the time in each address, from `url_low` to `url_high`; `url_exact` says whether that is one day."""
    parts = Distinct(parts_with_dates(urls))
    days = [day_in(part) if part else (None, False) for part in parts.values]
    dates = pl.DataFrame(days, schema={"url_low": pl.Date, "url_exact": pl.Boolean}, orient="row")
    dates = dates.with_columns(pl.col("url_low").cast(pl.Datetime("us")))
    low = pl.col("url_low")
    high = pl.when("url_exact").then(low.dt.offset_by("1d")).otherwise(low.dt.offset_by("1mo"))
    return dates.with_columns(url_high=high)[parts.of]


def parts_with_dates(urls: Text) -> Series:
    """Return the part of each address from the first to the last number that may be a date; null without one."""
    data = urls.data
    at = np.flatnonzero(data == ord("/"))
    century = data[at + 1] * np.int64(256) + data[at + 2]
    at = at[(century == int.from_bytes(b"19")) | (century == int.from_bytes(b"20"))]
    query = np.append(np.flatnonzero((data == ord("?")) | (data == ord("#"))), len(data))
    stop = np.minimum(query[np.searchsorted(query, urls.begin)], urls.end)
    row = urls.of(at)
    inside = at < stop[row]
    at, row = at[inside], row[inside]
    end = at + _BYTES + (data[at + 6] > ord("9"))
    turn = np.flatnonzero(np.diff(row, prepend=-1))
    rows = row[turn]
    end = np.minimum(end[np.flatnonzero(np.diff(row, append=-1))], stop[rows])
    while len(inside := np.flatnonzero(data[end] & 0xC0 == 0x80)):  # not within a character
        end[inside] += 1
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(urls.begin))
    return none.scatter(rows, urls.cut(at[turn], end))


@lru_cache(1 << 14)
def day_in(part: str) -> tuple[date | None, bool]:
    """Return the day in a part of an address, or else the first day of the month in it; and whether it is a day."""
    for pattern in _DAYS:
        if match := re.search(pattern, part):
            year, month, day = match.groups()
            month = _MONTHS.index(month.lower()) + 1 if month.lower() in _MONTHS else month
            if moment := _date(year, month, day):
                return moment, True
    match = re.search(_MONTH, part)
    return (_date(match[1], match[2], "1") if match else None), False


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
