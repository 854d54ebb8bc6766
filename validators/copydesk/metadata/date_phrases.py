"""Dates in words: what people print around a date is left out, and the day, the month and the year are looked for.

'Published: 14 March 2026, 10:00', 'Updated 10:15 AM EDT, Sat March 14, 2026', 'ngày 14 tháng 3 năm 2026' are read, in
any order and in the languages of `copydesk.metadata.date_words`. Each text is read by itself: this is for the few that
`copydesk.metadata.dates` cannot read as columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from copydesk.metadata.calendars import ERAS, Days, days_of, is_foreign_year, jalali_days
from copydesk.metadata.date_words import jalali_months, month_numbers, timely_words
from copydesk.metadata.times import time_in

__all__ = ["Phrase", "read_phrase"]

#: A longer text is prose, and no date.
_LONGEST = 120

_ERA = re.compile(r"(令和|平成|昭和|民國|民国|\b[rh](?=\d{1,2}\.\d))\s*(元|\d{1,3})")
_CHINESE = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日號号])")
_CHINESE_DIGITS = {c: n % 10 for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}

_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{3,4})\s*(?:[-/.年]|년)\s*(\d{1,2})\s*(?:[-/.月]|월)\s*(\d{1,2})(?!\d)|(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)"
)
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")

#: A number, or a word: letters and the marks on them. A dot within a word is left out before (มี.ค.).
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0dff\u0e00-\u0eff"
_WORD = re.compile(rf"\d+|[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")
_INNER_DOT = re.compile(r"(?<=[^\s\d])\.(?=[^\W\d_])")

#: What says when without a date: a week, a time, Chinese, Japanese and Korean 'before' and 'today'.
_UNDATED = re.compile(r"^\d{4}-?w\d\d|[前昨今刚剛]|방금|전\b|어제|오늘|^\W*\d{1,2}:\d\d(?::\d\d)?\W*$")

_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")

#: With a year and a word, a text names a time, though in words that are not known here.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

#: The calendar of Nepal is 56 years ahead: a year in its digits that is so late is one of it.
_DEVANAGARI = re.compile("[०-९]")
_LAST = 2040

#: Names of months have at most so many words, and so near stand the numbers that belong to one.
_WORDS = 3
_NEAR = 3


class Phrase(NamedTuple):
    """What a text says: the first and the last moment (None if no date), whether with a zone, whether it says when."""

    low: datetime | None
    high: datetime | None
    zoned: bool | None
    timely: bool


_NOTHING = Phrase(None, None, None, False)


def read_phrase(text: str) -> Phrase:
    """Read a date with words around it.

    Returns:
        A phrase that says when (`timely`), in UTC where it has a zone, and else as it stands. A text that speaks of a
        time but names no day, as 'two hours ago' or a date of an unknown calendar, has no moments. One that names a day
        of no year, as '14 March', does not say when.

    >>> read_phrase("Published: 14 March 2026, 10:00").low
    datetime.datetime(2026, 3, 14, 10, 0)
    >>> read_phrase("2 hours ago")
    Phrase(low=None, high=None, zoned=None, timely=True)
    """
    if len(text) > _LONGEST:
        return _NOTHING
    line = _plain(text)
    moment, ahead, rest = time_in(line)
    days = list(_days_in(_with_years(rest))) if moment is not None else []
    if moment is None or not days:
        return _NOTHING._replace(timely=_is_timely(line))
    low, high = (datetime.combine(day, moment) for day in (min(d for d, _ in days), max(d for _, d in days)))
    if _DEVANAGARI.search(text) and low.year > _LAST:
        return _NOTHING._replace(timely=True)
    shift = ahead or timedelta()
    return Phrase(low - shift, high - shift, ahead is not None, True)


def _plain(text: str) -> str:
    """Return a text in lower case, with the digits 0 to 9 and plain marks, and without invisible characters."""
    if not text.isascii():
        composed = unicodedata.normalize("NFKC", text)
        digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in composed)
        text = "".join(c for c in digits if unicodedata.category(c) != "Cf")
    return text.lower().strip()


def _with_years(line: str) -> str:
    """Write Chinese numbers as digits, and years of an era as years of our own."""
    line = _CHINESE.sub(lambda match: _chinese(match[0]), line)
    return _ERA.sub(lambda match: str(ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))), line)


def _chinese(number: str) -> str:
    """Return a Chinese number as digits: 二〇二六 is 2026, and 三十一 is 31."""
    tens, ten, units = number.rpartition("十")
    if ten and len(tens) <= 1 and len(units) <= 1:
        return str(10 * _CHINESE_DIGITS.get(tens, 1) + _CHINESE_DIGITS.get(units, 0))
    return "".join(str(_CHINESE_DIGITS.get(c, "")) for c in number)


def _days_in(line: str) -> Iterator[Days]:
    """Yield the days that a line names; a date that can be read in two ways is two."""
    found = False
    for match in _YEAR_FIRST.finditer(line):
        year, month, day = (part for part in match.groups() if part)
        if days := days_of(int(year), int(month), int(day), digits=len(year)):
            found = True
            yield days
    if found:
        return
    for match in _YEAR_LAST.finditer(line):
        first, second, year = match.groups()
        for day, month in ((first, second), (second, first)):
            if days := days_of(int(year), int(month), int(day), digits=len(year)):
                found = True
                yield days
    if not found:
        yield from _named_days(_words(line))


def _words(line: str) -> list[str]:
    """Return the words and the numbers of a line."""
    return _WORD.findall(_INNER_DOT.sub("", line))


def _named_days(words: list[str]) -> Iterator[Days]:
    """Yield the days that are named with the name of their month."""
    for at, size, months, of in _months_in(words):
        near = [*range(at + size, min(at + size + _NEAR, len(words))), *range(at - 1, max(at - 1 - _NEAR, -1), -1)]
        years = [n for n in near if words[n].isdigit() and len(words[n]) == 4]
        small = [n for n in near if words[n].isdigit() and len(words[n]) <= 2 and int(words[n]) > 0]
        before = [n for n in small if n < at]
        if not years and before and at + size in small:  # 14 Mar 26
            years, small = [at + size], before
        if not years:
            continue
        year, digits = int(words[years[0]]), len(words[years[0]])
        day = min(small, key=lambda n: (abs(n - at) if n < at else n - at - size + 1, n), default=None)
        for month in months:
            if of is jalali_months:
                days = jalali_days(year, month, int(words[day])) if day is not None else None
            elif day is None:
                days = _whole_month(year, month, digits)
            else:
                days = days_of(year, month, int(words[day]), digits=digits)
            if days:
                yield days


def _whole_month(year: int, month: int, digits: int) -> Days | None:
    """Return the first and the last day of a month."""
    first = days_of(year, month, 1, digits=digits)
    last = days_of(year + month // 12, month % 12 + 1, 1, digits=digits)
    return (first[0], last[0]) if first and last else None


def _months_in(words: list[str]) -> Iterator[tuple[int, int, tuple[int, ...], object]]:
    """Yield where the names of months are: place, number of words, the months that it may be, and the calendar."""
    openings, at = _openings(), 0
    while at < len(words):
        word = words[at] if words[at] in openings else words[at].removeprefix("ב")  # Hebrew joins 'in' to the name
        step = 1
        for size in range(_WORDS if word in openings else 0, 0, -1):
            name = " ".join((word, *words[at + 1 : at + size]))
            of = next((of for of in (month_numbers, jalali_months) if name in of()), None)
            if of:
                yield at, size, of()[name], of
                step = size
                break
        at += step


@cache
def _openings() -> frozenset[str]:
    """Return the words with which names of months begin."""
    return frozenset(name.split(" ")[0] for of in (month_numbers, jalali_months) for name in of())


def _is_timely(line: str) -> bool:
    """Return whether a line speaks of a time, but names no day that can be read."""
    if _UNDATED.search(line) or any(is_foreign_year(int(year)) for year in _FOUR.findall(line)):
        return True
    words = _words(line)
    if any(not word.isdigit() for word in words) and _YEAR.search(line):
        return True
    pieces = (" ".join(words[at : at + size]) for at in range(len(words)) for size in range(1, _WORDS + 1))
    return not timely_words().isdisjoint(pieces)
