"""Dates that cannot be are found, in every form in which they are written; dates that can be are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.metadata.date_implausible import DateImplausible

NAMES = ("published", "modified", "url")
NOW = "2026-06-01T12:00:00Z"
FORMS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S+00:00", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y")
URLS = (
    "https://example.org/%Y/%m/%d/bridge",
    "https://example.org/news/%Y-%m-%d-bridge.html?d=19990101",
    "https://example.org/%Y%m%d/bridge",
    "https://example.org/news/%Y%m%d-bridge",
    "https://example.org/%Y/%m%d/c123.htm",
)
dates = st.datetimes(datetime(1995, 1, 1), datetime(2026, 5, 30))
forms = st.sampled_from(FORMS)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
hostile = st.one_of(st.none(), texts, st.text("0123456789-/:. TZ+", max_size=20))


def found(*articles: dict[str, Any], now: str = NOW, **options: Any) -> list[tuple[int, str, str, str]]:
    batch = Batch(pl.DataFrame(list(articles), schema=dict.fromkeys(NAMES, pl.String)))
    frame = batch.quoted(DateImplausible(now=now, **options).find(batch).collect()).sort("article", "field")
    return frame.select("article", "field", "text", "reason").rows()


def short(rows: list[tuple[int, str, str, str]]) -> list[tuple[int, str, str]]:
    return [row[:3] for row in rows]


@settings(max_examples=20)
@given(st.lists(st.tuples(dates, forms, st.sampled_from(URLS), st.integers(-1, 2)), min_size=1, max_size=8))
def test_plausible_dates_are_left_alone(said: list[tuple[datetime, str, str, int]]) -> None:
    rows = [
        {
            "published": f" {d:{form}}",
            "modified": f"{d + timedelta(days=1):{form}}",
            "url": f"{d + timedelta(days=away):{url}}",
        }
        for d, form, url, away in said
    ]
    assert found(*rows) == []


@settings(max_examples=20)
@given(st.lists(st.tuples(dates, st.sampled_from(URLS), st.integers(4, 4000)), min_size=1, max_size=8), st.booleans())
def test_a_date_far_from_the_day_in_the_address_is_found(said: list[tuple[datetime, str, int]], later: bool) -> None:
    rows = []
    for d, url, away in said:
        other = d - timedelta(days=away) if later else d + timedelta(days=away)
        rows.append({"published": f"{d:%Y-%m-%d}", "url": f"{other:{url}}"})
    assert short(found(*rows)) == [(n, "published", row["published"]) for n, row in enumerate(rows)]
    assert found(*rows, url_days=4002) == []


@settings(max_examples=20)
@given(st.lists(st.tuples(dates, st.integers(2, 4000), forms), min_size=1, max_size=8))
def test_a_change_before_the_publication_is_found(said: list[tuple[datetime, int, str]]) -> None:
    rows = [{"published": f"{d:%Y-%m-%d}", "modified": f"{d - timedelta(days=n):%Y-%m-%d}"} for d, n, _ in said]
    assert [(n, field) for n, field, *_ in found(*rows, earliest="1970-01-01")] == [
        (n, "modified") for n in range(len(rows))
    ]


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(2, 9000), forms, st.booleans()), min_size=1, max_size=8))
def test_the_future_and_the_time_before_the_web_are_found(said: list[tuple[int, str, bool]]) -> None:
    rows = []
    for days, form, future in said:
        d = (
            datetime(2026, 6, 1, 13) + timedelta(days=days + 365)
            if future
            else datetime(1991, 12, 31) - timedelta(days)
        )
        rows.append({"published": f"{d:{form}}", "modified": f"{d:{form}}"})
    expected = [(n, field, row[field]) for n, row in enumerate(rows) for field in ("modified", "published")]
    assert short(found(*rows)) == expected


def test_what_says_when_without_a_day_is_left_alone() -> None:
    said = ("5 minutes ago", "Monday", "vor 3 Stunden", "昨日", "2026-W11", "1447/09/25", "२०८२ चैत्र १")
    assert not found(*({"published": text, "modified": text} for text in said))


@settings(max_examples=20)
@given(
    st.sampled_from(["soon", "2026-02-30", "2026-13-01", "By Staff", "31/31/2026", "0000-00-00", "14 March", "5月20日"])
)
def test_what_is_no_date_is_found_and_what_is_missing_is_not(text: str) -> None:
    rows: list[dict[str, Any]] = [
        {"published": f" {text}\n"},
        *({"published": p} for p in ("", " ", "NaT", "nan", "None", "null", None)),
    ]
    assert short(found(*rows)) == [(0, "published", text)]


def test_a_month_in_an_address_says_less_than_a_day() -> None:
    url = "https://example.org/2026/03/14-tips-for-bakers"
    rows = [
        {"published": p, "url": url} for p in ("2026-02-20", "2026-03-31", "2026-04-20", "2026-06-01", "2025-12-01")
    ]
    assert [n for n, *_ in found(*rows)] == [3, 4]


def test_without_a_time_the_present_is_meant() -> None:
    days = [datetime.now(UTC) + timedelta(days=n) for n in (-1, 0, 3)]
    assert [n for n, *_ in found(*({"published": d.isoformat()} for d in days), now="")] == [2]


@pytest.mark.parametrize("options", [{"now": "soon"}, {"earliest": "1993"}, {"url_days": -1}])
def test_options_that_are_none_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected"):
        DateImplausible(**options)


@settings(max_examples=25)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, hostile)), max_size=6), st.integers(0, 6))
def test_any_text_is_taken_and_chunks_make_no_difference(articles: list[dict[str, Any]], cut: int) -> None:
    parts = found(*articles[:cut]) + [(n + min(cut, len(articles)), *rest) for n, *rest in found(*articles[cut:])]
    assert sorted(found(*articles)) == sorted(map(tuple, parts))
