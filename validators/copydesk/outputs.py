"""Files that a run writes: each whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from copydesk.errors import OutputError, UsageError

__all__ = ["can_be_written", "whole", "write_text"]


def can_be_written(path: Path) -> None:
    """Say before the work whether a file can be written afterwards.

    Raises:
        UsageError: its folder is not there, or it is a folder itself.
    """
    if path.is_dir():
        raise UsageError(f"{path}: is a folder. Name a file to write to.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.absolute().parent} to write it into. Make it first.")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path`, and rename it to `path` once the block ends well.

    It is hidden, `.name.….part`, and locked as long as it is written: what a killed run has left behind is locked by
    nobody, and the next run that writes to the same path removes it.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with _part(path) as part:
            yield part
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error.strerror or error}. What was there before is as it was. Name a place"
            " that has room and may be written to."
        ) from error


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    _sweep(path)
    handle, part = _locked(path)
    try:
        yield part
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o666 & ~umask)  # mkstemp makes it private
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        if handle is not None:
            os.close(handle)


if sys.platform == "win32":  # which neither locks nor renames a file that is open

    def _locked(path: Path) -> tuple[None, Path]:
        handle, name = _temporary(path)
        os.close(handle)
        return None, Path(name)

    def _sweep(path: Path) -> None:
        pass

else:
    import fcntl

    def _locked(path: Path) -> tuple[int, Path]:
        while True:
            handle, name = _temporary(path)
            with suppress(OSError):  # a file system without locks: nothing is swept there
                fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_nlink:
                return handle, Path(name)
            os.close(handle)  # another run has swept it away between its making and its lock

    def _sweep(path: Path) -> None:
        for part in path.absolute().parent.glob(f".{escape(path.name)}.*.part"):
            with suppress(OSError), part.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                part.unlink()


def _temporary(path: Path) -> tuple[int, str]:
    return tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.", suffix=".part")


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8."""
    with whole(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
