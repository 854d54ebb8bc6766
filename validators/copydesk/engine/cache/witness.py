"""Whether what was read of a file is what it held when it was hashed: it may change between the two, and change back.

A file that is read together with it (`copydesk.readers.files.side_files.read_with`) is hashed, too.

A reader that reads in order has every byte hashed as it takes it, which proves it whatever the clock says. pyarrow
looks for the bytes of Parquet itself: there the file must have been the same before the hash and after the reading, and
must have lain unchanged for a while before, since a change soon after another may leave the time as it was.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from blake3 import blake3

from copydesk.readers import Source
from copydesk.readers.files.side_files import read_with

__all__ = ["Content", "Witness", "content_of"]

_BLOCK = 1 << 20

#: File systems count time in steps, the coarsest in steps of two seconds (FAT).
_STEP_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Content:
    """What a file held when it was hashed.

    digest: over its bytes.
    beside: the hash of the file that is read together with it; nothing where there is none.
    state: its device, number, size and times, taken before.
    is_settled: whether it had not changed for a while, so that a change would show in its times.
    """

    source: Source
    digest: bytes
    state: tuple[int, ...]
    is_settled: bool
    beside: bytes = b""


class Witness:
    """Sees what is read of a file; `source` is what to read then."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._digest = blake3()
        source = content.source
        self.source = replace(source, hear=self._digest.update) if source.is_read_in_order else source

    def agrees(self) -> bool:
        """Say whether what was read, up to the end of the file, is what was hashed before."""
        content = self._content
        try:
            if _hash_beside(content.source) != content.beside:
                return False
        except OSError:
            return False
        if content.source.is_read_in_order:
            return self._digest.digest() == content.digest
        assert content.source.path is not None
        try:
            return content.is_settled and _state(content.source.path.stat()) == content.state
        except OSError:
            return False


def content_of(source: Source) -> Content:
    """Hash a file.

    Raises:
        OSError: it cannot be read.
    """
    assert source.path is not None
    digest, status, now = _hash(source.path)
    return Content(source, digest, _state(status), now - _changed(status) > _STEP_NS, _hash_beside(source))


def _hash_beside(source: Source) -> bytes:
    """Return the hash of the file that is read together with a file; nothing where there is none."""
    beside = None if source.path is None else read_with(source.path)
    return b"" if beside is None else _hash(beside)[0]


def _hash(path: Path) -> tuple[bytes, os.stat_result, int]:
    """Return the hash of a file, its state before, and the time of that in nanoseconds."""
    digest, block = blake3(), bytearray(_BLOCK)
    with path.open("rb", buffering=0) as file, memoryview(block) as data:
        status, now = os.fstat(file.fileno()), time.time_ns()
        while size := file.readinto(block):
            digest.update(data[:size])
    return digest.digest(), status, now


def _state(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, _changed(status)


def _changed(status: os.stat_result) -> int:
    """Return when the file changed, in nanoseconds; the time that nobody can set, where there is one."""
    return status.st_mtime_ns if sys.platform == "win32" else status.st_ctime_ns
