r"""Comma and tab separated values (.csv, .tsv), with a header line, as RFC 4180 writes them.

- Fields in double quotes may hold separators, line ends and doubled quotes, which are kept as they are. A line ends
  with \n, \r\n or \r. Blank lines between records are skipped.
- A row is rejected if it has more or fewer fields than the header, a quote that is never closed, or text after a
  closing quote: its meaning could only be guessed.
- An empty field is an empty text, not null: the format cannot tell them apart.
- How the file is written is found out, see `copydesk.readers.delimited.dialects`; so is what fields stand for, see
  `copydesk.readers.delimited.field_forms`.
- A row with bytes that are not UTF-8 is rejected. NUL is kept. A field holds at most 128 MiB. A line of more
  bytes than `ReadOptions.longest_line` is an error.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import polars as pl

from copydesk.errors import InputError, NoArticlesError
from copydesk.model.chunk import Chunk, Note, Rejected
from copydesk.readers.delimited.blocks import PlainRecords, record_ends
from copydesk.readers.delimited.dialects import Dialect, find_dialect
from copydesk.readers.delimited.field_forms import Forms, find_forms
from copydesk.readers.delimited.headers import expect_width, find_columns, header_fault, is_header, without_header
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.json_values import clean
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.encodings import not_utf8
from copydesk.readers.files.line_limit import LineLimit
from copydesk.readers.files.rejections import expect_articles

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["dialect_of", "lines_of", "read"]

_LONGEST_FIELD = 128 << 20

#: The dialect is found out from the first bytes; columns are recognised by the first records.
_HEAD, _PROBE_RECORDS, _PROBE_CHARACTERS = 256 << 10, 200, 8 << 20


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
    options = stream.source.options
    head, dialect = dialect_of(stream)
    text = head.decode(errors="replace")
    start = _start_of_records(head, dialect) if options.header else None
    lines = lines_of(stream)
    if start is not None:  # the header and the first records are in the head
        records = _Records(dialect.read(_text_lines(text, dialect)), stream.name)
    else:
        if dialect.sep_line:
            lines.readline()
        records = _Records(dialect.read(lines), stream.name, int(dialect.sep_line))
    header = records.read_header() if options.header else None
    probe = records.take(_PROBE_RECORDS, _PROBE_CHARACTERS)
    told: tuple[Note, ...] = ()
    if header is None and probe and isinstance(first := probe[0][1], list) and is_header(first):
        told, probe = (Note(stream.name, "its first line names columns, and is read as no article"),), probe[1:]
    good = [record for _, record in probe if isinstance(record, list)]
    if header is None:
        expect_width(stream.name, good, wanted)
        header = [str(number + 1) for number in range(len(good[0]) if good else 0)]
    elif fault := header_fault(header, wanted.named):
        raise without_header(stream.name, fault, [header, *good])
    sample = [dict(zip(header, record, strict=True)) for record in good if len(record) == len(header)]
    columns = find_columns(header, sample, wanted, stream.name) if probe or header else Columns(stream.name, {})
    forms = find_forms(columns, sample, quoted=dialect.quote is not None)
    notes = (*told, *columns.notes, *(Note(stream.name, text) for text in forms.told))
    before = 0
    if start is not None:
        line = stream.read(start).count(b"\n")
        places = {column: header.index(column) for column in columns.needed}
        plain = PlainRecords(stream, dialect.delimiter, len(header), places, columns, forms)
        for made in plain.chunks(chunk_bytes, line):
            yield replace(made, notes=notes)
            notes = ()
        before, line, probe = plain.rows, line + plain.breaks, []
        records = _Records(dialect.read(lines), stream.name, line)
    chunk = _Chunk(columns, header, forms, notes)
    row = before
    for row, (line, record) in enumerate(chain(probe, records), before + 1):
        chunk.add(row, line, record)
        if chunk.size >= chunk_bytes:
            yield chunk.close(stream.stored())
            chunk = _Chunk(columns, header, forms)
    if not row:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected records after the header, got none.")
    yield chunk.close(stream.stored())


def dialect_of(stream: Stream) -> tuple[bytes, Dialect]:
    """Return the first bytes of a file, which the stream keeps, and how its records are written."""
    head = stream.read(_HEAD)
    stream.unread(head)
    text = head.decode(errors="replace")
    is_whole = len(head) < _HEAD
    return head, find_dialect(text, stream.source.options, suffix=stream.source.format, is_whole=is_whole)


def _start_of_records(head: bytes, dialect: Dialect) -> int | None:
    """Return where the records begin that polars may read; None where csv must read them, or the head has none."""
    if not dialect.is_plain or not dialect.delimiter.isascii():
        return None
    first = head.find(b"\n") + 1 if dialect.sep_line else 0
    ends = record_ends(head[first:])
    return first + int(ends[0]) if len(ends) > 1 and head[first : first + int(ends[0])].strip(b"\r\n") else None


def _text_lines(text: str, dialect: Dialect) -> Iterator[str]:
    """Yield the whole lines of the head, without the one that says the separator."""
    lines = io.StringIO(text[: text.rfind("\n") + 1], newline="")
    if dialect.sep_line:
        lines.readline()
    yield from lines


def lines_of(stream: Stream) -> io.TextIOWrapper:
    """Return the lines of a file as the reader takes them."""
    # Line ends are kept, for the quoted fields. Bytes that are not UTF-8 become lone surrogates.
    buffered = io.BufferedReader(_Raw(stream), 1 << 20)
    return io.TextIOWrapper(buffered, encoding="utf-8", errors="surrogateescape", newline="")


class _Raw(io.RawIOBase):
    """A stream in the form that Python's text layer reads."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._limit = LineLimit(stream.source)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        block = memoryview(buffer)
        size = self._stream.readinto(block)
        self._limit.see(bytes(block[:size]))
        return size


