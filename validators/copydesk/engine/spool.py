"""Spools: frames put away one by one, in memory up to a bound, past it in files of a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import numpy as np
import polars as pl
import pyarrow as pa
from polars.io.plugins import register_io_source

from copydesk.errors import OutputError

__all__ = ["Memory", "Spool", "frame_of", "owned"]


class Memory:
    """Memory that spools share. Past its bound, the one that holds most writes it to a file.

    Args:
        limit: how many bytes may be held.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.spools: list[Spool] = []
        self.lock = Lock()

    def hold(self) -> None:
        """Have as much written as must be."""
        with self.lock:
            while sum(spool.held_bytes for spool in self.spools) > self._limit:
                max(self.spools, key=lambda spool: spool.held_bytes).write()


class Spool:
    """Frames, in the order in which they were put; a column that one does not have is null there.

    Args:
        memory: where they are held, with those of other spools.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        memory.spools.append(self)
        self._held: list[pl.DataFrame] = []
        self.held_bytes = 0
        self._files: list[Path] = []
        self._folder: TemporaryDirectory[str] | None = None
        self.height = self.bytes = 0

    def put(self, frame: pl.DataFrame) -> None:
        """Put a frame away."""
        if frame.is_empty() and (self._held or self._files):
            return
        self.height += frame.height
        self._held.append(frame)
        size = int(frame.estimated_size())
        self.bytes += size
        self.held_bytes += size
        self._memory.hold()

    def scan(self) -> pl.LazyFrame:
        """Return everything that was put, in order.

        It is read file by file, no columns but those that are asked for and no rows but those that a filter leaves:
        polars itself would read the files side by side, and hold on to all texts in them as long as to one.
        """
        with self._memory.lock:
            held = [pl.concat(self._held, how="diagonal_relaxed").lazy()] if self._held else []
            files = list(self._files)
        schema = pl.concat([*map(pl.scan_ipc, files), *held], how="diagonal_relaxed").collect_schema()
        nothing = pl.LazyFrame(schema=schema)

        def frames(
            columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            left = self.height if n_rows is None else n_rows
            for part in chain(map(_mapped, files), held):
                rows = pl.concat([nothing, part], how="diagonal_relaxed")
                if predicate is not None:
                    rows = rows.filter(predicate)
                found = rows.select(list(schema) if columns is None else columns).head(left).collect()
                left -= found.height
                yield found if predicate is None else _gathered(found)
                if left <= 0:
                    return

        return register_io_source(frames, schema=schema)

    def close(self) -> None:
        """Forget what is held, and remove the files; they go by themselves, too, with the spool."""
        self._held, self.held_bytes = [], 0
        if self._folder is not None:
            self._folder.cleanup()

    def write(self) -> None:
        """Write what is held to a file.

        Raises:
            OutputError: the folder for temporary files cannot be written to, or is full.
        """
        table = pl.concat(self._held, how="diagonal_relaxed").to_arrow(compat_level=pl.CompatLevel.newest())
        try:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="copydesk-", ignore_cleanup_errors=True)
            file = Path(self._folder.name) / f"{len(self._files)}.arrow"
            with pa.ipc.new_file(str(file), table.schema) as written:  # polars would make one copy of all frames first
                written.write_table(table)
        except OSError as error:
            where = self._folder.name if self._folder else "The folder for temporary files"
            raise OutputError(
                f"{where}: what does not fit into memory cannot be written there: {error}. Set TMPDIR to a folder that"
                " has room, or let more be held in memory (--memory 1GB)."
            ) from error
        self._files.append(file)
        self._held, self.held_bytes = [], 0


def frame_of(reader: pa.ipc.RecordBatchStreamReader | pa.ipc.RecordBatchFileReader) -> pl.DataFrame:
    """Return what pyarrow reads as a frame; its columns stay where they are."""
    frame = pl.from_arrow(reader.read_all())
    assert isinstance(frame, pl.DataFrame)
    return frame


def owned(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame whose texts are copies: as cut out of longer texts, or of a file, they would keep all of these."""
    return frame.with_columns(pl.col(pl.String) + "")


def _mapped(file: Path) -> pl.LazyFrame:
    """Return the frame of a file, of which no more is read than is looked at."""
    return frame_of(pa.ipc.open_file(pa.memory_map(str(file)).read_buffer())).lazy()


def _gathered(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a filtered frame as a copy: one run of rows, or none, is a slice of all that was filtered."""
    return owned(frame[np.arange(frame.height)])
