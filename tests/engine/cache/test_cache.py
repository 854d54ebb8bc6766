"""The cache: whatever was kept, damaged or changed between two runs, the second gives what a run without it gives."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import copydesk
from copydesk import readers
from copydesk import run as running

from .collection import KINDS, NEWS, told, write

SETTINGS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
files = st.lists(st.lists(st.sampled_from([*KINDS, "broken"]), min_size=1, max_size=5), min_size=1, max_size=4)


@SETTINGS
@given(files, st.data())
def test_a_second_run_gives_what_a_run_without_the_cache_gives(
    tmp_path_factory: pytest.TempPathFactory, some: list[list[str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("collection")
    kept = folder / ".copydesk" / "cache"
    for n, kinds in enumerate(some):
        write(folder, f"f{n}", kinds)
    whole = told(folder, suite=NEWS)
    assert told(folder, kept, suite=NEWS) == whole
    assert told(folder, kept, suite=NEWS) == whole
    changed = data.draw(st.integers(0, len(some) - 1))
    write(folder, f"f{changed}", data.draw(files)[0])
    after = told(folder, suite=NEWS)
    assert told(folder, kept, suite=NEWS) == after


def test_an_unchanged_file_is_not_analysed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / ".copydesk" / "cache"
    for name in "abc":
        write(tmp_path, name, ["ad", "clean"])
    copydesk.check([tmp_path], cache=kept)
    read: list[str] = []
    files_of = readers.read_files

    def watched(sources: Any, **options: Any) -> Any:
        read.extend(Path(s.name).name for s in sources)
        return files_of(sources, **options)

    monkeypatch.setattr(running, "read_files", watched)
    copydesk.check([tmp_path], cache=kept)
    assert read == []
    write(tmp_path, "b", ["repeat"])
    copydesk.check([tmp_path], cache=kept)
    assert read == ["b.jsonl"]
    copydesk.check([tmp_path], cache=kept, suite="strict")
    assert read == ["b.jsonl", "a.jsonl", "b.jsonl", "c.jsonl"]


def test_a_folder_that_cannot_be_written_to_does_without(tmp_path: Path) -> None:
    file = write(tmp_path, "a", ["ad"])
    (tmp_path / "taken").write_text("no folder")
    assert copydesk.check([file], cache=tmp_path / "taken" / "cache").collection.articles == 2


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be kept short there")
def test_a_full_disk_does_without(tmp_path: Path, short_files: Callable[[int], AbstractContextManager[None]]) -> None:
    file = write(tmp_path, "a", ["ad"])
    kept = tmp_path / ".copydesk" / "cache"
    with short_files(1000):
        assert copydesk.check([file], cache=kept).collection.articles == 2
    assert [path.name for path in kept.iterdir()] == [".gitignore"]
