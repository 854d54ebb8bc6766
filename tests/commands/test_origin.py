"""Where a run comes from: its name, its time, its commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from copydesk.commands.origin import origin_of


def test_the_origin_has_the_commit_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1933070400")
    file = tmp_path / "stories.jsonl"
    file.write_text("{}")
    bare = origin_of([str(file), "more.jsonl"])
    assert (bare.name, bare.date, bare.revision) == ("stories.jsonl and 1 more", "2031-04-04T12:00Z", "")
    for command in ("init -q", "add .", "-c user.name=a -c user.email=a@b.example commit -qm x"):
        subprocess.run(["git", "-C", str(tmp_path), *command.split()], check=True)
    assert len(origin_of([str(file)]).revision) == 10
    file.write_text("{ }")
    assert origin_of([str(tmp_path)]).revision.endswith("+")
    assert origin_of(["-"]).name == "standard input"
