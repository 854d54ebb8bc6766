"""Write an entry of the cache (`copydesk.engine.cache.entry`): whole or not at all, within its bound."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO

import polars as pl
import pyarrow as pa
from blake3 import blake3

from copydesk.engine.cache.entry import LENGTH_BYTES, LONGEST, Description, as_json, signature
from copydesk.engine.cache.witness import Witness
from copydesk.engine.parts import Part
from copydesk.engine.spool import copy_texts
from copydesk.readers import Source

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["EntryWriter", "Room"]

#: A frame is compressed if its first rows become about a third: compressing hashes takes time, and saves little room.
_FIRST_ROWS, _PAYS = 512, 0.35

_PLAIN = pa.ipc.IpcWriteOptions()
_COMPRESSED = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", 1), use_threads=False)


class Room:
    """How many bytes the entries that a run uses and writes may still have together.

    Args:
        size: how many it is before the run.
    """

    def __init__(self, size: int) -> None:
        self._left = size
        self._lock = Lock()

    def has(self, size: int) -> bool:
        """Say whether there is room for so many bytes."""
        return size <= self._left

    def take(self, size: int) -> None:
        """Take room for so many bytes."""
        with self._lock:
            self._left -= size


class EntryWriter:
    """Writes an entry: `add` each part, then `finish`; `close` it if something went wrong.

    One that cannot be written, as where the disk is full, is dropped without a word: no run needs it. So is one that
    there is no room for, and one of a file that was something else when it was read than when it was looked up.

    Args:
        stream: what is written to, and `unfinished` where that lies.
        file: where the entry gets its place.
        name: what it is asked for by.
        key: what it is signed with.
        room: what it may take.
        witness: sees what is read.
    """

    def __init__(
        self, stream: BinaryIO, unfinished: Path, file: Path, *, name: str, key: bytes, room: Room, witness: Witness
    ) -> None:
        self._sink = _Sink(stream, room)
        self._unfinished, self._file = unfinished, file
        self._name, self._key, self._room, self._witness = name, key, room, witness
        self._descriptions: list[Description] = []

    @property
    def source(self) -> Source:
        """The file to read."""
        return self._witness.source

    def add(self, part: Part) -> None:
        """Write a part; one in which a check has failed ends the entry, as the next run may fare better."""
        if part.failed:
            self.close()
        if self._sink.closed:
            return
        self._sink.begin()
        try:
            frames = self._write_all(part.frames.common() if part.frames else {})
            keys = self._write_all(part.frames.keys if part.frames else {})
        except (OSError, ValueError):
            self.close()
            return
        self._descriptions.append(Description.of(part, frames, keys, self._sink.digest.hexdigest()))

    def _write_all(self, frames: Mapping[str, pl.DataFrame]) -> dict[str, int]:
        """Write frames; return the size of each."""
        return {name: _write(frame, self._sink) for name, frame in frames.items()}

    def finish(self) -> None:
        """Put the entry in its place."""
        data = as_json(self._descriptions)
        if not self._sink.closed and len(data) <= LONGEST and self._witness.agrees():
            with suppress(OSError):
                self._sink.write(data + len(data).to_bytes(LENGTH_BYTES, "big"))
                self._sink.write(signature(self._key, self._name, data))
                self._sink.close()
                self._unfinished.replace(self._file)
                self._room.take(self._sink.size)
        self.close()

    def close(self) -> None:
        """Forget the entry, if it is not in its place."""
        with suppress(OSError):
            self._sink.close()
        with suppress(OSError):
            self._unfinished.unlink(missing_ok=True)


class _Sink(io.RawIOBase):
    """Writes a file as long as there is room for it, and hashes what is written since `begin`.

    size: how much was written in all.
    """

    def __init__(self, stream: BinaryIO, room: Room) -> None:
        self._stream, self._room = stream, room
        self.size = 0
        self.begin()

    def begin(self) -> None:
        self.digest = blake3()

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        size = memoryview(data).nbytes
        if not self._room.has(self.size + size):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.digest.update(data)
        self._stream.write(data)
        self.size += size
        return size

    def close(self) -> None:
        super().close()
        self._stream.close()


def _write(frame: pl.DataFrame, sink: _Sink) -> int:
    """Write a frame; return how many bytes that took."""
    before = sink.size
    table = _table(frame)
    with pa.ipc.new_stream(sink, table.schema, options=_options(frame)) as stream:  # polars would copy it first
        stream.write_table(table)
    return sink.size - before


def _options(frame: pl.DataFrame) -> pa.ipc.IpcWriteOptions:
    first = _table(copy_texts(frame.head(_FIRST_ROWS)))
    return _COMPRESSED if _size(first, _COMPRESSED) < _PAYS * _size(first, _PLAIN) else _PLAIN


def _size(table: pa.Table, options: pa.ipc.IpcWriteOptions) -> int:
    counter = pa.MockOutputStream()
    with pa.ipc.new_stream(counter, table.schema, options=options) as stream:
        stream.write_table(table)
    return int(counter.size())


def _table(frame: pl.DataFrame) -> pa.Table:
    return frame.to_arrow(compat_level=pl.CompatLevel.newest())
