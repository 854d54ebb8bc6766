"""The date in an address is read from its path, as a day or as a month; other numbers are no dates."""

from __future__ import annotations

import re
from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.buffer import Text
from copydesk_expectations.detection.metadata.address_dates import address_dates, day_in, parts_with_dates

PIECES = [
    "/2026",
    "/20",
    "/19",
    "98",
    "03",
    "14",
    "7",
    "/mar",
    "-",
    "/",
    ".",
    "_",
    "T",
    "?",
    "#",
    "é",
    "tips",
    "20260314",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), min_size=1, max_size=6))
def test_the_part_of_an_address_with_dates_says_what_all_of_it_says(urls: list[str]) -> None:
    parts = parts_with_dates(Text(pl.Series(urls, dtype=pl.String)))
    for url, part in zip(urls, parts.to_list(), strict=True):
        assert day_in(part or "") == day_in(re.split("[?#]", url)[0])


@pytest.mark.parametrize(
    ("path", "day", "exact"),
    [
        ("/2026/03/14/bridge", date(2026, 3, 14), True),
        ("/news/2026-03-14-bridge", date(2026, 3, 14), True),
        ("/20260314/bridge", date(2026, 3, 14), True),
        ("/2026/0314/c1.htm", date(2026, 3, 14), True),
        ("/2026/Mar/14/bridge", date(2026, 3, 14), True),
        ("/2026/03/14-tips", date(2026, 3, 1), False),
        ("/2026/03/", date(2026, 3, 1), False),
        ("/2026/13/14/", None, False),
        ("/2026/02/30/", date(2026, 2, 1), False),
        ("/1066/10/14/", None, False),
        ("/bridge-20260314123", None, False),
    ],
)
def test_a_path_has_a_day_a_month_or_neither(path: str, day: date | None, exact: bool) -> None:
    assert day_in(path) == (day, exact)


def test_a_day_lasts_a_day_and_a_month_a_month() -> None:
    urls = pl.Series(
        ["https://a.example/2026/03/14/x", "https://a.example/2026/02/x", "https://a.example/x?/2026/03/14/"]
    )
    rows = address_dates(Text(urls)).select("url_low", "url_high", "url_exact").rows()
    assert rows == [
        (datetime(2026, 3, 14), datetime(2026, 3, 15), True),
        (datetime(2026, 2, 1), datetime(2026, 3, 1), False),
        (None, None, False),
    ]
