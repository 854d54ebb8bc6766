"""The parts of the overview: the largest of each kind are shown, and the rest is counted."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from copydesk.engine.overview_parts import (
    copies_of,
    lengths_of,
    lines_of,
    plausible_days,
    publisher_sums,
    publishers_of,
    volume_of,
)

FIRST = date(2026, 1, 1)
NAMES = pl.DataFrame(
    {"publisher": [1, 2], "key": [7, 7], "name": ["Post", "Post"]},
    schema={"publisher": pl.UInt64, "key": pl.UInt64, "name": pl.String},
)


def test_spellings_of_a_publisher_are_one_and_articles_without_are_their_own() -> None:
    signals = pl.DataFrame(
        {"publisher": [1, 2, None, 1], "ads": [0, 3, 1, None]}, schema_overrides={"publisher": pl.UInt64}
    )
    (post, none), count = publishers_of(publisher_sums(signals, ["ads"]), NAMES, ["ads"])
    assert (post.name, post.articles, post.by_check, count) == ("Post", 3, ((1, 2),), 1)
    assert (none.name, none.articles, none.by_check) == ("", 1, ((1, 1),))


@pytest.mark.parametrize(("span", "unit"), [(3, "day"), (200, "week"), (2000, "month"), (9000, "year")])
def test_a_longer_span_is_shown_by_longer_units(span: int, unit: str) -> None:
    volume = volume_of(pl.Series([FIRST, FIRST + timedelta(span), None]), 4)
    assert volume and (volume.unit, sum(volume.counts), volume.undated, volume.implausible) == (unit, 2, 1, 4)
    assert volume_of(pl.Series([None], dtype=pl.Date), 0) is None


def test_days_that_a_check_found_implausible_are_left_out() -> None:
    findings = pl.LazyFrame({"check": ["dates", "ads"], "field": ["published", "body"], "article": [1, 0]})
    days = pl.Series([FIRST, FIRST + timedelta(1)])
    kept, wrong = plausible_days(days, findings, ["dates"])
    assert (kept.to_list(), wrong) == ([FIRST], 1) and plausible_days(days, findings, [])[1] == 0


def test_lengths_are_those_of_articles_with_words() -> None:
    lengths = lengths_of(pl.Series([0, 10, 20, 30]), None)
    assert (lengths and (lengths.quartiles, lengths.empty, sum(lengths.counts)) == ((20, 20, 20), 1, 3)) or lengths
    assert lengths_of(pl.Series([0]), None) is None


def test_a_line_of_several_articles_is_one_and_so_is_a_cluster_of_copies() -> None:
    findings = pl.LazyFrame(
        {
            "check": ["ads", "ads", "copies"],
            "article": [0, 1, 1],
            "article_id": ["a", "b", "b"],
            "text": ["Hide Ad", "HIDE AD", ""],
            "file": ["f"] * 3,
            "row": [1, 2, 2],
            "twin": [None, None, 0],
            "reason": ["", "", "the same text"],
        }
    )
    owners = pl.DataFrame({"article": [0, 1], "publisher": [1, 2]}, schema_overrides={"publisher": pl.UInt64})
    (line,), count = lines_of(owners, NAMES, findings, ["ads"])
    assert (line.text, line.articles, line.of, count) == ("Hide Ad", 2, 2, 1)
    known = pl.LazyFrame({"article": [0, 1], "article_id": ["a", "b"], "file": ["f"] * 2, "row": [1, 2]})
    (copies,), clusters = copies_of(findings, known, ["copies"], [])
    assert (copies.size, copies.original.id, copies.copies[0].row, copies.near, clusters) == (
        2,
        "a",
        2,
        False,
        1,
    )
    assert copies_of(findings, known, ["none"], []) == ((), 0) == lines_of(owners, NAMES, findings, ["none"])
