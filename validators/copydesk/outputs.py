"""Files that a run writes: each whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from copydesk.errors import OutputError, UsageError
from copydesk.temporary import TemporaryFolder

__all__ = [
    "can_be_written",
    "descriptor",
    "status_of",
    "whole",
    "write_text",
]

_STDOUT = 1

#: How many links are followed at most, as Linux does.
_MOST_LINKS = 40

#: What is neither a file to replace nor a pipe or device to write into.
_REFUSED = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a block device, such as a disk"),
)


def descriptor(path: Path) -> int | None:
    """Return the number of the open file that a path such as /dev/stdout or /dev/fd/63 stands for, else None."""
    path = path.absolute()
    for _ in range(_MOST_LINKS):
        if path.name.isdecimal() and os.path.realpath(path.parent) in (f"/proc/{os.getpid()}/fd", "/dev/fd"):
            return int(path.name)
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None


def status_of(path: Path) -> os.stat_result | None:
    """Return the status of the file that is written for a path: the one at the end of its links; None without one.

    Raises:
        OSError: it cannot be looked at, as where links lead in a circle.
    """
    number = descriptor(path)
    try:
        return path.stat() if number is None else os.fstat(number)
    except FileNotFoundError:
        return None


def can_be_written(path: Path) -> None:
    """Say before the work whether a file can be written afterwards.

    Raises:
        UsageError: its folder is not there, or it is a folder, a socket or a block device.
    """
    number = descriptor(path)
    try:
        status = status_of(path)
        if number is not None:
            os.write(number, b"")  # fails where it is not open for writing
            return
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}. Name another file.") from error
    if kind := _refused(status):
        raise UsageError(f"{path}: is {kind}. Name a file to write to.")
    folder = Path(os.path.realpath(path)).parent
    if status is None and not folder.is_dir():
        raise UsageError(f"{path}: there is no folder {folder} to write it into. Make it first.")


def _refused(status: os.stat_result | None) -> str | None:
    """Return what it is, if it is nothing to write to."""
    return next((kind for is_one, kind in _REFUSED if status is not None and is_one(status.st_mode)), None)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary file, and have it stand for `path` once the block ends well.

    - For a link, the file at its end is written, and the link stays.
    - A file is replaced: the temporary file lies beside it, hidden, as `.name.….part`; it is brought to the disk, then
      renamed. It is locked as long as it is written: what a killed run has left behind is locked by nobody, and the
      next run that writes to the same path removes it.
    - A pipe or a device stays what it is, and so does what /dev/stdout or /dev/fd/63 stand for: the temporary file is
      copied into it.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        status, number = status_of(path), descriptor(path)
        if kind := _refused(status) if number is None else None:
            raise OutputError(f"{path}: is {kind}. Name a file to write to.")
        if number is not None or (status is not None and not stat.S_ISREG(status.st_mode)):
            with _copied(path, number) as part:
                yield part
        else:
            with _renamed(Path(os.path.realpath(path)), status) as part:
                yield part
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error.strerror or error}. A file that was there before is as it was. Name a"
            " place that has room and may be written to."
        ) from error


@contextmanager
def _copied(path: Path, number: int | None) -> Iterator[Path]:
    """Give a file in the folder for temporary files, and copy it into a pipe, a device or an open file."""
    folder = TemporaryFolder()
    part = folder.path / "output"
    part.touch(0o600)
    try:
        yield part
        if number is None:
            with part.open("rb") as source, path.open("wb") as target:
                shutil.copyfileobj(source, target)
            return
        if number == _STDOUT:
            sys.stdout.flush()  # what was printed before comes before
        with part.open("rb") as source, os.fdopen(os.dup(number), "wb") as target:
            shutil.copyfileobj(source, target)
    except ConnectionError:  # a reader of standard output that goes away has what it wanted, as of what is printed
        if number != _STDOUT:
            raise
    finally:
        folder.close()


@contextmanager
def _renamed(target: Path, before: os.stat_result | None) -> Iterator[Path]:
    """Give a file beside the target, and rename it; it may be read and written by whom the one before could be."""
    mode = 0o666 if before is None else before.st_mode & 0o777
    _sweep(target)
    handle, part = _locked(target, mode)
    try:
        yield part
        _bring_to_disk(part)
        if before is not None:
            part.chmod(mode)
        part.replace(target)
        with suppress(OSError):  # not every file system can
            _bring_to_disk(target.parent)
    finally:
        part.unlink(missing_ok=True)
        if handle is not None:
            os.close(handle)


def _bring_to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, outlive a machine that loses its power."""
    if path.is_dir() and sys.platform == "win32":  # which opens no folders
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":  # which neither locks nor renames a file that is open

    def _locked(target: Path, mode: int) -> tuple[None, Path]:
        handle, part = _temporary(target, mode)
        os.close(handle)
        return None, part

    def _sweep(target: Path) -> None:
        pass

else:
    import fcntl

    def _locked(target: Path, mode: int) -> tuple[int, Path]:
        while True:
            handle, part = _temporary(target, mode)
            with suppress(OSError):  # a file system without locks: nothing is swept there
                fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_nlink:
                return handle, part
            os.close(handle)  # another run has swept it away between its making and its lock

    def _sweep(target: Path) -> None:
        for part in target.parent.glob(f".{escape(target.name)}.*.part"):
            with suppress(OSError):
                if part.is_file():
                    with part.open("rb") as file:
                        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        part.unlink()


def _temporary(target: Path, mode: int) -> tuple[int, Path]:
    """Make a file beside the target, which nobody may read who may not read that one; the umask holds for it."""
    while True:
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        with suppress(FileExistsError):
            return os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, (mode & 0o666) | 0o600), part


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8."""
    with whole(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
