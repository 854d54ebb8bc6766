"""Arrow IPC (.arrow, .feather): the files that Arrow, Feather and Hugging Face's `save_to_disk` write.

Both forms of Arrow are read: the file with a footer, and the stream, which `save_to_disk` writes. A stream must end
with its end mark, else batches may be missing. Values become text by the same rules as in Parquet. There are rows, but
no lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

import pyarrow as pa
from polars.exceptions import PolarsError

from copydesk.errors import InputError, NoArticlesError
from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.row_chunks import with_all_bytes
from copydesk.readers.files.compression import Stream, with_places
from copydesk.readers.tables.parquet import articles_of, sample_of

__all__ = ["chunks_of_batches", "read"]

_MAGIC, _FEATHER_1 = b"ARROW1", b"FEA1"

#: How a stream ends: the mark of a message, and its length, 0. Before Arrow 0.15 there was the length alone.
_ENDS = (b"\xff\xff\xff\xff\0\0\0\0", b"\0\0\0\0")

#: No chunk has more rows, whatever the size of its columns.
_MOST_ROWS = 1 << 17


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read an Arrow file in chunks that hold about chunk_bytes of the needed columns.

    Raises:
        NoArticlesError: the file holds no rows.
        InputError: the file is cut short, damaged, or not Arrow.
        MappingError: no column holds the body, or a mapped or extra one is not there.
    """
    with with_places(stream) as file:
        try:
            yield from with_all_bytes(_read(file, stream, wanted, chunk_bytes), stream)
        # What pyarrow and polars raise for damaged data. ValueError: a column name that is not UTF-8.
        except (pa.ArrowException, PolarsError, OSError, OverflowError, ValueError, KeyError, MemoryError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise InputError(
                f"{stream.name}: expected an Arrow file, got one that is damaged, cut short or not Arrow"
                f" ({reason}). Fetch or write the file again."
            ) from error


def _read(file: IO[bytes] | str, stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    with pa.memory_map(file) if isinstance(file, str) else pa.PythonFile(file, "r") as data:
        size = data.size()
        head = data.read(len(_MAGIC))
        if head.startswith(_FEATHER_1):
            raise ValueError("it is Feather of version 1: write it again with pyarrow.feather.write_feather")
        if head != _MAGIC:
            _see_that_it_ends(data, size)
        data.seek(0)
        if head == _MAGIC:
            reader = pa.ipc.open_file(data)
            batches: Iterator[pa.RecordBatch] = map(reader.get_batch, range(reader.num_record_batches))
        else:
            reader = pa.ipc.open_stream(data)
            batches = iter(reader)
        first = next(batches, None)
        sample = sample_of(reader.schema, wanted, lambda _: first)
        columns = wanted.find(reader.schema.names, stream.name, sample)
        batches = chain([] if first is None else [first], batches)
        _see_that_names_differ(reader.schema, columns)
        yield from chunks_of_batches(batches, columns, stream, chunk_bytes)


def _see_that_it_ends(data: Any, size: int) -> None:
    data.seek(max(0, size - len(_ENDS[0])))
    end = data.read()
    if size < len(_ENDS[0]) or not end.endswith(_ENDS):
        raise ValueError("a stream without its end mark")


def _see_that_names_differ(schema: pa.Schema, columns: Columns) -> None:
    for name in columns.keys:
        if schema.names.count(name) > 1:
            raise ValueError(f"the column {name!r} is there {schema.names.count(name)} times")


def chunks_of_batches(
    batches: Iterator[pa.RecordBatch], columns: Columns, stream: Stream, chunk_bytes: int
) -> Iterator[Chunk]:
    """Make chunks of record batches.

    Raises:
        NoArticlesError: there is no row.
        pa.ArrowException: a batch is damaged.
    """
    row = 0
    notes = columns.notes
    for batch in batches:
        needed = batch.select(columns.keys)
        needed.validate()  # or to ask for its size could read beyond its memory
        rows = max(1, min(_MOST_ROWS, chunk_bytes * needed.num_rows // max(needed.nbytes, 1)))
        for first in range(0, needed.num_rows, rows):
            some = needed.slice(first, rows)
            articles, rejected = articles_of(some, columns, row)
            row += some.num_rows
            yield Chunk(articles, rejected, dict(columns.fields), notes=notes)
            notes = ()
    if not row:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected rows, got none.")
