"""Records of a schema that the first ones had not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from copydesk.readers.fields.article_columns import Columns
from copydesk.readers.fields.json_values import UnreadableError
from copydesk.readers.fields.records import Records

TEXT = "It rained for three days, and the river rose. " * 3


def test_a_record_without_a_body_is_read_by_the_other_known_names() -> None:
    records = Records(Columns("a.jsonl", {"headline": "title", "body": "text"}, ignored=("content",)))
    assert records.texts({"title": "A", "text": "B"}) == ["A", "B"]
    assert records.texts({"headline": "A", "articleBody": "B"}) == ["A", "B"]
    assert records.texts({"title": "A", "content": "a teaser"}) == ["A", None]
    with pytest.raises(UnreadableError, match="no column of an article, but error"):
        records.texts({"error": 404})


def test_a_schema_that_comes_late_is_read_also_in_the_fast_path(read_bytes: Callable[..., Any]) -> None:
    early = [{"title": f"Storm {n}", "text": TEXT} for n in range(1100)]
    late = [{"headline": "Late", "maintext": TEXT}, {"title": "None"}, {"error": "404"}]
    data = "".join(json.dumps(record) + "\n" for record in early + late).encode()
    rows, [rejected] = read_bytes(data, "a.jsonl")
    assert rows[-2:] == [{"headline": "Late", "body": TEXT}, {"headline": "None", "body": None}] and len(rows) == 1102
    assert "but error" in rejected.reason


def test_records_before_the_first_article_do_not_hide_its_columns(read_bytes: Callable[..., Any]) -> None:
    data = b'{"error":"404"}\n' * 1500 + json.dumps({"title": "Storm", "text": TEXT}).encode()
    rows, rejected = read_bytes(data, "a.jsonl")
    assert rows == [{"headline": "Storm", "body": TEXT}] and len(rejected) == 1500
