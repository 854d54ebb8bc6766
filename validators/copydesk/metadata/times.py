"""Times of the day as they are printed beside a date: '10:15 AM EDT', '10.15 Uhr', '10h05', '10時05分'."""

from __future__ import annotations

import re
from datetime import time, timedelta

__all__ = ["ZONES", "time_in"]

#: Names of zones and their hours from UTC (RFC 2822, section 4.3; those of other places as their newsrooms write them).
ZONES = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "UT": 0,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "MEZ": 1,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "JST": 9,
    "KST": 9,
    "ICT": 7,
    "WIB": 7,
}

#: A time of the day, with minutes or with its half of the day.
_ZONE = "|".join(sorted(ZONES, key=len, reverse=True)).lower()
_TIME = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:[:.]|\s?[h時时点點시]\s?)(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s?[분分]?(?!\.?\d)(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
    rf"(?:\s?(?P<zone>{_ZONE})\b)?(?:\s?(?P<offset>[+-]\d{{2}}:?\d{{2}})\b)?"
)
_HOUR = re.compile(r"(?<![\d.:/-])(?P<hour>\d{1,2})\s?(?P<half>[ap])\.?\s?m\b\.?")


def time_in(line: str) -> tuple[time | None, timedelta | None, str]:
    """Return the time of the day in a line, how far it is ahead of UTC, and the line without it.

    The time is midnight where there is none, and None where there is no such time, as 25:00.

    Args:
        line: in lower case.

    >>> time_in("14 march 2026, 10:15 pm gmt")
    (datetime.time(22, 15), datetime.timedelta(0), '14 march 2026,  ')
    """
    match = _TIME.search(line) or _HOUR.search(line)
    if match is None:
        return time(), None, line
    parts = match.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if parts["half"]:
        hour = hour % 12 + 12 * (parts["half"] == "p")
    if hour > 23 or minute > 59 or second > 59:
        return None, None, line
    rest = f"{line[: match.start()]} {line[match.end() :]}"
    return time(hour, minute, second), _ahead(parts.get("zone"), parts.get("offset")), rest


def _ahead(zone: str | None, offset: str | None) -> timedelta | None:
    """Return how far a zone is ahead of UTC, by its offset or else by its name."""
    if offset:
        size = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
        return -size if offset[0] == "-" else size
    return timedelta(hours=ZONES[zone.upper()]) if zone else None
