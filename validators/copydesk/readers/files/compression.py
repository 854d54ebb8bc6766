"""The bytes of a file, decompressed as they are read. A file that is cut short or damaged is always an error."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Protocol, cast

from copydesk.errors import InputError
from copydesk.readers.files.encodings import convert_command, read_command
from copydesk.readers.files.slow_compression import SLOW, DamagedError, SlowFile
from copydesk.readers.files.source import COMPRESSIONS, Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["COMPRESSIONS", "MOST_TIMES", "UNWATCHED", "Stream", "open_stream", "with_places"]

#: The first bytes of each compression, to recognise a file with the wrong name (RFC 1952, RFC 8878).
_MAGIC = {"gzip": b"\x1f\x8b\x08", "zstd": b"\x28\xb5\x2f\xfd", "xz": b"\xfd7zXZ\x00", "bzip2": b"BZh"}
#: What follows in bzip2 after the level: the mark of its first block. Without it, "BZh" may begin a text.
_BZIP2_BLOCK = b"1AY&SY"
#: How many times larger than its file data may get, once it has so many bytes: text gets 3 to 30 times larger.
MOST_TIMES, UNWATCHED = 1000, 64 << 20
_COPY_BYTES = 4 << 20
_UTF8_BOM = b"\xef\xbb\xbf"
#: Text of another encoding is read in pieces of this size; the first says whether it is UTF-8 after all.
_RECODED = 1 << 20
#: A byte order mark, or text in which every other byte is NUL.
_UTF16 = re.compile(rb"(\xff\xfe|\xfe\xff)|((?:[^\0]\0){4})|(?:\0[^\0]){4}")


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...

    def readinto(self, block: WriteableBuffer, /) -> int: ...


class Stream:
    """The decompressed bytes of one source.

    Every fault of the file is raised as an InputError that names it: a cut or damaged compressed file, a disk that
    fails.
    """

    #: What the readers of JSON expect in it.
    expected = "a JSON object on each line"

    def __init__(self, source: Source, stored: BinaryIO) -> None:
        self.source = source
        self._stored = stored
        self._waiting = b""
        self._read = self._out = 0
        if source.compression == "gzip":
            self._plain: _Readable = gzip.GzipFile(fileobj=stored)
        elif source.compression == "zstd":
            import pyarrow as pa  # only where it is needed: `copydesk --help` must be quick

            self._plain = cast(_Readable, pa.CompressedInputStream(stored, "zstd"))
        elif source.compression in SLOW:
            self._plain = SlowFile(stored, source.compression)
        else:
            self._plain = cast(_Readable, stored)  # whose type forgets readinto

    @property
    def name(self) -> str:
        """The file as the user would name it."""
        return self.source.name

    def read(self, size: int) -> bytes:
        """Read `size` bytes, or fewer at the end of the data.

        Raises:
            InputError: the file is cut, damaged or cannot be read.
        """
        if self._waiting:
            data, self._waiting = self._waiting[:size], self._waiting[size:]
            return data if len(data) == size else data + self.read(size - len(data))
        parts: list[bytes] = []
        with self._raise_input_errors():
            while size > 0 and (part := self._plain.read(size)):
                parts.append(part)
                size -= len(part)
                self._watch(len(part))
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def readinto(self, block: memoryview) -> int:
        """Fill a block of bytes, and return how many bytes were read: fewer than it has only at the end of the data.

        Raises:
            InputError: the file is cut, damaged or cannot be read.
        """
        size = min(len(self._waiting), len(block))
        block[:size], self._waiting = self._waiting[:size], self._waiting[size:]
        with self._raise_input_errors():
            while size < len(block) and (more := self._plain.readinto(block[size:])):
                size += more
                self._watch(more)
        return size

    def _watch(self, more: int) -> None:
        """Raise an InputError if the data gets so much larger than its file that it is no text."""
        self._out += more
        if self._out < UNWATCHED or self.source.compression is None:
            return
        try:
            stored = self._stored.tell()
        except OSError:  # a pipe has no position
            return
        if self._out > MOST_TIMES * stored:
            raise InputError(
                f"{self.name}: expected text, got data that is more than {MOST_TIMES:,} times larger than its file."
                " Decompress it first, if it is what you mean to check."
            )

    def unread(self, data: bytes) -> None:
        """Put data back, to be read again."""
        self._waiting = data + self._waiting

    def stored(self) -> int:
        """Return how many bytes of the stored file were read since the last call."""
        before = self._read
        try:
            self._read = self._stored.tell()
        except OSError:  # a pipe has no position
            return 0
        return self._read - before

    def start_text(self) -> None:
        """Skip a UTF-8 byte order mark, and check that the data can be UTF-8 text.

        Raises:
            InputError: the data is UTF-16, or it is compressed and the name has no suffix for that.
        """
        head = self.read(16)
        if self.source.options.encoding is not None and not head.startswith(_UTF8_BOM):
            self.unread(head)
            self._recode(self.source.options.encoding)
            head = self.read(16)
        self.unread(head.removeprefix(_UTF8_BOM))
        if match := _UTF16.match(head):
            encoding = "UTF-16" if match[1] else "UTF-16LE" if match[2] else "UTF-16BE"  # without a mark, iconv guesses
            raise InputError(
                f"{self.name}: expected UTF-8 text, got UTF-16. Read it as that:"
                f" `{read_command(self.name, encoding.lower())}`. Or convert it:"
                f" `{convert_command(self.name, encoding)}`."
            )
        for suffix, name in COMPRESSIONS.items():
            if head.startswith(_MAGIC[name]) and (name != "bzip2" or head[4:10] == _BZIP2_BLOCK):
                raise InputError(
                    f"{self.name}: expected text, got {name} data. Add the suffix {suffix} to the name"
                    f" of the file, or decompress it first: {name} -dc"
                )

    def _recode(self, encoding: str) -> None:
        """Read the rest as text of an encoding, and give it as UTF-8; leave text that is UTF-8 as it is."""
        head = self.read(_RECODED)
        self.unread(head)
        is_wide = encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
        if not is_wide and not head.isascii() and _is_utf8(head, is_whole=len(head) < _RECODED):
            return
        decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if not is_wide else "replace")
        self._plain, self._waiting = _Recoded(self._plain, self._waiting, decoder), b""

    @contextmanager
    def _raise_input_errors(self) -> Iterator[None]:
        """Turn every error of the file into an InputError that names it."""
        kind = self.source.compression
        try:
            yield
        except EOFError as error:
            raise self._cut_short() from error
        except (OSError, zlib.error, DamagedError) as error:
            if kind is None:
                raise InputError(f"{self.name}: cannot be read: {getattr(error, 'strerror', '') or error}.") from error
            # What pyarrow says, or gzip where there is only one of its first two bytes.
            if "Truncated" in str(error) or str(error).endswith("(b'\\x1f')"):
                raise self._cut_short() from error
            raise InputError(
                f"{self.name}: expected {kind} data, got damaged or other data ({error})."
                " Fetch or write the file again, or correct its suffix."
            ) from error

    def _cut_short(self) -> InputError:
        return InputError(
            f"{self.name}: expected a whole {self.source.compression} file, got one that is cut short."
            " Fetch or write the file again; nothing after the cut can be read."
        )


def _is_utf8(data: bytes, *, is_whole: bool) -> bool:
    """Say whether bytes are UTF-8; the last character may be cut where they are not the whole."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=is_whole)
    except UnicodeDecodeError:
        return False
    return True


