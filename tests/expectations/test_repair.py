"""What a finding says is the repair, repairs: applied to the broken fixtures, it leaves nothing to repair."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from copydesk.checks import ArticleCheck, all_checks, expectation_type
from copydesk.checks.suite import parse_suite
from copydesk.engine.collection import findings_of
from copydesk.model.article import FIELDS

FIXTURES = Path(__file__).parents[2] / "fixtures"
MENDING = [n for n, c in all_checks().items() if issubclass(c, ArticleCheck)]


def articles() -> list[dict[str, Any]]:
    lines = (FIXTURES / "broken.jsonl").read_text(encoding="utf-8").splitlines()
    return [{f: a.get(f) for f in FIELDS} for a in map(json.loads, lines)]


def findings(rows: list[dict[str, Any]], check: str) -> list[dict[str, Any]]:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(FIELDS, pl.String))
    number = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    suite = parse_suite(f"expectations:\n  - type: {expectation_type(check)}", file="s.yml")
    return findings_of([frame.with_columns(file=pl.lit("x"), row=number, line=number)], suite).to_dicts()


def repaired(rows: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Apply every repair, the last in a field first, so that places stay true."""
    mended = copy.deepcopy(rows)
    for f in sorted(found, key=lambda f: -f["start"]):
        if f["repair"] != "none":
            text = mended[f["row"] - 1][f["field"]]
            put = f["replacement"] if f["repair"] == "replace" else ""
            mended[f["row"] - 1][f["field"]] = text[: f["start"]] + put + text[f["end"] :]
    return mended


@pytest.mark.parametrize("check", MENDING)
def test_a_repair_leaves_nothing_to_repair_and_touches_nothing_else(check: str) -> None:
    rows = articles()
    found = [f for f in findings(rows, check) if f["repair"] != "none"]
    assert all((f["repair"] == "replace") == (f["replacement"] is not None) for f in found)
    mended = repaired(rows, found)
    assert [f for f in findings(mended, check) if f["repair"] != "none"] == []
    places = {(f["row"] - 1, f["field"]) for f in found}
    for number, (before, after) in enumerate(zip(rows, mended, strict=True)):
        for field in FIELDS:
            assert (before[field] != after[field]) == ((number, field) in places)
