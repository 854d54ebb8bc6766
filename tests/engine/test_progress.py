"""The progress bar: on a terminal alone, and only where it is wanted."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from copydesk.engine.parts import Part
from copydesk.engine.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_many_articles_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text('{"body": "It rained."}\n')
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_bar([tmp_path], quiet=True) as bar:
        assert bar is None
    with progress_bar([tmp_path], quiet=False) as bar:
        assert bar is not None
        bar.advance(Part(height=1_234, bytes=5))
        bar.advance(Part(height=1_000, bytes=5))
        bar.check(2, 9)
    assert "2,234 articles" in terminal.getvalue()
    assert "checks of the collection, 2 of 9" in terminal.getvalue()


def test_no_terminal_shows_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar([tmp_path / "none"], quiet=False) as bar:
        assert bar is None
    assert capsys.readouterr().err == ""
