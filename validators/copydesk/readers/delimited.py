r"""Comma and tab separated values (.csv, .tsv), with a header line, as RFC 4180 writes them.

- Fields in double quotes may hold separators, line ends and doubled quotes, which are kept as they are. A line ends
  with \n, \r\n or \r. Blank lines between records are skipped.
- A row is rejected if it has more or fewer fields than the header, a quote that is never closed, or text after a
  closing quote: its meaning could only be guessed.
- An empty field is an empty text, not null: the format cannot tell them apart.
- A .csv file whose header has no comma is read with the separator that the header has: semicolon, tab or bar.
- A row with bytes that are not UTF-8 is rejected. NUL is kept. A field holds at most 128 MiB.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import polars as pl

from copydesk.errors import InputError, NoArticlesError
from copydesk.model.chunk import Chunk, Rejected
from copydesk.readers.columns import Columns, Wanted
from copydesk.readers.compression import Stream
from copydesk.readers.encodings import not_utf8
from copydesk.readers.json_values import clean

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["lines_of", "read", "separator_of"]

_LONGEST_FIELD = 128 << 20
_SEPARATORS = ";\t|"


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read separated values, a chunk for about chunk_bytes characters.

    This raises csv.field_size_limit for the whole process: there is no other way to set it.

    Raises:
        NoArticlesError: the file is empty, or holds nothing but a header.
        InputError: the file is cut short or UTF-16, or its header cannot be read.
        MappingError: no column holds the body, or a mapped or extra one is not there.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    stream.start_text()
    lines = lines_of(stream)
    # Strict: otherwise a stray quote would join records without a word.
    records = _Records(csv.reader(lines, delimiter=separator_of(stream), strict=True), stream.name)
    header = records.read_header()
    chunk = _Chunk(wanted.find(header, stream.name), header)
    for line, record in records:
        chunk.add(records.row, line, record)
        if chunk.size >= chunk_bytes:
            yield chunk.close(stream.stored())
            chunk = _Chunk(chunk.columns, header)
    if not records.row:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected records after the header, got none.")
    yield chunk.close(stream.stored())


def lines_of(stream: Stream) -> io.TextIOWrapper:
    """Return the lines of a file as the reader takes them."""
    # Line ends are kept, for the quoted fields. Bytes that are not UTF-8 become lone surrogates.
    buffered = io.BufferedReader(_Raw(stream), 1 << 20)
    return io.TextIOWrapper(buffered, encoding="utf-8", errors="surrogateescape", newline="")


def separator_of(stream: Stream) -> str:
    """Return what separates the fields of the header line."""
    if stream.source.format == ".tsv":
        return "\t"
    head = stream.read(64 << 10)
    stream.unread(head)
    line = head.splitlines()[0].decode(errors="replace") if (head := head.lstrip(b"\r\n")) else ""
    if "," in line:
        return ","
    best = max(_SEPARATORS, key=line.count)
    return best if best in line else ","


class _Raw(io.RawIOBase):
    """A stream in the form that Python's text layer reads."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        return self._stream.readinto(memoryview(buffer))


class _Records:
    """The records of a file, with the line that each starts on. A malformed record is replaced by the reason."""

    def __init__(self, reader: Any, name: str) -> None:
        self.reader = reader
        self.name = name
        self.row = 0

    def read_header(self) -> list[str]:
        """Read the header."""
        for line, record in self:
            self.row = 0
            if isinstance(record, str):
                raise InputError(f"{self.name}: line {line}: expected a header, got {record}.")
            return [clean(name) for name in record]
        raise NoArticlesError(f"{self.name}: holds no articles: expected a header and records, got an empty file.")

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        while True:
            line = self.reader.line_num + 1
            record: list[str] | str
            try:
                record = next(self.reader)
            except StopIteration:
                return
            except csv.Error as error:
                record = _reason(error)
            if record:
                self.row += 1
                yield line, record


def _reason(error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return "a quoted field that is never closed: it takes in everything up to the end of the file"
    return f"not a valid record: {error}"


class _Chunk:
    """The records of a chunk, before it is made."""

    def __init__(self, columns: Columns, header: list[str]) -> None:
        self.columns = columns
        self.width = len(header)
        places = [header.index(column) for column in columns.needed]
        # itemgetter of a single place returns no tuple, so that one place is given twice.
        self.pick = itemgetter(*places, places[0])
        self.records: list[list[str]] = []
        self.rows: list[int] = []
        self.lines: list[int] = []
        self.rejected: list[Rejected] = []
        self.size = 0

    def add(self, row: int, line: int, record: list[str] | str) -> None:
        """Add a record, or reject it."""
        if isinstance(record, str):
            self._reject(line, record)
        elif len(record) != self.width:
            self._reject(line, f"expected {self.width} fields as in the header, got {len(record)}")
        else:
            self.size += sum(map(len, record)) + self.width
            self.records.append(self.pick(record))
            self.rows.append(row)
            self.lines.append(line)

    def close(self, stored: int) -> Chunk:
        """Make the chunk; `stored` is how many bytes of the file it comes from."""
        try:
            values = self._values()
        except UnicodeEncodeError:
            self._reject_not_utf8()
            values = self._values()
        articles = self.columns.frame(
            values, pl.Series(self.rows, dtype=pl.Int64), pl.Series(self.lines, dtype=pl.Int64)
        )
        return Chunk(articles, self.rejected, dict(self.columns.fields), stored)

    def _values(self) -> pl.DataFrame:
        return pl.DataFrame(
            {
                column: pl.Series([record[number] for record in self.records], dtype=pl.String)
                for number, column in enumerate(self.columns.needed)
            }
        )

    def _reject_not_utf8(self) -> None:
        readable = []
        for number, record in enumerate(self.records):
            try:
                (text := "".join(record)).encode()
                readable.append(number)
            except UnicodeEncodeError:
                self._reject(self.lines[number], not_utf8(text.encode(errors="surrogateescape")))
        self.records = [self.records[number] for number in readable]
        self.rows = [self.rows[number] for number in readable]
        self.lines = [self.lines[number] for number in readable]
        self.rejected.sort(key=lambda rejected: rejected.line or 0)

    def _reject(self, line: int, reason: str) -> None:
        self.size += len(reason)
        self.rejected.append(Rejected(self.columns.file, line, reason))
