from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.checks.suite import load_suite
from copydesk.commands.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_it_writes_a_suite_and_says_what_is_bad(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    suite = tmp_path / "mine.yml"
    assert main(["suggest", str(FIXTURES / "broken.jsonl"), "-o", str(suite)]) == 0
    assert load_suite(suite).name == "mine"
    assert "bad, and left out: " in capsys.readouterr().out


def test_it_spares_the_suite_that_it_tries(tmp_path: Path) -> None:
    suite = tmp_path / "mine.yml"
    suite.write_text("expectations: [{type: expect_news_ad_residue}]")
    assert main(["suggest", str(FIXTURES / "clean.jsonl"), "--suite", str(suite), "-o", str(suite)]) == 2
    assert "ad_residue" in suite.read_text()
