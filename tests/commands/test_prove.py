"""`copydesk prove`: a line for each defect, and the false alarms."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.commands import prove
from copydesk.commands.cli import main


def test_each_defect_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "--articles", "12"]) == 0  # without a path: the fixtures
    text = capsys.readouterr().out
    assert "12 articles, suite news" in text and "interleaved" in text and "False alarms" in text


def test_an_installed_copydesk_asks_for_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prove, "__file__", str(tmp_path / "site-packages" / "copydesk" / "commands" / "prove.py"))
    assert main(["prove"]) == 2
    assert "expected a PATH of clean articles, got none" in capsys.readouterr().err
