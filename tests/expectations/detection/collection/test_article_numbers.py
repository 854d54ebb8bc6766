"""The number of an article is told from a date, from a number of other length, and from one in the query."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from copydesk_expectations.detection.collection.article_numbers import article_numbers, is_date


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("a.example/bridge-reopens-1234567", "1234567"),
        ("a.example/traffic/1234567", "1234567"),
        ("a.example/news/art1234567.html", "1234567"),
        ("a.example/123456/7654321", "7654321"),
        ("a.example/bridge-12345", None),
        ("a.example/" + "1" * 19, None),
        ("a.example/20260314", None),
        ("a.example/20269914", "20269914"),
        ("a.example/bridge?id=1234567", None),
        ("a.example/abcd1234567", None),
        ("a.example/x/0b1c2d3e-1111-2222-3333-444455556666", "444455556666"),
        ("a.example", None),
    ],
)
def test_a_number_stands_alone_and_is_no_date(form: str, number: str | None) -> None:
    assert article_numbers(pl.Series([form])).rows() == [("a.example", number)]


def test_an_article_without_an_address_has_neither() -> None:
    assert article_numbers(pl.Series([None, "b.example/1234567"], dtype=pl.String)).rows() == [
        (None, None),
        ("b.example", "1234567"),
    ]


@pytest.mark.parametrize(
    ("digits", "date"), [("20260314", True), ("202603141530", True), ("20261314", False), ("2026031", False)]
)
def test_digits_are_a_day_alone_or_with_a_time(digits: str, date: bool) -> None:
    data = np.frombuffer((digits + " " * 8).encode(), np.uint8)
    assert is_date(data, np.array([0]), np.array([len(digits)])).tolist() == [date]
