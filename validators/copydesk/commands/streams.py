"""Standard output and standard error that never fail: what they print decides nothing.

The exit status says whether the data passed. A reader of the output that goes away, or a disk that is full, must not
change it, neither while a command prints nor when Python flushes at its end.
"""

from __future__ import annotations

import io
import os
import select
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["Lasting", "make_streams_last"]


class Lasting(io.RawIOBase):
    """The bytes of a stream of text, which are dropped from the first on that cannot be written.

    Attributes:
        error: why it could not be written; None as long as all could.
    """

    error: OSError | None = None

    def __init__(self, stream: Any) -> None:
        self._stream = stream  # which would close the bytes below it, were it let go of
        self._raw = getattr(stream.buffer, "raw", stream.buffer)

    def write(self, data: ReadableBuffer, /) -> int:
        """Write some bytes, and say how many; all of them once any could not be written."""
        if self.error is None:
            try:
                while (count := self._raw.write(data)) is None:  # a pipe that does not wait for its reader
                    select.select([], [self._raw], [])
                return int(count)
            except OSError as error:
                self.error = error
        return memoryview(data).nbytes

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the number of the file, which a terminal is asked for its width by."""
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        """Say whether it is a terminal."""
        return bool(self._raw.isatty())


def make_streams_last() -> Lasting:
    """Have `sys.stdout` and `sys.stderr` outlive their readers; return the bytes of the former.

    Where one of them was closed from the start, what is printed goes nowhere: else the next file that is opened would
    take its number, and what a library prints would go into that file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # which takes the lowest number that is free
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 - as Python makes it
    (sys.stdout, output), (sys.stderr, _) = (_lasting(s, n) for s, n in ((sys.stdout, 1), (sys.stderr, 2)))
    return output


def _lasting(stream: Any, number: int) -> tuple[io.TextIOWrapper, Lasting]:
    stream = stream or open(number, "w", closefd=False)  # noqa: SIM115 - as Python makes it
    stream.flush()
    raw = Lasting(stream)
    text = io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",  # articles hold letters that not every terminal has
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
    return text, raw
