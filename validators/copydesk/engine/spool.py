"""Spools: lists of frames, held in memory up to a limit, and beyond it in files of a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from threading import Lock

import numpy as np
import polars as pl
import pyarrow as pa
from polars.io.plugins import register_io_source

from copydesk.errors import OutputError
from copydesk.temporary import TemporaryFolder

__all__ = ["Memory", "Spool", "copy_texts", "frame_of"]


class Memory:
    """Memory that spools share. Beyond the limit, the spool that holds most writes its frames to a file.

    Args:
        limit: how many bytes all spools may hold together.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.spools: list[Spool] = []
        self.lock = Lock()

    def hold(self) -> None:
        """Write frames to files until the limit is kept."""
        with self.lock:
            while sum(spool.held_bytes for spool in self.spools) > self._limit:
                max(self.spools, key=lambda spool: spool.held_bytes).write()


class Spool:
    """Frames, in the order in which they were put; a column that a frame does not have is null.

    Args:
        memory: what this spool shares with others.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        memory.spools.append(self)
        self._held: list[pl.DataFrame] = []
        self.held_bytes = 0
        self._files: list[Path] = []
        self._folder: TemporaryFolder | None = None
        self.height = self.bytes = 0

    def put(self, frame: pl.DataFrame) -> None:
        """Add a frame."""
        if frame.is_empty() and (self._held or self._files):
            return
        self.height += frame.height
        self._held.append(frame)
        size = int(frame.estimated_size())
        self.bytes += size
        self.held_bytes += size
        self._memory.hold()

    def scan(self) -> pl.LazyFrame:
        """Return all frames as one, in order.

        It is read file by file, and of each only the wanted columns and rows. polars itself would read the files side
        by side, and keep all their texts in memory as long as one of them is in use.
        """
        files, in_memory = self._contents()
        if not files:
            return in_memory[0].lazy()
        held = [frame.lazy() for frame in in_memory]
        schema = pl.concat([*map(pl.scan_ipc, files), *held], how="diagonal_relaxed").collect_schema()
        empty = pl.LazyFrame(schema=schema)

        def frames(
            columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            left = self.height if n_rows is None else n_rows
            for part in chain(map(_scan_file, files), held):
                rows = pl.concat([empty, part], how="diagonal_relaxed")
                if predicate is not None:
                    rows = rows.filter(predicate)
                frame = rows.select(list(schema) if columns is None else columns).head(left).collect()
                left -= frame.height
                yield frame if predicate is None else _copy(frame)
                if left <= 0:
                    return

        return register_io_source(frames, schema=schema)

    def slices(self, rows: int) -> Iterator[pl.DataFrame]:
        """Yield all frames, in order, as frames of at most so many rows."""
        files, held = self._contents()
        yield from self.scan().collect_batches(chunk_size=rows) if files else held[0].iter_slices(rows)

    def _contents(self) -> tuple[list[Path], list[pl.DataFrame]]:
        """Return the files, and the frames in memory as one if there are any. One of both is there after `put`."""
        with self._memory.lock:
            if len(self._held) > 1:
                self._held = [pl.concat(self._held, how="diagonal_relaxed")]
            return list(self._files), list(self._held)

    def close(self) -> None:
        """Drop all frames and remove the files. Both also happens when nobody uses the spool any more."""
        self._held, self.held_bytes = [], 0
        if self._folder is not None:
            self._folder.close()

    def write(self) -> None:
        """Write the frames in memory to a file.

        Raises:
            OutputError: the folder for temporary files cannot be written to, or is full.
        """
        table = pl.concat(self._held, how="diagonal_relaxed").to_arrow(compat_level=pl.CompatLevel.newest())
        try:
            if self._folder is None:
                self._folder = TemporaryFolder()
            file = self._folder.path / f"{len(self._files)}.arrow"
            with pa.ipc.new_file(str(file), table.schema) as writer:  # polars would copy all frames first
                writer.write_table(table)
        except OSError as error:
            where = self._folder.path if self._folder else "The folder for temporary files"
            raise OutputError(
                f"{where}: temporary files cannot be written: {error}. Set TMPDIR to a folder with room, or allow more"
                " memory (--memory 1GB)."
            ) from error
        self._files.append(file)
        self._held, self.held_bytes = [], 0


def frame_of(reader: pa.ipc.RecordBatchStreamReader | pa.ipc.RecordBatchFileReader) -> pl.DataFrame:
    """Return what pyarrow reads as a frame, without a copy of its columns."""
    frame = pl.from_arrow(reader.read_all())
    assert isinstance(frame, pl.DataFrame)
    return frame


def copy_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with copies of its texts: a part of a longer text, or of a file, keeps all of it in memory."""
    if frame.is_empty():
        return frame.clear()
    return frame.with_columns(pl.col(pl.String) + "") if pl.String in frame.dtypes else frame


def _scan_file(file: Path) -> pl.LazyFrame:
    """Return the frame of a file; only what is used of it is read."""
    return frame_of(pa.ipc.open_file(pa.memory_map(str(file)).read_buffer())).lazy()


def _copy(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a copy of a filtered frame: polars may return a slice, which keeps all rows in memory."""
    return copy_texts(frame[np.arange(frame.height)])
