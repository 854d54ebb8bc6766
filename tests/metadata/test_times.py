"""Times of the day: they are read in many forms, and taken out of the line."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from copydesk.metadata.times import ZONES, time_in


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("10:15 am edt, sat march 14", time(10, 15)),
        ("12:15 a.m. on friday", time(0, 15)),
        ("um 10.15 uhr", time(10, 15)),
        ("à 10h05", time(10, 5)),
        ("10時05分", time(10, 5)),
        ("10시 05분", time(10, 5)),
        ("5 p.m. et", time(17)),
        ("08:15:59.123", time(8, 15, 59)),
    ],
)
def test_a_time_is_read(line: str, expected: time) -> None:
    assert time_in(line)[0] == expected


def test_a_date_is_no_time() -> None:
    for line in ("14.03.2026", "2026-03-14", "14/03/26", "march 14"):
        assert time_in(line) == (time(), None, line)


def test_a_time_that_cannot_be_is_none() -> None:
    assert time_in("2026-03-14t25:00")[0] is None


def test_a_zone_is_read_by_name_and_by_offset() -> None:
    for name, hours in ZONES.items():
        assert time_in(f"10:15 {name.lower()}")[1] == timedelta(hours=hours)
    assert time_in("10:15 +05:30")[1] == timedelta(hours=5, minutes=30)
    assert time_in("10:15 -0430")[1] == -timedelta(hours=4, minutes=30)
    assert time_in("10:15, 14 march")[2].strip(" ,") == "14 march"
