"""`copydesk baseline`: what it writes is known to the next check, and what is fixed can be dropped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import copydesk.judge.verdicts  # noqa: F401 - so that judging happens in this process, which is quicker
from copydesk.commands.cli import main

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said. It was day {}."


def write(path: Path, *endings: str) -> Path:
    articles = [
        {"id": str(n), "headline": f"Bridge {n} reopens", "body": STORY.format(n) + ending}
        for n, ending in enumerate(endings)
    ]
    path.write_text("".join(json.dumps(article) + "\n" for article in articles))
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "suite.yml").write_text("expectations: [{type: expect_news_ad_residue}]")
    return tmp_path


def test_known_findings_pass_and_new_ones_fail(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["--suite", "suite.yml"]
    write(here / "a.jsonl", "\n\nHide Ad", "")
    assert main(["check", "a.jsonl", *common, "--quiet"]) == 1
    assert main(["baseline", "a.jsonl", *common, "-o", "b.jsonl"]) == 0
    assert capsys.readouterr().out == "b.jsonl: 1 finding\n"
    assert main(["check", "a.jsonl", *common, "--baseline", "b.jsonl", "--quiet"]) == 0
    write(here / "a.jsonl", "\n\nHide Ad", "\n\nAdvertisement")
    assert main(["check", "a.jsonl", *common, "--baseline", "b.jsonl", "--quiet"]) == 1


def test_pruning_drops_what_is_fixed_and_adds_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["--suite", "suite.yml"]
    write(here / "a.jsonl", "\n\nHide Ad", "\n\nHide Ad")
    main(["baseline", "a.jsonl", *common, "-o", "b.jsonl"])
    write(here / "a.jsonl", "", "\n\nHide Ad", "\n\nAdvertisement")
    assert main(["baseline", "a.jsonl", *common, "--prune", "b.jsonl"]) == 0
    assert capsys.readouterr().out.endswith("b.jsonl: 1 new, 1 known, 1 fixed; 1 finding kept\n")


@pytest.mark.parametrize("arguments", [[], ["-o", "b.jsonl", "--prune", "b.jsonl"], ["-o", "b.parquet"]])
def test_wrong_usage_writes_nothing(here: Path, arguments: list[str]) -> None:
    write(here / "a.jsonl", "")
    before = sorted(here.iterdir())
    try:
        status = main(["baseline", "a.jsonl", *arguments])
    except SystemExit as left:  # argparse
        status = int(left.code or 0)
    assert status == 2 and sorted(here.iterdir()) == before
