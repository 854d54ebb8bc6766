"""Spark and the embedded engine agree, byte for byte."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import copydesk
from copydesk.checks.suite import parse_suite
from copydesk.commands import cli
from copydesk.errors import CopydeskError, InputError, MappingError, UsageError
from copydesk.model.result import Result
from copydesk.spark import check, run
from copydesk.spark.findings import can_be_written
from copydesk.spark.session import session

OWN = """
name: own
expectations:
  - type: expect_column_values_to_match_regex
    severity: warning
    kwargs: {column: url, regex: "gazette", mostly: 0.9}
  - type: expect_column_values_to_be_between
    kwargs: {column: score, min_value: 5}
  - type: expect_news_duplicate_article
    kwargs: {row_condition: {type: comparison, column: {name: section}, operator: "!=", parameter: briefs}}
  - type: expect_news_ad_residue
    kwargs: {mostly: 0.5, row_condition: {type: comparison, column: {name: words}, operator: ">", parameter: 40}}
  - type: expect_news_unreadable_row
"""


def in_order(findings: pl.DataFrame) -> bytes:
    return findings.sort(findings.columns, nulls_last=True).write_ndjson().encode()


def all_but(result: Result) -> dict[str, Any]:
    names = ("version", "suite", "fail_on", "collection", "expectations", "rejected", "samples", "success")
    return {name: getattr(result, name) for name in names}


@pytest.fixture(scope="module")
def small_tasks() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "_LEAST_BYTES", 1 << 20)
        patch.setattr(run, "_MOST_BYTES", 1 << 20)
        yield


def test_findings_and_results_are_those_of_the_embedded_engine(
    spark: Any, small_tasks: None, collection: Path, tmp_path: Path
) -> None:
    embedded, spread = copydesk.check([collection]), check([collection])
    assert all_but(spread) == all_but(embedded)
    expected = embedded.findings.collect()
    assert embedded.collection.articles == 20_003 and len(embedded.rejected) == 7
    assert {e.check for e in embedded.expectations if e.findings} > {
        "ad-residue",
        "duplicate-article",
        "duplicate-url",
        "headline-site-suffix",
        "near-duplicate-article",
        "publisher-boilerplate",
        "repeated-paragraph",
        "unreadable-row",
    }
    assert in_order(spread.findings.collect()) == in_order(expected)
    assert spread.store is not None
    spread.store(tmp_path / "findings.parquet")
    (tmp_path / "link.parquet").symlink_to("findings.parquet")
    spread.store(tmp_path / "link.parquet")  # a folder from before is replaced, and a link to it stays
    written = pl.read_parquet(tmp_path / "findings.parquet" / "*.parquet")
    assert in_order(written) == in_order(expected)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["findings.parquet", "link.parquet"]
    assert (tmp_path / "link.parquet").is_symlink()
    some = spread.findings.filter(pl.col("check") == "ad-residue").select("text", "row").head(3).collect()
    assert some.columns == ["text", "row"] and set(some["text"]) == {"Hide Ad"} and some.height == 3


def test_a_suite_of_ones_own_is_judged_alike(spark: Any, collection: Path) -> None:
    suite = parse_suite(OWN, file="own.yml")
    paths = [collection / "b.parquet", collection / "d.csv"]
    assert all_but(check(paths, suite=suite)) == all_but(copydesk.check(paths, suite=suite))


def test_errors_are_those_of_the_embedded_engine(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08")
    (tmp_path / "other.jsonl").write_text('{"words": "no body"}\n')
    (tmp_path / "none.jsonl").write_text("{broken\n")
    for name, kind in (("cut.jsonl.gz", InputError), ("other.jsonl", MappingError), ("none.jsonl", InputError)):
        messages = []
        for engine in (copydesk.check, check):
            with pytest.raises(kind) as error:
                engine([tmp_path / name])
            messages.append(str(error.value))
        assert messages[0] == messages[1]


def test_the_command_writes_a_folder(spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"headline": "Bridge", "body": "It rained.\n\nHide Ad"}) + "\n")
    out = tmp_path / "f.parquet"
    monkeypatch.chdir(tmp_path)  # and not the executors
    words = ["check", "a.jsonl", "--engine", "spark", "--findings", str(out), "--fail-on", "never"]
    assert cli.main(words) == 0
    assert "Hide Ad" in pl.read_parquet(out / "*.parquet")["text"].to_list()
    assert cli.main([*words, "--quiet"]) == 0
    (tmp_path / "own").mkdir()
    with pytest.raises(UsageError, match="Remove it"):
        can_be_written(tmp_path / "own")
    with pytest.raises(UsageError, match="Make it first"):
        can_be_written(tmp_path / "nowhere" / "f.parquet")


def test_wrong_usage_is_said_before_the_work(no_java: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="standard input"):
        check(["-"])
    with pytest.raises(UsageError, match="got 'fatal'"):
        check([Path(__file__).parents[2] / "fixtures" / "clean.jsonl"], fail_on="fatal")
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(CopydeskError, match=r"pip install 'pyspark\["):
        session()


def test_without_java_it_says_what_to_install(no_java: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql")
    monkeypatch.setattr(sql.SparkSession, "getActiveSession", lambda: None)
    with pytest.raises(UsageError, match="openjdk-17-jre-headless"):
        session()
