from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from copydesk.auditing.outcome import Audit
from copydesk.model.finding import no_findings


def made(severity: str, fail_on: str) -> Audit:
    row = {"article_id": "a", "check": "reprint", "severity": severity, "reason": "again", "text": "some  words"}
    findings = pl.concat([no_findings(), pl.DataFrame([row])], how="diagonal_relaxed")
    return Audit("0.1", 3, 2, [("test", 2), (None, 1)], [], findings, findings, (), fail_on)


@pytest.mark.parametrize(
    ("severity", "fail_on", "success"),
    [
        ("critical", "critical", False),
        ("warning", "critical", True),
        ("info", "info", False),
        ("critical", "never", True),
    ],
)
def test_the_gate(severity: str, fail_on: str, success: bool) -> None:
    assert made(severity, fail_on).success is success


def test_what_is_written(tmp_path: Path) -> None:
    audit = made("warning", "critical")
    assert json.loads(audit.json())["findings"] == {"reprint": 1}
    audit.write_findings(tmp_path / "f.jsonl")
    audit.write_findings(tmp_path / "f.parquet")
    assert pl.read_ndjson(tmp_path / "f.jsonl").height == pl.read_parquet(tmp_path / "f.parquet").height == 1
    assert "  a: again: “some words”" in list(audit.lines(1))
