"""Signals: counts are exact however the collection is cut, and rows that could not be read are rows too."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.suite import judgements_of, parse_suite
from copydesk.judge.signals import ARTICLES, Signals, count_findings

SUITE = parse_suite(
    """
name: own
expectations:
  - {type: expect_news_ad_residue, kwargs: {}}
  - {type: expect_news_date_implausible, kwargs: {}}
  - type: expect_news_duplicate_article
    kwargs: {row_condition: {type: comparison, column: {name: section}, operator: "!=", parameter: briefs}}
  - {type: expect_news_unreadable_row, kwargs: {}}
  - {type: expect_column_values_to_be_between, kwargs: {column: score, min_value: 5}}
""",
    file="own.yml",
)
JUDGEMENTS = judgements_of(SUITE)
AD, DATE, COPY, ROWS = (j.key for j in JUDGEMENTS)


def counted(findings: list[int], first: int = 0) -> pl.DataFrame:
    """Return the signals of articles, given how many findings of `ad-residue` each has."""
    numbers = pl.int_range(first, first + len(findings), dtype=pl.UInt32, eager=True)
    signals = pl.DataFrame({"article": numbers, "words": [5] * len(findings)})
    signals = signals.with_columns(section=pl.lit("news"), score=pl.col("article").cast(pl.String))
    articles = [first + n for n, count in enumerate(findings) for _ in range(count)]
    frame = pl.DataFrame({"article": articles, "key": AD}, schema={"article": pl.UInt32, "key": pl.String})
    return count_findings(signals, frame, {"body"}, JUDGEMENTS)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(0, 5))
def test_findings_are_counted_by_article(findings: list[int], first: int) -> None:
    frame = counted(findings, first)
    assert frame[AD].to_list() == findings
    assert frame[DATE].null_count() == len(findings)  # the articles have no dates
    assert frame[COPY].to_list() == [0] * len(findings)


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(0, 12), st.booleans())
def test_stretches_give_the_signals_of_the_whole(findings: list[int], cut: int, joined: bool) -> None:
    whole, parts, rest = (Signals(JUDGEMENTS, SUITE) for _ in range(3))
    whole.add(counted(findings))
    left, right = findings[:cut], findings[cut:]
    if left:
        parts.add(counted(left))
    if right and joined:  # as another task has it, whose articles begin with 0
        rest.add(counted(right).with_columns(score=(pl.col("article") + len(left)).cast(pl.String)))
        parts.join(rest, len(left))
    elif right:
        parts.add(counted(right, len(left)))
    assert parts.tally() == whole.tally() and parts.rows().equals(whole.rows())
    tally = whole.tally()
    by_number = dict(zip(tally[AD], tally[ARTICLES], strict=True))
    by_number.pop(None, None)
    assert by_number == Counter(findings)
    assert whole.findings(AD) == sum(findings)
    assert whole.applicable(AD) and not whole.applicable(DATE)


def test_late_findings_and_rejected_rows_are_counted() -> None:
    signals = Signals(JUDGEMENTS, SUITE)
    signals.add(counted([0, 1, 0]))
    signals.add_late(COPY, pl.DataFrame({"article": [2], "findings": [2]}, schema_overrides={"article": pl.UInt32}))
    signals.add_rejected(2, {ROWS: 1})
    assert (signals.findings(COPY), signals.findings(ROWS)) == (2, 1)
    rows = signals.rows()
    assert rows[COPY].to_list() == [0, 0, 2, None, None]
    assert rows["score"].dtype == pl.Int64  # the suite compares numbers
    assert rows["section"].to_list() == ["news"] * 3 + [None] * 2
