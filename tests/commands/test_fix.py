"""`copydesk fix`: a scraped story becomes what a person would have made; nothing is written unless asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.commands.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures" / "repair"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_bytes((FIXTURES / "harbour-before.txt").read_bytes())
    return tmp_path


def test_a_scraped_story_becomes_what_a_person_would_have_made(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "story.txt", "-o", "fixed.txt", "--receipt", "r.jsonl", "--diff"]) == 0
    assert (here / "fixed.txt").read_bytes() == (FIXTURES / "harbour-after.txt").read_bytes()
    out = capsys.readouterr().out
    assert "-Hide Ad\n" in out and "1 article of 1 repaired: 7 findings" in out and "Written: fixed.txt" in out
    assert main(["fix", "fixed.txt"]) == 0
    assert "0 articles of 1 would be repaired" in capsys.readouterr().out
    assert main(["fix", "--undo", "r.jsonl"]) == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert main(["fix", "--undo", "r.jsonl", "-o", "back.txt"]) == 0
    assert capsys.readouterr().out == "story.txt: 1 article, byte for byte as it was\n"
    assert (here / "back.txt").read_bytes() == (here / "story.txt").read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["story.txt", "-o", "story.txt"],
        ["story.txt", "-o", "x.csv"],
        ["story.txt", "--in-place"],
        ["story.txt", "--receipt", "r.jsonl"],
        ["story.txt", "--check", "ad-residu"],
        ["story.txt", "-o", "b.txt", "--quarantine", "b.txt"],
        [".", "-o", "inside"],
        ["-", "-o", "b.jsonl"],
        ["--undo", "story.txt"],
        ["story.txt", "--undo", "r.jsonl"],
    ],
)
def test_wrong_usage_writes_nothing(here: Path, words: list[str]) -> None:
    before = {path: path.read_bytes() for path in here.iterdir()}
    assert main(["fix", *words]) == 2
    assert {path: path.read_bytes() for path in here.iterdir()} == before
