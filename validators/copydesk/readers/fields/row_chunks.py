"""Records as Python objects, made into chunks: for readers whose library gives one record after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

import polars as pl

from copydesk.errors import NoArticlesError
from copydesk.model.chunk import Chunk, Note, Rejected
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.json_values import UnreadableError, as_object
from copydesk.readers.fields.records import Records
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.rejections import expect_articles

__all__ = ["Filling", "Record", "chunks_of", "with_all_bytes"]

#: Columns are recognised in these first records alone, so that the size of chunks changes nothing.
_PROBE_RECORDS = 1000
_PROBE_CHARACTERS = 32 << 20

#: What a record costs beside its text, so that a chunk of empty records ends, too.
_EACH = 64


class Record(NamedTuple):
    """A record: its values by column, or why it cannot be read; its line from 1, if there are lines; its characters."""

    value: Mapping[str, Any] | UnreadableError
    line: int | None = None
    size: int = 0


def chunks_of(
    records: Iterator[Record], stream: Stream, wanted: Wanted, chunk_bytes: int, *, expected: str
) -> Iterator[Chunk]:
    """Make chunks for about chunk_bytes characters. The columns come from the first records that can be read.

    Args:
        records: all records of the file, in order.
        stream: the file.
        wanted: the columns.
        chunk_bytes: how much a chunk holds.
        expected: what the file should hold, for the error where it holds nothing: "a table with rows".

    Raises:
        NoArticlesError: there is no record.
        MappingError: no column holds the body, or a mapped or extra one is not there.
    """
    probe: list[Record] = []
    keys: dict[str, None] | None = None
    size = 0
    for record in records:
        probe.append(record)
        size += record.size + _EACH
        if not isinstance(record.value, UnreadableError):
            keys = keys or {}
            keys.update(dict.fromkeys(record.value))
        if keys is not None and (len(probe) >= _PROBE_RECORDS or size >= _PROBE_CHARACTERS):
            break
    if not probe:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected {expected}, got none.")
    objects = [record.value for record in probe if not isinstance(record.value, UnreadableError)]
    columns = Columns(stream.name, {}) if keys is None else wanted.find(keys, stream.name, objects)
    filling = Filling(columns, columns.notes)
    for row, record in enumerate(chain(probe, records), 1):
        filling.add(row, record)
        if filling.size >= chunk_bytes:
            yield filling.close(stream.stored())
            filling = Filling(columns)
    yield filling.close(stream.stored())


def with_all_bytes(chunks: Iterator[Chunk], stream: Stream) -> Iterator[Chunk]:
    """Yield the chunks; the last one stands for all bytes of the file that no other stands for."""
    last: Chunk | None = None
    told = 0
    for chunk in chunks:
        if last is not None:
            told += last.bytes
            yield last
        last = chunk
    if last is not None:
        yield replace(last, bytes=max(0, stream.source.bytes - told))


class Filling:
    """The records of a chunk, before it is made."""

    def __init__(self, columns: Columns, notes: tuple[Note, ...] = ()) -> None:
        self.columns = columns
        self.notes = notes
        self.records = Records(columns)
        self.values: list[list[str | None]] = []
        self.rows: list[int] = []
        self.lines: list[int | None] = []
        self.rejected: list[Rejected] = []
        self.size = 0

    def add(self, row: int, record: Record) -> None:
        """Add a record, or reject it."""
        self.size += record.size + _EACH
        try:
            self.values.append(self.records.texts(as_object(record.value)))
        except UnreadableError as error:
            reason = str(error) if record.line else f"row {row}: {error}"
            self.rejected.append(Rejected(self.columns.file, record.line, reason))
            expect_articles(self.rejected, len(self.rows) + len(self.rejected))
        else:
            self.rows.append(row)
            self.lines.append(record.line)

    def close(self, stored: int) -> Chunk:
        """Make the chunk; `stored` is how many bytes of the file it comes from."""
        values = pl.DataFrame(self.values, schema=dict.fromkeys(self.columns.needed, pl.String), orient="row")
        articles = self.columns.frame(
            values, pl.Series(self.rows, dtype=pl.Int64), pl.Series(self.lines, dtype=pl.Int64)
        )
        return Chunk(articles, self.rejected, dict(self.columns.fields), stored, self.notes)
