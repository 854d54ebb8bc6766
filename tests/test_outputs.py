"""Files are written whole or not at all, and what the dead have left is swept away."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from copydesk.errors import OutputError
from copydesk.outputs import whole, write_text


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_what_fails_leaves_nothing_and_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("old")
    with pytest.raises(RuntimeError), whole(path) as part:
        part.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old" and names(tmp_path) == {"r.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
@pytest.mark.parametrize("name", ["r.json", "r[1].json"])
def test_parts_of_the_dead_are_swept_away_and_those_of_the_living_are_not(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    left = {tmp_path / f".{name}.a1.part", tmp_path / f".{name}.b2.part"}
    others = {tmp_path / ".other.json.a1.part", tmp_path / f"{name}.part"}
    for file in left | others:
        file.write_text("half")
    with whole(path) as mine:
        mine.write_text("mine")
        assert not any(file.exists() for file in left)
        write_text(path, "theirs")  # another run, at the same time
        assert path.read_text() == "theirs" and mine.read_text() == "mine"
    assert path.read_text() == "mine"
    assert names(tmp_path) == {name, *(file.name for file in others)}


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be kept short there")
def test_a_full_disk_is_an_error_that_names_the_file_and_leaves_the_old_one(
    tmp_path: Path, short_files: Callable[[int], AbstractContextManager[None]]
) -> None:
    path = tmp_path / "r.json"
    path.write_text("old")
    with short_files(1000), pytest.raises(OutputError, match=r"r\.json: cannot be written: File too large\. "):
        write_text(path, "new" * 1000)
    assert path.read_text() == "old" and names(tmp_path) == {"r.json"}
