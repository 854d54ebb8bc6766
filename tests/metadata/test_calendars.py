"""Calendars: the days of other calendars fall where they do in ours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.metadata.calendars import days_of, is_foreign_year, jalali_days

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@settings(max_examples=30)
@given(days)
def test_years_of_thailand_and_taiwan_differ_by_a_number(day: date) -> None:
    year, month = day.year, day.month
    assert days_of(year, month, day.day) == (day, day)
    if (day + timedelta(days=0)).month != 2:
        assert days_of(year + 543, month, day.day) == (day, day)
    if day.year >= 2011:
        assert days_of(year - 1911, month, day.day, digits=3) == (day, day)
    assert days_of(year % 100, month, day.day, digits=2) == (day, day)


@pytest.mark.parametrize(
    ("jalali", "day"),
    [
        ((1375, 1, 1), date(1996, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1404, 7, 15), date(2025, 10, 7)),
        ((1404, 12, 24), date(2026, 3, 15)),
    ],
)
def test_a_date_of_iran_is_one_of_two_days(jalali: tuple[int, int, int], day: date) -> None:
    found = jalali_days(*jalali)
    assert found is not None and day in found and found[1] - found[0] == timedelta(days=1)
    assert is_foreign_year(jalali[0]) and days_of(*jalali) == found


def test_what_is_no_day_of_a_calendar_is_none() -> None:
    assert jalali_days(1404, 7, 31) is jalali_days(1404, 13, 1) is jalali_days(2026, 3, 14) is None
    assert days_of(2026, 2, 30) is days_of(1447, 9, 25) is days_of(0, 1, 1) is days_of(9999, 12, 31) is None
