"""A temporary folder is there as long as it is used; what a killed process left of one, the next process removes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from copydesk.temporary import TemporaryFolder, sweep

locks = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
LEAVES_ONE = """
import os, signal
from copydesk.temporary import TemporaryFolder
folder = TemporaryFolder()
(folder.path / "0.arrow").write_text("half")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sweep.cache_clear()
    return tmp_path


def test_a_folder_is_removed_with_all_that_is_in_it(folder: Path) -> None:
    with TemporaryFolder() as path:
        (path / "sub").mkdir()
        (path / "sub" / "file").write_text("x")
    assert not list(folder.iterdir())
    kept = TemporaryFolder()
    kept.close()
    kept.close()
    assert not list(folder.iterdir())


@locks
def test_what_a_killed_process_left_is_removed_and_all_else_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(folder))
    subprocess.run([sys.executable, "-c", LEAVES_ONE], check=False)
    [left] = folder.iterdir()
    others = [folder / "copydesk-notes", folder / "copydesk.toml", folder / "other"]
    for other in (others[0], others[2]):
        other.mkdir()
        (other / "file").write_text("x")
    others[1].write_text("x")
    link = folder / "copydesk-link"
    link.symlink_to(others[2])
    with TemporaryFolder() as mine:
        assert not left.exists()
        sweep.cache_clear()
        sweep()  # as another run does
        assert mine.is_dir()
        assert all(other.exists() for other in (*others, link, others[2] / "file"))


@locks
def test_a_folder_that_is_swept_between_its_making_and_its_lock_is_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    lock = fcntl.flock
    times: list[int] = []

    def swept_before(handle: int, how: int) -> None:
        if not times:
            times.append(how)
            [made] = folder.iterdir()
            (made / "lock").unlink()
            made.rmdir()
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", swept_before)
    with TemporaryFolder() as path:
        assert path.is_dir() and [path] == list(folder.iterdir())
