"""Read an entry of the cache (`copydesk.engine.cache.entry`): only what this user's copydesk wrote, and all of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hmac import compare_digest
from itertools import accumulate
from threading import Lock
from typing import BinaryIO

import polars as pl
import pyarrow as pa
from blake3 import blake3
from polars.exceptions import PolarsError

from copydesk.engine.cache.entry import (
    LENGTH_BYTES,
    LONGEST,
    TAIL_BYTES,
    DamagedError,
    Description,
    from_json,
    signature,
)
from copydesk.engine.parts import Frames, Part

__all__ = ["EntryReader"]

_BLOCK = 1 << 20

#: What pyarrow and polars raise where bytes are no frame.
_NO_FRAME = (pa.ArrowException, PolarsError, ValueError, TypeError, KeyError, OverflowError, OSError, MemoryError)


class EntryReader:
    """Reads an entry that is whole and signed; it stays open meanwhile, so that it may be removed.

    Each part is held to its hash once more when it is read, over the very bytes that are then taken for it.

    Args:
        stream: the entry; it belongs to this from now on.
        name: what it was asked for by.
        key: what it must be signed with.
        is_sound: says whether a part is one that this run could have made.

    Raises:
        DamagedError: it is not whole, or not signed.
    """

    def __init__(self, stream: BinaryIO, *, name: str, key: bytes, is_sound: Callable[[Part], bool]) -> None:
        self._stream, self._is_sound, self._lock = stream, is_sound, Lock()
        try:
            self.size = stream.seek(0, os.SEEK_END)
            self._descriptions = self._signed(name, key)
            self._check_parts()
        except (DamagedError, OSError) as error:
            stream.close()
            raise DamagedError(str(error)) from error

    @property
    def parts(self) -> list[Callable[[], Part]]:
        """What reads each part, in any thread; it raises DamagedError if the part has changed, or is unsound."""
        return [partial(self._part, start, description) for start, description in self._places()]

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _signed(self, name: str, key: bytes) -> list[Description]:
        """Return what is said of the parts, if this user's copydesk has written it for an entry of this name."""
        before = self.size - TAIL_BYTES
        if before < 0:
            raise DamagedError("the entry is cut short")
        tail = self._read(before, TAIL_BYTES)
        length = int.from_bytes(tail[:LENGTH_BYTES], "big")
        if length > min(before, LONGEST):
            raise DamagedError("the description is too long")
        data = self._read(before - length, length)
        if not compare_digest(signature(key, name, data), tail[LENGTH_BYTES:]):
            raise DamagedError("the entry is not signed with the key")
        descriptions = from_json(data)
        if sum(description.size for description in descriptions) != before - length:
            raise DamagedError("the parts are not all that is in the entry")
        return descriptions

    def _places(self) -> Iterator[tuple[int, Description]]:
        """Return where each part begins."""
        starts = accumulate((description.size for description in self._descriptions), initial=0)
        return zip(starts, self._descriptions, strict=False)

    def _check_parts(self) -> None:
        for start, description in self._places():
            digest = blake3()
            for at in range(start, start + description.size, _BLOCK):
                digest.update(self._read(at, min(_BLOCK, start + description.size - at)))
            if digest.hexdigest() != description.digest:
                raise DamagedError("a part is not what was written")

    def _part(self, start: int, description: Description) -> Part:
        sizes, data, digest = [*description.frames.values(), *description.keys.values()], [], blake3()
        try:
            for size in sizes:
                data.append(self._read(start, size))  # each apart: it is freed when nobody needs that frame
                digest.update(data[-1])
                start += size
            if digest.hexdigest() != description.digest:
                raise DamagedError("a part has changed while it was used")
            part = description.part(_frames(description, data))
        except _NO_FRAME as error:
            raise DamagedError(str(error)) from error
        if not self._is_sound(part):
            raise DamagedError("a part is none that this run could have made")
        return part

    def _read(self, start: int, size: int) -> bytes:
        with self._lock:
            self._stream.seek(start)
            data = self._stream.read(size)
        if len(data) != size:
            raise DamagedError("the entry is cut short")
        return data


def _frames(description: Description, data: Sequence[bytes]) -> Frames | None:
    """Read the frames of a part, given the bytes of each; raises one of _NO_FRAME if some are none."""
    if not description.frames:
        return None
    common = {name: _frame(each) for name, each in zip(description.frames, data, strict=False)}
    keys = {key: _frame(each) for key, each in zip(description.keys, data[len(common) :], strict=True)}
    return Frames(**common, keys=keys)


def _frame(data: bytes) -> pl.DataFrame:
    """Read a frame; raises one of _NO_FRAME if the bytes are none."""
    table = pa.ipc.open_stream(data, memory_pool=pa.system_memory_pool()).read_all()
    table.validate(full=True)
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame
