"""The result and the findings as files for scripts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from copydesk.errors import UsageError
from copydesk.model.finding import FINDING
from copydesk.reports.data import result_json, write_findings, write_result

from .newsroom import newsroom, result


@pytest.mark.parametrize("name", ["f.jsonl", "f.parquet", "findings"])
def test_findings_are_read_back_as_they_were(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    write_findings(newsroom(), file)
    rows = pl.read_parquet(file) if name.endswith(".parquet") else pl.read_ndjson(file, infer_schema_length=None)
    expected = newsroom().findings.select(*FINDING).collect()
    assert rows.columns == list(FINDING)
    assert rows.select(expected.columns).cast(expected.schema).equals(expected)


def test_findings_on_a_cluster_are_stored_by_it_where_they_are_wanted_as_parquet(tmp_path: Path) -> None:
    folders: list[Path] = []
    spread = replace(newsroom(), store=folders.append)
    write_findings(spread, tmp_path / "f.parquet")
    assert folders == [tmp_path / "f.parquet"] and not folders[0].exists()
    write_findings(spread, tmp_path / "f.jsonl")
    assert len(folders) == 1 and (tmp_path / "f.jsonl").read_bytes()


def test_the_result_has_what_the_command_line_promises(tmp_path: Path) -> None:
    run = newsroom()
    write_result(run, tmp_path / "r.json")
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    assert text == result_json(run)
    content = json.loads(text)
    assert list(content) == [
        "copydesk", "suite", "success", "fail_on", "collection", "notes", "passed_over", "expectations", "baseline",
        "rejected", "timing",
    ]  # fmt: skip
    assert [e["type"] for e in content["expectations"]] == [e.type for e in run.expectations]
    assert content["success"] is run.success
    assert [r["line"] for r in content["rejected"]] == [r.line for r in run.rejected]


def test_a_result_without_anything_is_valid() -> None:
    content = json.loads(result_json(result()))
    assert content["success"] is True and content["expectations"] == [] and content["baseline"] is None


@pytest.mark.parametrize("name", ["f.xlsx", "f.json", "f.jsonl.gz"])
def test_findings_in_an_unknown_format_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"end in \.jsonl, "):
        write_findings(newsroom(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_findings_are_a_table_in_csv(tmp_path: Path) -> None:
    write_findings(newsroom(), tmp_path / "f.csv")
    read = pl.read_csv(tmp_path / "f.csv", infer_schema=False)
    assert read.columns == list(FINDING)
    assert read["text"].to_list() == newsroom().findings.collect()["text"].to_list()
