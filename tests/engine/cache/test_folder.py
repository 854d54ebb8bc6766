"""The folder: nothing hostile in it is followed, nothing foreign is touched, and it holds no more than it may."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.engine.cache import Storage
from copydesk.engine.cache.folder import Folder
from copydesk.errors import CacheError

from .collection import data_of, entries, told, write

SETTINGS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for few, and no pipes")
HERE = Path(".copydesk", "cache")


@contextmanager
def within(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@posix
@pytest.mark.parametrize("link", [HERE, HERE.parent])
@pytest.mark.parametrize("dangling", [False, True])
def test_a_folder_that_is_a_link_is_neither_written_to_nor_read(tmp_path: Path, link: Path, dangling: bool) -> None:
    tree, elsewhere = tmp_path / "tree", tmp_path / "elsewhere"
    tree.mkdir()
    file = write(tree, "a", ["ad"])
    if not dangling:
        (elsewhere / "cache").mkdir(parents=True)
        (elsewhere / "cache" / "mine.txt").write_text("mine")
    before = sorted(elsewhere.rglob("*"))
    with within(tree):
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(elsewhere, target_is_directory=True)
        said: list[str] = []
        kept = Storage(HERE, tell=said.append)
        assert told(file, kept, prune=True) == told(file, kept) == told(file)
        told_of = f"The cache is not used: expected {link} to be a folder, got a link. Remove the link, or run with"
        assert said == [f"{told_of} --no-cache."] * 2
        with pytest.raises(CacheError):
            Folder(HERE).check()
        assert sorted(elsewhere.rglob("*")) == before
        link.unlink()  # as it says
        told(file, kept)
        assert len(entries(HERE)) == 1


@posix
def test_a_folder_of_ones_own_may_lie_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    told(write(tmp_path, "a", ["ad"]), tmp_path / "link" / "kept")
    assert len(entries(tmp_path / "real" / "kept")) == 1


@posix
@pytest.mark.parametrize("kind", ["link to an entry", "link to a file", "dangling link", "pipe", "folder"])
def test_an_entry_that_is_no_file_is_not_opened(tmp_path: Path, kind: str) -> None:
    file, kept, elsewhere = write(tmp_path, "a", ["ad"]), tmp_path / "kept", tmp_path / "elsewhere"
    expected = told(file, kept)
    (entry,) = entries(kept)
    whole = entry.read_bytes()
    entry.unlink()
    if kind.endswith("link") or kind.startswith("link"):
        if kind != "dangling link":
            elsewhere.write_bytes(whole if kind == "link to an entry" else b"mine")
        entry.symlink_to(elsewhere)
    elif kind == "pipe":
        os.mkfifo(entry)
    else:
        entry.mkdir()
    before = elsewhere.read_bytes() if elsewhere.exists() else None
    assert Folder(kept).stored() == []
    assert Folder(kept).clear() == []
    assert told(file, kept, prune=True) == told(file, kept) == expected
    assert (elsewhere.read_bytes() if elsewhere.exists() else None) == before
    assert entry.is_dir() if kind == "folder" else entry.is_file() and not entry.is_symlink()


FOREIGN = (
    "notes.txt",
    "a.parts",
    "tmpabcdefg.part",
    f"{'0' * 64}.parts.txt",
    f"{'0' * 63}.parts",
    f"{'G' * 64}.parts",
    f".{'0' * 64}.parts",
    f"{'0' * 64}.part",
)


def test_what_copydesk_has_not_written_stays(tmp_path: Path) -> None:
    file, kept = write(tmp_path, "a", ["ad"]), tmp_path / "kept"
    told(file, kept)
    (entry,) = entries(kept)
    mine = [kept / name for name in (*FOREIGN, ".gitignore")]
    for path in mine[:-1]:
        path.write_text("mine")
        os.utime(path, (0, 0))
    (kept / "folder").mkdir()
    (kept / "folder" / f"{'0' * 64}.parts").write_text("mine")
    told(file, Storage(kept, size=1), prune=True)
    assert not entry.exists()
    told(file, kept)
    assert [stored.file for stored in Folder(kept).clear()] == [entry]
    assert sorted(kept.iterdir()) == sorted([*mine, kept / "folder"])
    assert (kept / "folder" / f"{'0' * 64}.parts").exists()


@SETTINGS
@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 1000)), max_size=8, unique_by=lambda e: e[1]), st.data())
def test_what_was_not_used_for_longest_goes(
    tmp_path_factory: pytest.TempPathFactory, some: list[tuple[int, int]], data: st.DataObject
) -> None:
    kept = tmp_path_factory.mktemp("kept")
    most = data.draw(st.integers(1, 200))
    now = time.time()
    now += max(0, 1100 - now % 86400)  # else they would be of yesterday
    for size, ago in some:
        file = kept / f"{size * 1000 + ago:064x}.parts"
        file.write_bytes(bytes(size))
        os.utime(file, (now - ago, now - ago))
    Folder(kept).prune(most)
    left = {file.name for file in kept.iterdir()}
    expected, total = set(), 0
    for size, ago in sorted(some, key=lambda each: each[1]):
        total += size
        if total > most:
            break
        expected.add(f"{size * 1000 + ago:064x}.parts")
    assert left == expected


def test_entries_of_another_day_and_what_killed_runs_have_left_go(tmp_path: Path) -> None:
    now = time.time()
    ages = {
        f"{1:064x}.parts": 0,
        f"{2:064x}.parts": 24 * 3600,  # its name covers the day: nobody can ask for it
        f"{3:064x}.abc_d12.part": 0,  # which another run may be writing
        f"{4:064x}.abc_d12.part": 2 * 3600,
    }
    for name, age in ages.items():
        (tmp_path / name).write_bytes(b"-")
        os.utime(tmp_path / name, (now - age, now - age))
    Folder(tmp_path).prune(10**9)
    assert {file.name for file in tmp_path.iterdir()} == {name for name, age in ages.items() if not age}


def test_a_used_entry_is_the_newest(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    files = [write(tmp_path, name, ["ad"]) for name in "abc"]
    of = {}
    for file in files:
        before = set(entries(kept))
        told(file, kept)
        (of[file],) = set(entries(kept)) - before
    minute = 60 * 10**9
    for n, file in enumerate(files):
        os.utime(of[file], ns=(of[file].stat().st_mtime_ns - (9 - n) * minute,) * 2)
    told(files[0], kept)
    assert [stored.file for stored in Folder(kept).stored()] == [of[files[1]], of[files[2]], of[files[0]]]


def test_no_more_is_written_than_there_is_room_for(tmp_path: Path) -> None:
    files = [write(tmp_path, name, ["ad", "repeat"] * 3) for name in "abc"]
    told(files[0], tmp_path / "one")
    size = entries(tmp_path / "one")[0].stat().st_size
    kept = tmp_path / "kept"
    assert told(tmp_path, Storage(kept, size=size - 10), prune=True) == told(tmp_path)
    assert [file.name for file in kept.iterdir()] == [".gitignore"]
    # Of the files of one run the first that fit are kept, and stay: none drives out another's.
    for _ in range(3):
        assert told(tmp_path, Storage(kept, size=size * 2 + size // 2), prune=True) == told(tmp_path)
        assert len(entries(kept)) == 2
    assert sum(file.stat().st_size for file in entries(kept)) <= size * 2 + size // 2


@posix
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    file, kept = write(tmp_path, "a", ["ad"]), tmp_path / "kept"
    expected = told(file, kept)
    kept.chmod(0o500)
    try:
        assert told(file, kept, prune=True) == expected
        assert len(entries(kept)) == 1
    finally:
        kept.chmod(0o700)


def test_no_folder_holds_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "none")
    folder.prune(1)
    assert folder.stored() == folder.clear() == []
    (tmp_path / "file").write_bytes(data_of(["ad"]))
    assert Folder(tmp_path / "file").stored() == []
