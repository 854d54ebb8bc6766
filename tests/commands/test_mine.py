from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.mining.test_run import stdin

from copydesk.commands.cli import main

SUITE = "expectations: [{type: expect_news_publisher_boilerplate}]"


def test_from_mining_to_checking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_bytes(stdin(6).getvalue())
    Path("suite.yml").write_text(SUITE)
    assert main(["mine", "a.jsonl", "-o", "rules.yml"]) == 0
    assert "1 new rules" in capsys.readouterr().out
    check = ["check", "a.jsonl", "--suite", "suite.yml", "--rules", "rules.yml", "--findings", "f.jsonl", "--quiet"]
    main(check)
    found = [json.loads(line) for line in Path("f.jsonl").read_text().splitlines()]
    assert [f["repair"] for f in found] == ["delete"] * 6
    assert found[0]["reason"].startswith("a rule says")


def test_it_spares_articles_and_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_bytes(stdin(6).getvalue())
    assert main(["mine", "a.jsonl", "-o", "a.jsonl"]) == 2
    assert main(["mine", "a.jsonl", "-o", "rules.yml", "--quiet"]) == 0
    assert main(["check", "a.jsonl", "--rules", "rules.yml", "--result", "rules.yml"]) == 2
    assert Path("rules.yml").read_text().startswith("#")
