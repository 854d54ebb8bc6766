"""`copydesk accept`: what it writes does not count in the next check, and is suppressed in SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import copydesk.judge.verdicts  # noqa: F401 - so that judging happens in this process, which is quicker
from copydesk.commands.cli import main

STORY = "The pier opened again on Friday after a long winter of work, the city said. It was day {}."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "suite.yml").write_text("expectations: [{type: expect_news_ad_residue}]")
    articles = [{"id": n, "publisher": "The Paper", "text": STORY.format(n) + "\n\nHide Ad"} for n in range(2)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles))
    return tmp_path


def test_what_is_accepted_does_not_count(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "copydesk.toml").write_text('suite = "suite.yml"\naccepted = "ok.jsonl"\n')
    (here / "ok.jsonl").write_text("")
    assert main(["check", "a.jsonl", "--findings", "f.jsonl", "--quiet", "--no-cache"]) == 1
    names = [json.loads(line)["fingerprint"] for line in (here / "f.jsonl").read_text().splitlines()]
    assert main(["accept", names[0], "--reason", "it is quoted", "--findings", "f.jsonl"]) == 0
    assert capsys.readouterr().out == "ok.jsonl: 1 entry added\n"
    assert main(["check", "a.jsonl", "--sarif", "s.json", "--result", "r.json", "--no-cache"]) == 1
    assert "accepted findings: 1 accepted" in capsys.readouterr().out
    results = json.loads((here / "s.json").read_text())["runs"][0]["results"]
    assert [r["suppressions"][0]["justification"] for r in results if "suppressions" in r] == ["it is quoted"]
    assert json.loads((here / "r.json").read_text())["accepted"] == {"findings": 1, "expired": [], "unused": []}
    assert main(["accept", "--check", "ad-residue", "--publisher", "the paper", "--reason", "house style"]) == 0
    assert main(["check", "a.jsonl", "--quiet", "--no-cache"]) == 0
    assert main(["baseline", "a.jsonl", "-o", "b.jsonl"]) == 0
    assert main(["baseline", "a.jsonl", "-o", "b.jsonl"]) == 0
    lines = [json.loads(line) for line in (here / "b.jsonl").read_text().splitlines()[1:]]
    assert sorted(line["reason"] for line in lines) == ["house style", "it is quoted"]


@pytest.mark.parametrize(
    "words",
    [
        ["--reason", "r"],
        ["a" * 16, "--reason", ""],
        ["xyz", "--reason", "r"],
        ["a" * 16, "--check", "ad-residue", "--publisher", "p", "--reason", "r"],
        ["--check", "no-such", "--publisher", "p", "--reason", "r"],
        ["a" * 16, "--reason", "r", "--until", "soon"],
        ["a" * 16, "--reason", "r", "--file", "no/such/folder.jsonl"],
    ],
)
def test_wrong_usage_writes_nothing(here: Path, words: list[str]) -> None:
    before = sorted(here.iterdir())
    try:
        status = main(["accept", *words])
    except SystemExit as left:  # argparse
        status = int(left.code or 0)
    assert status == 2 and sorted(here.iterdir()) == before
