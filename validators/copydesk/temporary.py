"""Temporary folders. What a killed run has left of them, the next run removes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import weakref
from contextlib import suppress
from functools import cache
from pathlib import Path

__all__ = ["TemporaryFolder", "sweep"]

#: What the names of all folders begin with, and the file in each that is locked as long as the folder is in use.
_PREFIX, _LOCK = "copydesk-", "lock"


class TemporaryFolder:
    """A folder for temporary files; `close`, the end of a `with` block or of the process removes it.

    A file in it is locked until then. So `sweep` can tell it from one that a killed process has left.

    Attributes:
        path: the folder.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self) -> None:
        sweep()
        self.path, handle = _locked_folder()
        self._remove = weakref.finalize(self, _remove, self.path, handle)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the folder, if it is still there."""
        self._remove()


def _remove(path: Path, handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
    shutil.rmtree(path, ignore_errors=True)


@cache  # once a process
def sweep() -> None:
    """Remove the folders of processes that have ended without it; those of other users and of the living stay."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False):
                _remove_if_left(Path(entry.path))


if sys.platform == "win32":  # which has no such locks

    def _locked_folder() -> tuple[Path, None]:
        return Path(tempfile.mkdtemp(prefix=_PREFIX)), None

    def _remove_if_left(folder: Path) -> None:
        pass

else:
    import fcntl

    def _locked_folder() -> tuple[Path, int | None]:
        while True:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
            except OSError:  # a file system without locks: nothing is swept there
                (folder / _LOCK).unlink(missing_ok=True)
                os.close(handle)
                return folder, None
            if os.fstat(handle).st_nlink:
                return folder, handle
            os.close(handle)  # another run has swept it away between its making and its lock

    def _remove_if_left(folder: Path) -> None:
        with suppress(OSError):
            if folder.stat().st_uid != os.getuid():
                return
            with (folder / _LOCK).open("rb") as lock:  # without one it was made by another program, or just now
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                (folder / _LOCK).unlink()
                shutil.rmtree(folder, ignore_errors=True)
