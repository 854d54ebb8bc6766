"""Every row that cannot be read is a finding with its file, its line and the reason; rows that can be are articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk_expectations.checks.text.unreadable_row import UnreadableRow

BROKEN = ["{not json", "[1, 2]", '"text"', '{"body": "a"', "\x00"]
SUITE = "expectations:\n  - type: expect_news_unreadable_row\n"


@settings(max_examples=10)
@given(rows=st.lists(st.sampled_from(BROKEN) | st.integers(0, 9).map(str), min_size=1, max_size=8))
def test_each_broken_row_is_listed_with_its_line(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    folder: Path = tmp_path_factory.mktemp("rows")
    rows = [json.dumps({"body": f"Story {row}."}) if row.isdigit() else row for row in rows]
    rows.append(json.dumps({"body": "The bridge reopened."}))
    (folder / "suite.yml").write_text(SUITE, encoding="utf-8")
    (folder / "a.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    result = copydesk.check([folder / "a.jsonl"], suite=folder / "suite.yml")
    broken = [number for number, row in enumerate(rows, 1) if row in BROKEN]
    assert [rejected.line for rejected in result.rejected] == broken
    assert all(rejected.reason for rejected in result.rejected)
    assert result.collection.articles == len(rows) - len(broken)
    (judged,) = result.expectations
    assert (judged.success, judged.articles_checked, judged.articles_unexpected) == (not broken, len(rows), len(broken))


def test_it_is_no_check_of_articles_at_hand() -> None:
    batch = Batch(pl.DataFrame({"body": ["The bridge reopened."]}))
    with pytest.raises(ValueError, match="run it with `copydesk check`"):
        UnreadableRow().must_fit(batch.fields)
