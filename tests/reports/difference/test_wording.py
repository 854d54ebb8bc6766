"""The sentences about a difference, which every report shares."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from copydesk.checks import SEVERITIES
from copydesk.gate.differences import Difference, Measure
from copydesk.reports.difference.wording import article_lists, by_check, headline, measure_lists, values

from ..differences import differences


@settings(max_examples=30)
@given(differences())
def test_checks_have_all_new_and_fixed_findings_worst_first(d: Difference) -> None:
    rows = by_check(d)
    assert sum(row.new for row in rows) == d.new.height
    assert sum(row.fixed for row in rows) == d.fixed.height
    assert [row.severity for row in rows] == sorted((row.severity for row in rows), key=SEVERITIES.index)
    for row in rows:
        assert len(row.examples) <= 3
        assert sum(example["times"] for example in row.examples) <= row.new
        assert len({example["text"] for example in row.examples}) == len(row.examples)


@settings(max_examples=30)
@given(differences())
def test_lists_and_the_rest_are_the_whole(d: Difference) -> None:
    lists = list(article_lists(d))
    assert [len(some.rows) + some.more for some in lists] == [
        f.height for f in (d.added, d.removed, d.changed) if f.height
    ]
    for title, measures, more in measure_lists(d):
        kind = {"Length in words": "length", "Articles by publisher": "publisher"}[title]
        assert len(measures) + more == len(d.moved(kind)) and len(measures) <= 20


@settings(max_examples=10)
@given(differences())
def test_the_headline_says_so_where_no_article_differs(d: Difference) -> None:
    same = replace(d, added=d.added.clear(), removed=d.removed.clear(), changed=d.changed.clear())
    assert headline(same).startswith("no article differs; ")
    if d.added.height == 1:
        assert headline(d).startswith("1 article added, ")


@pytest.mark.parametrize(
    ("measure", "texts"),
    [
        (Measure("length", "median", 1200, 3), ("1,200", "3")),
        (Measure("publisher", "x", 1, 2, 0.1, 0.25), ("1 (10 %)", "2 (25 %)")),
        (Measure("publisher", "x", 1, 0, 0.00001, 0.0), ("1 (< 0.1 %)", "0 (0 %)")),
    ],
)
def test_values_have_their_share(measure: Measure, texts: tuple[str, str]) -> None:
    assert values(measure) == texts
