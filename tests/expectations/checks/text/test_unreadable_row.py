"""Every row that cannot be read is a finding with its file, its line and the reason; rows that can be are articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import copydesk
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk_expectations.checks.text.unreadable_row import UnreadableRow

BROKEN = ["{not json", "[1, 2]", '"text"', '{"body": "a"', "\x00"]
SUITE = "expectations:\n  - type: expect_news_unreadable_row\n"


def test_each_broken_row_is_listed_with_its_line(tmp_path: Path) -> None:
    rows = [row for number, broken in enumerate(BROKEN) for row in (broken, json.dumps({"body": f"Story {number}."}))]
    (tmp_path / "suite.yml").write_text(SUITE, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    result = copydesk.check([tmp_path / "a.jsonl"], suite=tmp_path / "suite.yml")
    assert [rejected.line for rejected in result.rejected] == [
        number for number, row in enumerate(rows, 1) if row in BROKEN
    ]
    assert all(rejected.reason for rejected in result.rejected)
    assert result.collection.articles == len(rows) - len(BROKEN)
    (judged,) = result.expectations
    assert (judged.success, judged.articles_checked, judged.articles_unexpected) == (False, len(rows), len(BROKEN))


def test_it_is_no_check_of_articles_at_hand() -> None:
    batch = Batch(pl.DataFrame({"body": ["The bridge reopened."]}))
    with pytest.raises(ValueError, match="Run it with `copydesk check`"):
        UnreadableRow().must_fit(batch.fields)
