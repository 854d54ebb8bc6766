"""The key is the user's alone, lies outside of what is checked, and is made once; without one there is no cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from copydesk.engine.cache import Storage
from copydesk.engine.cache.key import KEY_BYTES, key_file, load_key
from copydesk.errors import CacheError

from .collection import data_of, told

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a user who has run nothing yet."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    return tmp_path / "user"


def without_cache(folder: Path) -> list[str]:
    """Check a file, and see that it goes as without a cache; return what was told."""
    file, said = folder / "a.jsonl", list[str]()
    file.write_bytes(data_of(["clean", "ad"]))
    kept = Storage(folder / "kept", tell=said.append)
    assert told(file, kept) == told(file)
    assert not kept.folder.exists()
    return said


def test_it_is_made_at_first_use_and_stays(user: Path) -> None:
    key = load_key()
    assert len(key) == KEY_BYTES
    assert load_key() == key == (user / "copydesk" / "cache.key").read_bytes()
    assert [file.name for file in key_file().parent.iterdir()] == ["cache.key"]


@posix
def test_nobody_else_can_read_it(user: Path) -> None:
    mask = os.umask(0)
    try:
        load_key()
    finally:
        os.umask(mask)
    assert key_file().stat().st_mode & 0o777 == 0o600
    assert key_file().parent.stat().st_mode & 0o777 == 0o700


def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    places = {"linux": ".local/share", "darwin": "Library/Application Support", "win32": "AppData/Local"}
    for platform, place in places.items():
        monkeypatch.setattr(sys, "platform", platform)
        assert key_file() == tmp_path / place / "copydesk" / "cache.key"
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "below/here")  # which would be in the tree that is checked
    assert key_file().is_relative_to(tmp_path)
    monkeypatch.setenv("HOME", ".")
    with pytest.raises(CacheError, match="no home folder"):
        key_file()


def test_runs_that_make_it_at_once_get_the_same(user: Path) -> None:
    code = "import sys; sys.stdin.readline(); from copydesk.engine.cache.key import load_key; print(load_key().hex())"
    runs = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    for run in runs:
        assert run.stdin
        run.stdin.write("\n")
        run.stdin.flush()
    keys = {run.communicate()[0].strip() for run in runs}
    assert keys == {load_key().hex()}


def test_one_that_another_run_has_just_made_is_taken(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = bytes(range(KEY_BYTES))

    def link(source: str, target: Path) -> None:
        target.write_bytes(other)
        target.chmod(0o600)
        raise FileExistsError

    monkeypatch.setattr(os, "link", link)
    assert load_key() == other
    assert [file.name for file in key_file().parent.iterdir()] == ["cache.key"]


def test_a_file_system_without_links_will_do(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(source: str, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", link)
    assert load_key() == key_file().read_bytes()
    assert [file.name for file in key_file().parent.iterdir()] == ["cache.key"]


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o777])
def test_one_that_others_may_use_is_refused(user: Path, tmp_path: Path, mode: int) -> None:
    key = load_key()
    key_file().chmod(mode)
    (said,) = without_cache(tmp_path)
    assert f"got one of mode {mode:o}. Remove the file: the next run makes another." in said
    assert str(key_file()) in said
    key_file().unlink()  # as it says
    assert load_key() != key


@posix
def test_one_of_another_user_is_refused(user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_key()
    owner = key_file().stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    (said,) = without_cache(tmp_path)
    assert f"got one of another user (number {owner})" in said


@pytest.mark.parametrize(("data", "got"), [(b"", "0 bytes"), (b"short", "5 bytes"), (bytes(33), "more")])
def test_one_of_another_size_is_refused(user: Path, tmp_path: Path, data: bytes, got: str) -> None:
    load_key()
    key_file().write_bytes(data)
    (said,) = without_cache(tmp_path)
    assert f"got {got}." in said


@posix
def test_a_link_a_pipe_and_a_folder_are_refused(user: Path, tmp_path: Path) -> None:
    def link(file: Path) -> None:
        (tmp_path / "real").write_bytes(bytes(KEY_BYTES))
        (tmp_path / "real").chmod(0o600)
        file.symlink_to(tmp_path / "real")

    def dangling(file: Path) -> None:
        file.symlink_to(tmp_path / "nowhere")

    key_file().parent.mkdir(parents=True)
    for make in (link, dangling, os.mkfifo, Path.mkdir):
        make(key_file())
        (said,) = without_cache(tmp_path)
        assert "and no regular file" in said
        key_file().rmdir() if make == Path.mkdir else key_file().unlink()
    assert not (tmp_path / "nowhere").exists()


@posix
def test_where_it_cannot_be_made_there_is_no_cache(user: Path, tmp_path: Path) -> None:
    user.write_text("a file where the folder must be")
    (said,) = without_cache(tmp_path)
    assert said.startswith(f"The cache is not used: its key {key_file()} cannot be read or made: ")


@posix
def test_without_a_home_there_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", "")
    monkeypatch.setattr(Path, "home", classmethod(_no_home))
    (said,) = without_cache(tmp_path)
    assert said == "The cache is not used: the user has no home folder in which its key could lie."


def _no_home(cls: Any) -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_a_run_in_which_no_file_is_worth_it_makes_none(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.engine.cache.LEAST", 1 << 20)
    (tmp_path / "a.jsonl").write_bytes(data_of(["ad"]))
    told(tmp_path / "a.jsonl", tmp_path / "kept", prune=True)
    assert not user.exists()
