"""What is wrong with the dates of an article: predicates over its dates, each an expression of polars.

A row has `published_low` and `published_high`, between which the publication lies, and `published_timely`, whether the
text says when; the same of `modified`; and the columns of `copydesk_expectations.detection.metadata.address_dates`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from copydesk.lazy import pl

if TYPE_CHECKING:
    from polars import Expr

__all__ = [
    "changed_too_early",
    "far_from_address",
    "is_before",
    "is_changed_too_early",
    "is_far_from_address",
    "is_in_future",
    "is_unreadable",
]

#: A month in an address says only about when: so many days around it are no error.
_MONTH_DAYS = 31


def is_unreadable(field: str) -> Expr:
    """Return whether a field names no day, and says in no other way when."""
    return pl.col(f"{field}_low").is_null() & ~pl.col(f"{field}_timely")


def is_in_future(field: str, now: datetime) -> Expr:
    """Return whether a date is later than tomorrow, whatever its time zone."""
    return pl.col(f"{field}_low") > now + timedelta(days=1)


def is_before(field: str, first: datetime) -> Expr:
    """Return whether a date is earlier than the first one that can be."""
    return pl.col(f"{field}_high") < first


def is_far_from_address(days: int) -> Expr:
    """Return whether the publication is more than some days from the day in the address, or a month from the month."""
    near = pl.when(pl.col("url_exact")).then(pl.duration(days=days)).otherwise(pl.duration(days=_MONTH_DAYS))
    return _from_address() > near


def is_changed_too_early() -> Expr:
    """Return whether the change is more than a day before the publication."""
    return pl.col("modified_high") < pl.col("published_low") - pl.duration(days=1)


def _from_address() -> Expr:
    """Return the time between the publication and the date in the address."""
    low, high = pl.col("published_low"), pl.col("published_high")
    return pl.max_horizontal(pl.col("url_low") - high, low - pl.col("url_high"))


def far_from_address() -> Expr:
    """Return the reason where `is_far_from_address`."""
    day, address = pl.when("url_exact"), pl.col("url_low").dt
    return pl.format(
        "{} days from the {} in the address, {}",
        _from_address().dt.total_days(),
        day.then(pl.lit("day")).otherwise(pl.lit("month")),
        day.then(address.to_string("%Y-%m-%d")).otherwise(address.to_string("%Y-%m")),
    )


def changed_too_early() -> Expr:
    """Return the reason where `is_changed_too_early`."""
    day = pl.col("published_low").dt.to_string("%Y-%m-%d")
    return pl.format("changed before it was published, on {}", day)
