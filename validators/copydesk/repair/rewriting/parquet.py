"""Parquet written again, a row group at a time: the same schema, metadata, row groups and compression.

pyarrow writes the pages anew. So a file that it wrote with its own settings comes out the same where nothing changes;
of others the values are the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.readers.files.compression import Stream
from copydesk.repair.articles import Repaired
from copydesk.repair.edits import Edit, apply
from copydesk.repair.rewriting.pieces import Queue, Record, RefusedError, checked

__all__ = ["Changes", "changes_of", "edited_items", "rewrite_groups", "values_of"]

_COPY_BYTES = 4 << 20

#: Names of compressions that pyarrow reads, and takes under another one.
_CODECS = {"UNCOMPRESSED": "NONE"}

#: New values by column, then by the number of the row in its group, from 0.
Changes = Mapping[str, Mapping[int, Any]]


def values_of(table: pa.Table, row: int, repaired: Repaired) -> dict[str, tuple[Any, Any]]:
    """Return for each column that changes the value that a row has, and the one that it gets.

    Raises:
        RefusedError: a column has neither text nor lists of text.
    """
    values: dict[str, tuple[Any, Any]] = {}
    for field, edits in repaired.edits.items():
        column = repaired.columns[field]
        value = table.column(column)[row].as_py()
        value = value.decode() if isinstance(value, bytes) else value
        if isinstance(value, str):
            checked(repaired, field, value)
            values[column] = value, apply(value, edits)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            checked(repaired, field, "\n".join(value))
            values[column] = value, edited_items(value, edits)
        else:
            raise RefusedError("the field lies in a nested value")
    return values


def edited_items(items: list[str], edits: list[Edit]) -> list[str]:
    """Return a list of paragraphs with edits made, which are of the text with a line end between the items."""
    text = "\n".join(items)
    marks, place = [], 0
    for item in items[:-1]:
        place += len(item)
        marks.append(place)
        place += 1
    kept = [m for m in marks if not any(e.start <= m < e.end for e in edits)]
    new, begins = [], 0
    for end in [*kept, len(text)]:
        own = [Edit(e.start - begins, e.end - begins, e.new) for e in edits if begins <= e.start and e.end <= end]
        new.append(apply(text[begins:end], own))
        begins = end + 1
    return new


def rewrite_groups(
    stream: Stream, target: Path | None, change: Callable[[pa.Table, int], Iterator[tuple[Changes, Record | None]]]
) -> Iterator[Record]:
    """Write a file again; yield the records that `change` gives.

    Args:
        stream: the file.
        target: where it is written; None to write nothing.
        change: is given each row group and the number of rows before it; yields new values.
    """
    with _seekable(stream) as source:
        file = pq.ParquetFile(source)
        writer = None if target is None else pq.ParquetWriter(target, file.schema_arrow, **_settings(file))
        before = 0
        for group in range(file.num_row_groups):
            table = file.read_row_group(group)
            changes: dict[str, dict[int, Any]] = {}
            for some, record in change(table, before):
                for column, values in some.items():
                    changes.setdefault(column, {}).update(values)
                if record is not None:
                    yield record
            before += table.num_rows
            for column, values in changes.items():
                table = _with_values(table, column, values)
            if writer is not None:
                writer.write_table(table, row_group_size=max(1, table.num_rows))
        if writer is not None:
            writer.close()


def changes_of(table: pa.Table, before: int, articles: Queue) -> Iterator[tuple[Changes, Record | None]]:
    """Yield what repairs change in a row group, as `rewrite_groups` asks for it."""
    while (repaired := articles.peek()) is not None and repaired.row <= before + table.num_rows:
        articles.take(repaired.row)
        row = repaired.row - before - 1
        try:
            values = values_of(table, row, repaired)
        except (RefusedError, LookupError, ValueError) as refused:
            reason = str(refused) if isinstance(refused, RefusedError) else "the record was not found"
            yield {}, Record(repaired, (), reason)
            continue
        was = {column: old for column, (old, _) in values.items()}
        yield {column: {row: new} for column, (_, new) in values.items()}, Record(repaired, (), values=was)


def _with_values(table: pa.Table, column: str, values: Mapping[int, Any]) -> pa.Table:
    """Return a table with other values in some rows of a column, of the same type."""
    place = table.schema.get_field_index(column)
    field, chunks, first = table.schema.field(place), [], 0
    for chunk in table.column(place).chunks:
        own = {row - first: value for row, value in values.items() if first <= row < first + len(chunk)}
        if own:
            items = chunk.to_pylist()
            for row, value in own.items():
                items[row] = value.encode() if isinstance(items[row], bytes) else value
            chunk = pa.array(items, field.type)
        chunks.append(chunk)
        first += len(table.column(place).chunks[len(chunks) - 1])
    return table.set_column(place, field, pa.chunked_array(chunks, field.type))


def _settings(file: pq.ParquetFile) -> dict[str, Any]:
    """Return how a file was written, as far as it says so."""
    metadata = file.metadata
    if not metadata.num_row_groups:
        return {}
    columns = [metadata.row_group(0).column(n) for n in range(metadata.num_columns)]
    names = [column.path_in_schema for column in columns]
    return {
        "compression": {n: _CODECS.get(c.compression, c.compression) for n, c in zip(names, columns, strict=True)},
        "use_dictionary": [n for n, c in zip(names, columns, strict=True) if c.has_dictionary_page],
        "write_statistics": [n for n, c in zip(names, columns, strict=True) if c.is_stats_set],
        "version": metadata.format_version,
        "store_schema": b"ARROW:schema" in (metadata.metadata or {}),
    }


def _seekable(stream: Stream) -> IO[bytes]:
    """Return the file, or a copy of it on disk where it is compressed."""
    source = stream.source
    if source.compression is None and source.path is not None:
        return source.path.open("rb")
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - whoever calls this closes it
    while data := stream.read(_COPY_BYTES):
        copy.write(data)
    copy.seek(0)
    return copy
