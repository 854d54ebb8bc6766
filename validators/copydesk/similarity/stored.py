"""Rows of whole numbers: in memory while they are few, in files of a temporary folder where they are many."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

from copydesk.errors import OutputError
from copydesk.lazy import np
from copydesk.temporary import TemporaryFolder

__all__ = ["Stored", "folder_for"]


def folder_for(count: int, few: int) -> TemporaryFolder | None:
    """Return a folder for numbers, where there are more than a few.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        return TemporaryFolder() if count > few else None
    except OSError as error:
        raise _refused(error) from error


class Stored:
    """A row of numbers, to which more are added.

    Args:
        kind: their dtype.
        folder: where their file lies; without it they stay in memory. It lives as long as what is stored in it.
        name: of the file.
    """

    def __init__(self, kind: Any, folder: TemporaryFolder | None, name: str) -> None:
        self._kind, self._folder = np.dtype(kind), folder
        self._path = folder.path / name if folder else Path()
        self._held: list[Any] = []
        self._mapped: Any = None

    def append(self, numbers: Any) -> None:
        """Add numbers. No more are added once they have been taken.

        Raises:
            OutputError: the file cannot be written.
        """
        some = np.ascontiguousarray(numbers, self._kind)
        if not self._folder:
            self._held.append(some)
            return
        try:
            with self._path.open("ab") as file:
                file.write(some.data)
        except OSError as error:
            raise _refused(error) from error

    def read(self, begin: int = 0, end: int | None = None) -> Any:
        """Return the numbers from one place to another."""
        if not self._folder:
            return self._whole()[begin:end]
        if not self._path.exists():
            return np.empty(0, self._kind)
        count = -1 if end is None else end - begin
        return np.fromfile(self._path, self._kind, count=count, offset=begin * self._kind.itemsize)

    def take(self, places: Any) -> Any:
        """Return the numbers at some places. What is read of the file for that does not stay in memory."""
        if not len(places):
            return np.empty(0, self._kind)
        if not self._folder:
            return self._whole()[places]
        if self._mapped is None:
            self._mapped = np.memmap(self._path, self._kind, mode="r")
        taken = np.asarray(self._mapped[places])
        if hasattr(mmap, "MADV_DONTNEED"):
            self._mapped._mmap.madvise(mmap.MADV_DONTNEED)
        return taken

    def remove(self) -> None:
        """Remove the numbers."""
        self._held, self._mapped = [], None
        if self._folder:
            self._path.unlink(missing_ok=True)

    def _whole(self) -> Any:
        if len(self._held) != 1:
            self._held = [np.concatenate(self._held) if self._held else np.empty(0, self._kind)]
        return self._held[0]


def _refused(error: OSError) -> OutputError:
    return OutputError(f"Temporary files cannot be written: {error}. Set TMPDIR to a folder with room.")
