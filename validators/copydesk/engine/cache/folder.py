"""The folder of the cache: its entries by name, and which of them go when there is no room for all.

Whatever else lies there is left alone, and nothing in it is followed or opened that is no regular file.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from copydesk.engine.cache.files import is_regular, open_regular
from copydesk.errors import CacheError

__all__ = ["SIZE", "Folder", "Stored"]

#: How many bytes the entries of a folder may have together: about what 6 GB of news need.
SIZE = 2_000_000_000

_ENTRY = re.compile(r"[0-9a-f]{64}\.parts")
_UNFINISHED = re.compile(r"[0-9a-f]{64}\.\w+\.part")

#: An unfinished entry that nobody has written to for so many seconds is what a killed run has left.
_DEAD = 3600

_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that copydesk wrote: its size, when it was last used (seconds since 1970), whether it is an entry."""

    file: Path
    size: int
    used: float
    finished: bool


class Folder:
    """A folder of entries, which need not be there.

    Args:
        path: where it lies. If it is relative, no part of it may be a link.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> None:
        """See that the folder is no link, and is in none that its relative path names.

        Raises:
            CacheError: it is, and what is written would go elsewhere.
        """
        for part in (self.path, *([] if self.path.is_absolute() else self.path.parents)):
            if part.is_symlink():
                raise CacheError(
                    f"The cache is not used: expected {part} to be a folder, got a link. Remove the link, or run with"
                    " --no-cache."
                )

    def open(self, name: str) -> BinaryIO:
        """Open an entry.

        Raises:
            OSError: it is not there, or is no regular file.
        """
        return open_regular(self._file(name))

    def begin(self, name: str) -> tuple[BinaryIO, Path, Path]:
        """Begin a file that becomes an entry; return it, its path, and the path that it is for.

        Raises:
            OSError: it cannot be written.
        """
        if not self.path.is_dir():
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / ".gitignore").write_text("*\n")
        handle, unfinished = tempfile.mkstemp(dir=self.path, prefix=f"{name}.", suffix=".part")
        return os.fdopen(handle, "wb"), Path(unfinished), self._file(name)

    def stored(self) -> list[Stored]:
        """Return what copydesk wrote here; what was not used for longest first."""
        try:
            return sorted(self._stored(), key=lambda stored: stored.used)
        except OSError:  # no folder, or one that cannot be read
            return []

    def prune(self, size: int) -> None:
        """Remove what no run can use any more, then what was not used for longest, until so many bytes are left.

        The name of an entry covers the day. So nobody asks for one that was last used on an earlier day.
        """
        now = time.time()
        today = now - now % _DAY

        def is_dead(stored: Stored) -> bool:
            return stored.used < (today if stored.finished else now - _DEAD)

        self._remove(is_dead)
        entries = [stored for stored in self.stored() if stored.finished]
        left = sum(stored.size for stored in entries)
        for stored in entries:
            if left <= size:
                break
            left -= stored.size
            _unlink(stored)

    def clear(self) -> list[Stored]:
        """Remove all that copydesk wrote here, and return it."""
        return self._remove(lambda _: True)

    def _remove(self, which: Callable[[Stored], bool]) -> list[Stored]:
        return [stored for stored in self.stored() if which(stored) and _unlink(stored)]

    def _stored(self) -> Iterator[Stored]:
        with os.scandir(self.path) as found:
            for file in found:
                finished = _ENTRY.fullmatch(file.name) is not None
                if not finished and not _UNFINISHED.fullmatch(file.name):
                    continue
                with suppress(FileNotFoundError):  # another run has removed it
                    status = file.stat(follow_symlinks=False)
                    if is_regular(status):
                        yield Stored(Path(file.path), status.st_size, status.st_mtime, finished)

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.parts"


def _unlink(stored: Stored) -> bool:
    """Remove a file; say whether it went. Windows keeps one that is open, and another run may have removed it."""
    try:
        stored.file.unlink()
    except OSError:
        return False
    return True
