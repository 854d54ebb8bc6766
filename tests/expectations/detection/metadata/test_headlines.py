"""A headline that says nothing is told from one that has the same marks and says something."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from copydesk_expectations.detection.metadata import headlines


def holds(predicate: pl.Expr, text: str, section: str | None = None) -> bool:
    frame = pl.DataFrame({"text": [text], "section": [section]}, schema={"text": pl.String, "section": pl.String})
    return bool(frame.select(predicate).item())


@pytest.mark.parametrize(
    ("predicate", "text", "other"),
    [
        (headlines.has_no_letter, "*** 2026 ***", "*** March ***"),
        (headlines.is_slug, "bridge-reopens-after-two-years", "up-to-the-minute"),
        (headlines.is_slug, "мост_открыт_снова_после_ремонта", "State-of-the-art bridge reopens"),
        (headlines.is_slug, "bridge-reopens-1234567", "bridge reopens 1234567"),
        (headlines.is_slug, "the-bridge-reopens.html", "2026-03-14-10-15-20-30-40"),
        (headlines.is_address, "https://a.example/x", "https://a.example is back"),
        (headlines.is_address, "WWW.A.EXAMPLE", "World wide"),
        (headlines.is_template_place, "{{ title }}", "A {{ title }}"),
        (headlines.is_template_place, "[object Object]", "[object]"),
        (headlines.is_template_place, "%headline_text%", "% of it"),
    ],
)
def test_each_predicate_knows_its_own(predicate: Callable[[], pl.Expr], text: str, other: str) -> None:
    assert holds(predicate(), text)
    assert not holds(predicate(), other)


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("Local sport", "Sport > Local sport", True),
        ("LOCAL SPORT", "local sport", True),
        ("Sport", "News, Sport; Opinion", True),
        ("Sport", "Sports", False),
        ("Sport", "Local sport", False),
    ],
)
def test_a_section_is_one_of_those_that_are_listed(text: str, section: str, expected: bool) -> None:
    assert holds(headlines.is_section(), text, section) == expected


def test_where_no_section_is_known_none_is_found() -> None:
    assert not holds(headlines.is_section(), "Sport")


def test_one_letter_or_a_bare_host_is_no_headline() -> None:
    frame = pl.DataFrame({"text": ["X", "“В”", "7.", "雪", "Up", "bbc.co.uk", "quayside.example", "E.T.", "St. Louis"]})
    letters = frame.filter(headlines.is_one_letter())["text"].to_list()
    assert letters == ["X", "“В”", "7."]
    assert frame.filter(headlines.is_address())["text"].to_list() == ["bbc.co.uk", "quayside.example"]
