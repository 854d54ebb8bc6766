from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.commands.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_it_prints_a_table_and_writes_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = tmp_path / "simulated.json"
    report = tmp_path / "simulated.html"
    assert main(["simulate", str(FIXTURES / "broken.jsonl"), "--result", str(result), "--report", str(report)]) == 0
    assert report.read_text().startswith("<!doctype html>")
    assert "FineWeb" in capsys.readouterr().out
    assert json.loads(result.read_text())["articles"] > 10


def test_it_spares_what_it_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = tmp_path / "a.jsonl"
    articles.write_text('{"body": "The boats came home."}\n')
    assert main(["simulate", str(articles), "--result", str(articles)]) == 2
    assert articles.read_text().startswith('{"body"')
