"""Files that a stranger may have put there: opened only where they are regular files, never through a link."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

__all__ = ["is_regular", "open_regular", "read_regular"]

# Windows lacks them: there a check before the opening must do. A pipe must not make the run wait.
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def is_regular(status: os.stat_result) -> bool:
    """Say whether this is the status of a regular file: no link, folder, pipe or device."""
    return stat.S_ISREG(status.st_mode)


def open_regular(file: Path) -> BinaryIO:
    """Open a regular file to read it.

    Raises:
        OSError: it is not there, cannot be opened, or is no regular file.
    """
    if not is_regular(file.lstat()):
        raise _other_kind(file)
    stream = open(file, "rb", opener=_opener)  # noqa: SIM115 - Path.open has no opener; the caller closes it
    if not is_regular(os.fstat(stream.fileno())):  # it has changed meanwhile
        stream.close()
        raise _other_kind(file)
    return stream


def read_regular(file: Path, most: int) -> tuple[os.stat_result, bytes]:
    """Return the status and the first bytes of a regular file, both of the very file that was opened.

    Raises:
        OSError: see `open_regular`.
    """
    with open_regular(file) as stream:
        return os.fstat(stream.fileno()), stream.read(most)


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | _FLAGS)


def _other_kind(file: Path) -> OSError:
    return OSError(errno.EINVAL, "it is a link, a folder, a pipe or a device, and no regular file", str(file))