class _Records:
    """The records of a file, with the line that each starts on. A malformed record is replaced by the reason."""

    def __init__(self, reader: Any, name: str, before: int = 0) -> None:
        self.reader = reader
        self.name = name
        self.before = before  # lines that the reader has not seen
        self.row = 0

    def read_header(self) -> list[str]:
        """Read the header."""
        for line, record in self:
            self.row = 0
            if isinstance(record, str):
                raise InputError(f"{self.name}: line {line}: expected a header, got {record}.")
            return [clean(name) for name in record]
        raise NoArticlesError(f"{self.name}: holds no articles: expected a header and records, got an empty file.")

    def take(self, records: int, characters: int) -> list[tuple[int, list[str] | str]]:
        """Take the first records, up to so many and so many characters."""
        taken: list[tuple[int, list[str] | str]] = []
        size = 0
        for line, record in self:
            taken.append((line, record))
            size += sum(map(len, record))
            if len(taken) >= records or size >= characters:
                break
        return taken

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        while True:
            line = self.reader.line_num + 1 + self.before
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

    def __init__(self, columns: Columns, header: list[str], forms: Forms, notes: tuple[Note, ...] = ()) -> None:
        self.columns = columns
        self.forms = forms
        self.notes = notes
        self.width = len(header)
        places = [header.index(column) for column in columns.needed]
        # itemgetter of a single place returns no tuple, so that one place is given twice.
        self.pick = itemgetter(*places, places[0]) if places else tuple
        self.records: list[Sequence[str]] = []
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
        return Chunk(articles, self.rejected, dict(self.columns.fields), stored, self.notes)

    def _values(self) -> pl.DataFrame:
        return pl.DataFrame(
            {
                column: self.forms.apply(
                    column, pl.Series([record[number] for record in self.records], dtype=pl.String)
                )
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
        expect_articles(self.rejected, len(self.rows) + len(self.rejected))
