"""Calendars other than the Gregorian one: which one a year is of, and the days of those that can be computed."""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["DAY", "ERAS", "Days", "days_of", "is_foreign_year", "jalali_days"]

#: A day, from its beginning to its beginning, or several that it may be: the first and the last.
Days = tuple[date, date]

DAY = timedelta(days=1)

#: Years of the calendars in which a newspaper of the web can have appeared: 1981 to 2033 in the Iranian one, and from
#: 1993 in the Islamic one, which is 14 years ahead of it then.
_JALALI = range(1360, 1413)
_HIJRI = range(1413, 1480)

#: Years of the Thai calendar, 543 ahead of the Gregorian: 1987 to 2056.
_BUDDHIST = range(2530, 2600)
_BUDDHIST_AHEAD = 543

#: Years of the Republic of China, written with three digits, as they are since 2011.
_ROC = range(100, 150)
_ROC_FIRST = 1911

#: Years of eras, by their names, and the year before the first.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": _ROC_FIRST, "民国": _ROC_FIRST, "r": 2018, "h": 1988}

#: Other years are numbers, and no years.
_YEARS = range(100, 9000)

#: Two digits of a year below this are of this century.
_CENTURY = 70

#: The new year of the Iranian calendar is on the 20th or the 21st of March of the year that is so much ahead.
_NOWRUZ = (3, 20)
_JALALI_AHEAD = 621
_LONG_MONTHS, _LONG, _SHORT = 6, 31, 30


def is_foreign_year(year: int) -> bool:
    """Return whether a year of four digits is one of another calendar.

    >>> [is_foreign_year(year) for year in (24, 1404, 1447, 1993, 2026, 2569, 2999)]
    [False, True, True, False, False, True, False]
    """
    return year in _JALALI or year in _HIJRI or year in _BUDDHIST


def days_of(year: int, month: int, day: int, *, digits: int = 4) -> Days | None:
    """Return the day of a date, by the calendar that its year shows; None if there is no such day, or none is known.

    Args:
        year: as it is written, with so many `digits`.
        month: from 1 on.
        day: from 1 on.
        digits: how many digits the year has.

    >>> days_of(2569, 3, 14)
    (datetime.date(2026, 3, 14), datetime.date(2026, 3, 14))
    """
    if digits == 4 and year in _JALALI:
        return jalali_days(year, month, day)
    if digits == 4 and year in _HIJRI:
        return None
    if digits == 4 and year in _BUDDHIST:
        year -= _BUDDHIST_AHEAD
    elif digits == 3 and year in _ROC:
        year += _ROC_FIRST
    elif digits == 2:
        year += 2000 if year < _CENTURY else 1900
    if year not in _YEARS:
        return None
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return only, only


def jalali_days(year: int, month: int, day: int) -> Days | None:
    """Return the two days that a date of the Iranian calendar can be: its new year moves by one.

    >>> jalali_days(1404, 12, 23)
    (datetime.date(2026, 3, 13), datetime.date(2026, 3, 14))
    """
    if not (1 <= month <= 12 and 1 <= day <= (_LONG if month <= _LONG_MONTHS else _SHORT) and year in _JALALI):
        return None
    before = (month - 1) * _SHORT + min(month - 1, _LONG_MONTHS) + day - 1
    first = date(year + _JALALI_AHEAD, *_NOWRUZ) + timedelta(days=before)
    return first, first + DAY
