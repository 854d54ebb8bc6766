from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.auditing.stories import labelled, stdin

from copydesk.commands.cli import main


def test_a_leak_shuts_the_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = tmp_path / "a.jsonl"
    articles.write_bytes(stdin(labelled(120)).getvalue())
    findings, result = tmp_path / "out" / "f.jsonl", tmp_path / "out" / "r.json"
    findings.parent.mkdir()
    report = tmp_path / "out" / "r.html"
    options = ["--report", str(report), "--label", "label", "--findings", str(findings), "--result", str(result)]
    assert main(["audit", str(articles), *options]) == 1
    assert "Northwire" in capsys.readouterr().out
    assert "label-giveaway" in report.read_text()
    assert json.loads(result.read_text())["success"] is False
    assert all("label-" in json.loads(line)["check"] for line in findings.read_text().splitlines())
    assert main(["audit", str(articles), *options, "--fail-on", "never", "--quiet"]) == 0


def test_it_spares_the_other_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for file in (articles, other):
        file.write_text('{"body": "The boats came home."}\n')
    assert main(["audit", str(articles), "--against", str(other), "--findings", str(other)]) == 2
    assert "is an input" in capsys.readouterr().err
