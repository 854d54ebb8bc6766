"""Days that are missing are found at the first article after them; days of rest are none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.collection.publication_gaps import PublicationGaps

MONDAY = date(2026, 3, 2)
NAMES = ("publisher", "published")


hostile = st.fixed_dictionaries(dict.fromkeys(NAMES, st.one_of(st.none(), st.text(max_size=12), st.dates().map(str))))


def found(*articles: dict[str, Any], cut: int = 0, **options: Any) -> list[tuple[int, str, str]]:
    check = PublicationGaps(**options)
    frame = pl.DataFrame(list(articles), schema=dict.fromkeys(NAMES, pl.String))
    keys = [check.keys(Batch(frame.slice(0, cut))), check.keys(Batch(frame.slice(cut), first=min(cut, frame.height)))]
    rows = check.find(pl.concat(keys)).collect()
    for article, start, end, text in rows.select("article", "start", "end", "text").iter_rows():
        assert articles[article]["published"][start:end] == text
    return rows.select("article", "text", "reason").rows()


def days(numbers: list[int], *, each: int = 3, publisher: str = "Harbour Gazette") -> list[dict[str, Any]]:
    return [
        {"publisher": publisher, "published": f"{MONDAY + timedelta(days=n)}"} for n in numbers for _ in range(each)
    ]


@settings(max_examples=30)
@given(
    st.integers(16, 40), st.sets(st.integers(2, 13), max_size=4), st.randoms(use_true_random=False), st.integers(0, 99)
)
def test_each_gap_is_found_at_the_first_article_after_it(length: int, gone: set[int], random: Any, cut: int) -> None:
    there = [n for n in range(length) if n not in gone]
    articles = days(there) + days(list(range(length)), publisher="The Herald")
    random.shuffle(articles)
    after = {f"{MONDAY + timedelta(days=n)}" for n in there if n - 1 in gone}
    rows = found(*articles, cut=cut)
    rest = {n for n in gone if sum(m % 7 == n % 7 for m in gone) * 2 > len(range(n % 7, length, 7))}
    if not rest:
        assert {text for _, text, _ in rows} == after
        assert all(articles[n]["publisher"] == "Harbour Gazette" for n, *_ in rows)
        first = {
            t: next(n for n, a in enumerate(articles) if a == {"publisher": "Harbour Gazette", "published": t})
            for t in after
        }
        assert {(n, t) for n, t, _ in rows} == {(n, t) for t, n in first.items()}


@settings(max_examples=15)
@given(st.integers(4, 9), st.integers(0, 6))
def test_a_weekday_without_news_is_a_day_of_rest(weeks: int, rest: int) -> None:
    assert found(*days([n for n in range(7 * weeks) if n % 7 != rest])) == []


@settings(max_examples=15)
@given(st.sets(st.integers(0, 60), min_size=1, max_size=40))
def test_who_publishes_seldom_has_no_gaps(there: set[int]) -> None:
    assert found(*days(sorted(there), each=2)) == []
    assert found(*days([0, 1, 2, 4, 5, 6])) == []


@settings(max_examples=25)
@given(st.lists(hostile, max_size=9), st.integers(0, 9))
def test_any_text_is_taken_and_chunks_make_no_difference(articles: list[dict[str, Any]], cut: int) -> None:
    assert found(*articles, cut=cut, per_day=1, min_days=3) == found(*articles, per_day=1, min_days=3)


@pytest.mark.parametrize("options", [{"per_day": 0}, {"min_days": 2}])
def test_options_that_are_none_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected"):
        PublicationGaps(**options)
