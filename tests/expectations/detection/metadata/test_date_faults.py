"""Each fault of a date is told from the date that is just allowed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest

from copydesk_expectations.detection.metadata import date_faults as faults

DAY = datetime(2026, 3, 14)
ONE = timedelta(days=1)
SCHEMA = dict.fromkeys(
    ["published_low", "published_high", "modified_low", "modified_high", "url_low", "url_high"], pl.Datetime("us")
)


def value(expression: pl.Expr, **dates: Any) -> Any:
    row = {"published_low": DAY, "published_high": DAY + ONE, "published_timely": True, "url_exact": True} | dates
    return (
        pl.DataFrame([row], schema={**SCHEMA, "published_timely": pl.Boolean, "url_exact": pl.Boolean})
        .select(expression)
        .item()
    )


def test_what_is_no_date_is_unreadable() -> None:
    assert value(faults.is_unreadable("published"), published_low=None, published_timely=False)
    assert not value(faults.is_unreadable("published"), published_low=None)
    assert not value(faults.is_unreadable("published"))


@pytest.mark.parametrize(("now", "expected"), [(DAY - ONE, False), (DAY - ONE - timedelta(seconds=1), True)])
def test_tomorrow_is_no_future(now: datetime, expected: bool) -> None:
    assert value(faults.is_in_future("published", now)) == expected


def test_a_date_is_before_the_first_one_only_if_all_of_it_is() -> None:
    assert value(faults.is_before("published", DAY + 2 * ONE))
    assert not value(faults.is_before("published", DAY + ONE))


@pytest.mark.parametrize(("away", "far"), [(0, False), (2, False), (4, True), (-4, True), (-3, False)])
def test_a_day_in_the_address_is_close(away: int, far: bool) -> None:
    day = DAY + away * ONE
    dates = {"url_low": day, "url_high": day + ONE}
    assert value(faults.is_far_from_address(2), **dates) == far
    if far:
        assert str(value(faults.far_from_address(), **dates)).endswith(
            f"days from the day in the address, {day:%Y-%m-%d}"
        )


def test_a_month_in_the_address_may_be_a_month_away() -> None:
    month = {"url_exact": False, "url_low": datetime(2026, 1, 1), "url_high": datetime(2026, 2, 1)}
    assert value(faults.is_far_from_address(2), **month)
    assert value(faults.far_from_address(), **month) == "41 days from the month in the address, 2026-01"
    assert not value(faults.is_far_from_address(2), **month | {"url_high": datetime(2026, 3, 1)})


def test_a_change_may_be_a_day_before_the_publication() -> None:
    assert not value(faults.is_changed_too_early(), modified_high=DAY - ONE)
    assert value(faults.is_changed_too_early(), modified_high=DAY - 2 * ONE)
    assert value(faults.changed_too_early()) == "changed before it was published, on 2026-03-14"


def test_without_a_date_in_the_address_nothing_is_far_from_it() -> None:
    assert not value(faults.is_far_from_address(2))
