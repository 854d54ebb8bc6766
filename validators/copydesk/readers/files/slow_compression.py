"""Data that xz or bzip2 has compressed, as a file to read from.

Python's own files of these kinds end without a word where a second stream is damaged, or other data follows the first.
Here that is an error. Streams that follow each other are one file, as `xz -dc` and `bzip2 -dc` read them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["SLOW", "DamagedError", "SlowFile"]

#: The compressions that are read here.
SLOW = ("xz", "bzip2")

_BLOCK = 256 << 10

#: What xz may use to decompress; `xz -9` needs 65 MiB.
_MEMORY = 512 << 20


class DamagedError(Exception):
    """The data is damaged, or it is no such data."""


class SlowFile(io.RawIOBase):
    """The decompressed bytes of a file.

    Reading raises EOFError where the data is cut short, and DamagedError where it is damaged.

    Args:
        stored: the compressed file.
        kind: one of SLOW.
    """

    def __init__(self, stored: BinaryIO, kind: str) -> None:
        self._stored = stored
        self._kind = kind
        self._packed = b""
        self._decompressor = self._new()
        self._begun = self._any = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, block: WriteableBuffer, /) -> int:
        """Fill a block as far as one step of the decompressor does; return the number of bytes, 0 at the end."""
        view = memoryview(block)
        data = self._some(len(view)) if len(view) else b""
        view[: len(data)] = data
        return len(data)

    def _some(self, most: int) -> bytes:
        while True:
            if self._decompressor.eof:
                self._packed = self._decompressor.unused_data
                self._decompressor, self._begun = self._new(), False
            if not self._packed and self._decompressor.needs_input:
                self._packed = self._stored.read(_BLOCK)
                ended = not self._packed
                if not self._begun and self._any:
                    self._packed = self._packed.lstrip(b"\0")  # the padding between streams
                if ended and (self._begun or not self._any):
                    raise EOFError
                if ended:
                    return b""
            elif not self._begun and self._any:
                self._packed = self._packed.lstrip(b"\0")
            if self._packed or self._begun:
                data = self._decompress(most)
                if data:
                    return data

    def _decompress(self, most: int) -> bytes:
        self._begun = self._any = True
        packed, self._packed = self._packed, b""
        try:
            data: bytes = self._decompressor.decompress(packed, most)
        except (OSError, EOFError, self._error) as error:
            raise DamagedError(str(error)) from error
        return data

    def _new(self) -> Any:
        if self._kind == "xz":
            import lzma  # not every build of Python has it

            self._error: type[Exception] = lzma.LZMAError
            return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
        import bz2

        self._error = OSError
        return bz2.BZ2Decompressor()
