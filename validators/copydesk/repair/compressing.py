"""Files compressed again as they were: with the same header, and the same level where it can be told."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol

__all__ = ["Form", "Sink", "form_of", "open_sink"]

_HEADER, _EXTRA, _CHECKSUM = 10, 4, 2
_TEXTS = (8, 16)  # flags of a name and of a comment, each of which ends with a zero
_LEVELS = (6, 9, 1, 2, 3, 4, 5, 7, 8)
_PROBE = 1 << 20


class _Writes(Protocol):
    def write(self, data: bytes, /) -> Any: ...


class Form:
    """How a file is compressed.

    kind: gzip, zstd or None.
    header: the first bytes of a gzip file, with its name and time.
    level: how hard zlib is to try.
    """

    def __init__(self, kind: str | None, header: bytes = b"", level: int = 6) -> None:
        self.kind, self.header, self.level = kind, header, level

    def as_json(self) -> dict[str, Any]:
        """Return the form for a receipt."""
        return {"kind": self.kind, "header": self.header.hex(), "level": self.level}

    @staticmethod
    def of_json(data: dict[str, Any]) -> Form:
        """Return the form that a receipt names."""
        return Form(data["kind"], bytes.fromhex(data["header"]), int(data["level"]))


def form_of(path: Path, kind: str | None) -> Form:
    """Return how a file is compressed. A gzip file that zlib has not written gets zlib's usual level."""
    if kind != "gzip":
        return Form(kind)
    with path.open("rb") as file:
        head = file.read(_PROBE)
    header = head[: _header_size(head)]
    stored = head[len(header) :]
    try:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(stored)
    except zlib.error:
        return Form(kind, header)
    return Form(kind, header, next((level for level in _LEVELS if _is_level(level, content, stored)), 6))


def _is_level(level: int, content: bytes, stored: bytes) -> bool:
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    made = deflate.compress(content)
    if not made:
        made = deflate.flush()
    return stored.startswith(made)


def _header_size(head: bytes) -> int:
    size, flags = _HEADER, head[3]
    if flags & _EXTRA:
        size += 2 + struct.unpack("<H", head[size : size + 2])[0]
    for flag in _TEXTS:
        if flags & flag:
            size = head.index(b"\0", size) + 1
    return size + (2 if flags & _CHECKSUM else 0)


class Sink:
    """Takes the content of a file: its `size` so far, and its hash.

    Args:
        target: where the content goes, compressed; None to drop it.
    """

    def __init__(self, target: _Writes | None) -> None:
        self._target = target
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Add some bytes."""
        self.size += len(data)
        self._hash.update(data)
        if self._target is not None:
            self._target.write(data)

    @property
    def digest(self) -> str:
        """The SHA-256 of the content so far."""
        return self._hash.hexdigest()


@contextmanager
def open_sink(path: Path | None, form: Form) -> Iterator[Sink]:
    """Open a file to write content into it; None to write nothing."""
    if path is None:
        yield Sink(None)
        return
    with path.open("wb") as file:
        if form.kind == "gzip":
            with _gzip(file, form) as target:
                yield Sink(target)
        elif form.kind == "zstd":
            import pyarrow as pa

            with pa.CompressedOutputStream(file, "zstd") as target:
                yield Sink(target)
        else:
            yield Sink(file)


class _Deflate:
    def __init__(self, file: BinaryIO, form: Form) -> None:
        self._file = file
        self._deflate = zlib.compressobj(form.level, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._checksum = self._size = 0

    def write(self, data: bytes) -> None:
        self._checksum = zlib.crc32(data, self._checksum)
        self._size += len(data)
        self._file.write(self._deflate.compress(data))

    def close(self) -> None:
        self._file.write(self._deflate.flush())
        self._file.write(struct.pack("<II", self._checksum, self._size & 0xFFFFFFFF))


@contextmanager
def _gzip(file: BinaryIO, form: Form) -> Iterator[_Deflate]:
    file.write(form.header or b"\x1f\x8b\x08\0\0\0\0\0\0\xff")
    deflate = _Deflate(file, form)
    yield deflate
    deflate.close()