class _Recoded:
    """Text of another encoding as UTF-8. What the encoding has not, stays the byte that it is, and is no UTF-8."""

    def __init__(self, plain: _Readable, waiting: bytes, decoder: codecs.IncrementalDecoder) -> None:
        self._plain, self._raw, self._decoder = plain, waiting, decoder
        self._ready = b""
        self._ended = False

    def read(self, size: int = -1, /) -> bytes:
        while not self._ready and not self._ended:
            part, self._raw = (self._raw, b"") if self._raw else (self._plain.read(_RECODED), b"")
            self._ended = not part
            text = self._decoder.decode(part, final=self._ended)
            self._ready = text.removeprefix("\ufeff").encode(errors="surrogateescape")
        data, self._ready = self._ready[:size], self._ready[size:]
        return data

    def readinto(self, block: WriteableBuffer, /) -> int:
        view = memoryview(block)
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


class _Stretch:
    """The bytes of a file from one place up to another."""

    def __init__(self, file: BinaryIO, stretch: tuple[int, int]) -> None:
        self._file = file
        self._last = stretch[1]
        file.seek(stretch[0])

    def read(self, size: int) -> bytes:
        return self._file.read(min(size, self._left()))

    def readinto(self, block: memoryview) -> int:
        return self._file.readinto(block[: self._left()])  # type: ignore[attr-defined,no-any-return]

    def tell(self) -> int:
        return self._file.tell()

    def _left(self) -> int:
        return max(0, self._last - self._file.tell())


class _Heard(io.RawIOBase):
    """A file that passes on the bytes that are read from it."""

    def __init__(self, file: BinaryIO, hear: Callable[[memoryview], object]) -> None:
        self._file, self._hear = file, hear

    def readable(self) -> bool:
        return True

    def readinto(self, block: WriteableBuffer, /) -> int:
        size: int = self._file.readinto(block)  # type: ignore[attr-defined]
        self._hear(memoryview(block)[:size])
        return size

    def tell(self) -> int:
        return self._file.tell()


@contextmanager
def with_places(stream: Stream) -> Iterator[IO[bytes] | str]:
    """Yield what a reader can go to places in: the path of the file, or a copy on disk of a pipe or of packed data."""
    source = stream.source
    if not source.is_read_in_order and source.path is not None and source.regular:
        yield str(source.path)  # pyarrow reads a path without Python's help
        return
    with tempfile.TemporaryFile() as copy:
        while data := stream.read(_COPY_BYTES):
            copy.write(data)
        copy.seek(0)
        yield copy


@contextmanager
def open_stream(
    source: Source, stdin: BinaryIO | None = None, stretch: tuple[int, int] | None = None
) -> Iterator[Stream]:
    """Open a source, to read its decompressed bytes.

    Args:
        source: the file.
        stdin: what to read for '-'; standard input unless given.
        stretch: the first byte, and the one after the last, of a file that is not compressed; None for all bytes.

    Raises:
        InputError: the file does not exist or may not be read.
    """
    if source.path is None:
        yield Stream(source, stdin or sys.stdin.buffer)
        return
    try:
        if source.compression == "zstd" and source.regular and source.hear is None:
            import pyarrow as pa

            file = pa.OSFile(os.fspath(source.path))  # a Python file would make pyarrow's thread wait for ours
        else:
            file = Path(source.path).open("rb")  # noqa: SIM115 - closed below; only the opening is guarded here
    except OSError as error:
        raise InputError(f"{source.name}: cannot be opened: {error.strerror}.") from error
    with file:
        stored: object = _Stretch(file, stretch) if stretch else _Heard(file, source.hear) if source.hear else file
        yield Stream(source, cast(BinaryIO, stored))
