"""The difference as JSON: all counts, and lists of bounded length."""

from __future__ import annotations

import json
from dataclasses import replace

import polars as pl
from hypothesis import given, settings

from copydesk.gate.differences import Difference
from copydesk.reports.difference import data

from ..differences import differences


@settings(max_examples=30)
@given(differences())
def test_the_json_has_all_counts(d: Difference) -> None:
    content = json.loads(data.render(d))
    assert content["articles"]["changed"] == d.changed.height == len(content["changed"])
    assert content["findings"] == {"new": d.new.height, "fixed": d.fixed.height, "known": 7}
    assert [m["name"] for m in content["measures"]] == [m.name for m in d.measures if m.old != m.new]


@settings(max_examples=5)
@given(differences())
def test_lists_are_bounded_and_counts_are_not(d: Difference) -> None:
    row = {"article_id": "a", "file": "f", "row": 1, "headline": None, "words": 3}
    many = replace(d, added=pl.DataFrame([row] * 1001))
    content = json.loads(data.render(many))
    assert (len(content["added"]), content["articles"]["added"]) == (1000, 1001)
