"""A spool: frames put away one by one, in memory up to a bound, past it in files of a temporary folder."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

__all__ = ["Spool"]


class Spool:
    """Frames of one schema, in the order in which they were put.

    Args:
        limit: how many bytes stay in memory before they are written to a file.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: list[pl.DataFrame] = []
        self._held_bytes = 0
        self._files: list[Path] = []
        self._folder: TemporaryDirectory[str] | None = None
        self.height = 0

    def put(self, frame: pl.DataFrame) -> None:
        """Put a frame away."""
        if frame.is_empty() and (self._held or self._files):
            return
        self.height += frame.height
        self._held.append(frame)
        self._held_bytes += int(frame.estimated_size())
        if self._held_bytes > self._limit:
            self._write()

    def scan(self) -> pl.LazyFrame:
        """Return everything that was put, in order."""
        held = [pl.concat(self._held, how="vertical_relaxed").lazy()] if self._held else []
        return pl.concat([*(pl.scan_ipc(f) for f in self._files), *held], how="vertical_relaxed")

    def close(self) -> None:
        """Remove the files; they go by themselves, too, with the spool."""
        if self._folder is not None:
            self._folder.cleanup()

    def _write(self) -> None:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="copydesk-")
        file = Path(self._folder.name) / f"{len(self._files)}.arrow"
        pl.concat(self._held, how="vertical_relaxed").write_ipc(file)
        self._files.append(file)
        self._held, self._held_bytes = [], 0
