"""Parquet (.parquet, .pq): only the needed columns, some rows at a time.

Lists and structs become text by the same rules as in JSON. Times are written as ISO 8601, numbers as they are. A row
whose text is not UTF-8 is rejected. Extra columns keep their own type. There are rows, but no lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from polars.exceptions import PolarsError

from copydesk.errors import InputError, NoArticlesError
from copydesk.model.article import candidates
from copydesk.model.chunk import Chunk, Rejected
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.json_values import UnreadableError, as_text, unwrap
from copydesk.readers.fields.paths import key_of, value_of
from copydesk.readers.files.compression import MOST_TIMES, UNWATCHED, Stream, with_places

__all__ = ["articles_of", "read", "sample_of"]

_MOST_ROWS = 1 << 17
_SAMPLED = 200


def read(stream: Stream, wanted: Wanted, chunk_bytes: int, groups: tuple[int, int] | None = None) -> Iterator[Chunk]:
    """Read a Parquet file in chunks that hold about chunk_bytes of the needed columns.

    Args:
        stream: the file.
        wanted: the columns.
        chunk_bytes: how much a chunk holds.
        groups: the first row group to read, and the one after the last; None for all.

    Raises:
        NoArticlesError: the file holds no rows.
        InputError: the file is cut short, damaged, or not Parquet.
        MappingError: no column holds the body, or a mapped or extra one is not there.
    """
    with with_places(stream) as file:
        try:
            yield from _read(pq.ParquetFile(file, pre_buffer=False), stream, wanted, chunk_bytes, groups)
        # ValueError: a column name that is not UTF-8. KeyError: two columns of one name.
        except (pa.ArrowException, PolarsError, OSError, OverflowError, ValueError, KeyError) as error:
            raise InputError(
                f"{stream.name}: expected a Parquet file, got one that is damaged, cut short or not Parquet"
                f" ({str(error).strip().splitlines()[0]}). Fetch or write the file again."
            ) from error


def _read(
    file: pq.ParquetFile, stream: Stream, wanted: Wanted, chunk_bytes: int, groups: tuple[int, int] | None
) -> Iterator[Chunk]:
    total = file.metadata.num_rows
    if not total:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected rows, got none.")
    columns = wanted.find(
        file.schema_arrow.names, stream.name, sample_of(file.schema_arrow, wanted, partial(_first, file))
    )
    rows = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
    if sum(rows) != total:
        raise ValueError(f"it says that it has {total} rows, and its row groups have {sum(rows)}")
    first, last = groups or (0, len(rows))
    notes = columns.notes
    row = sum(rows[:first])
    reported = stream.source.bytes * row // total
    for group in range(first, last):
        _expect_text(file.metadata.row_group(group), stream)
        size = _rows_in(chunk_bytes, file.metadata.row_group(group))
        for batch in file.iter_batches(size, row_groups=[group], columns=columns.keys):
            articles, rejected = articles_of(batch, columns, row)
            row += batch.num_rows
            stored = stream.source.bytes * row // total
            yield Chunk(articles, rejected, dict(columns.fields), stored - reported, notes)
            reported, notes = stored, ()
        if row != sum(rows[: group + 1]):
            read = row - sum(rows[:group])
            raise ValueError(f"row group {group} says that it has {rows[group]} rows, and {read} can be read")


def _expect_text(group: pq.RowGroupMetaData, stream: Stream) -> None:
    """Raise an InputError if the pages of a row group are so much larger than the file that they are no text."""
    size, stored = int(group.total_byte_size), stream.source.bytes
    if size > UNWATCHED and stored and size > MOST_TIMES * stored:
        raise InputError(
            f"{stream.name}: expected text, got a row group of {size:,} bytes, which is more than {MOST_TIMES:,} times"
            " larger than its file. Write the file again without compression, if it is what you mean to check."
        )


def _first(file: pq.ParquetFile, columns: list[str]) -> pa.RecordBatch | None:
    return next(iter(file.iter_batches(_SAMPLED, row_groups=[0], columns=columns)), None)


def sample_of(
    schema: pa.Schema, wanted: Wanted, first: Callable[[list[str]], pa.RecordBatch | None]
) -> list[dict[str, Any]]:
    """Return the first rows, where the names of the columns alone do not say what is what; else none.

    Args:
        schema: the columns.
        wanted: what is wanted of them.
        first: reads some of the first rows, of the columns of these names: those that may hold a field.
    """
    known = candidates(schema.names, {})
    nested = [column.name for column in schema if pa.types.is_nested(column.type)]
    asked = list(dict.fromkeys([*nested, *(c for some in known.values() for c in some), *wanted.named]))
    is_plain = all(len(some) < 2 for some in known.values()) and not nested and known["body"]
    if is_plain and not any(name.lower() == "name" for name in schema.names):
        return []
    if not known["body"]:
        asked = schema.names
    columns = [name for name in dict.fromkeys(asked) if schema.names.count(name) == 1]
    batch = first(columns)
    if batch is None:
        return []
    return [{k: _plain(v) for k, v in row.items()} for row in _values(batch.slice(0, _SAMPLED).select(columns))]


def _values(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    try:
        return list(batch.to_pylist())
    except (UnicodeDecodeError, pa.ArrowException, ValueError):  # such rows are rejected when they are read
        return []


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: text for bytes, times and all else that JSON has not."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if value is None or isinstance(value, str | bool | int | float | list | dict) else str(value)


def _rows_in(chunk_bytes: int, group: pq.RowGroupMetaData) -> int:
    """Return how many rows of a row group have about chunk_bytes.

    Columns that are not needed count, too. To ask for the size of a single column can end the process, if the file is
    damaged there.
    """
    return max(1, min(_MOST_ROWS, chunk_bytes * int(group.num_rows) // max(int(group.total_byte_size), 1)))


def articles_of(batch: pa.RecordBatch, columns: Columns, before: int) -> tuple[pl.DataFrame, list[Rejected]]:
    """Make articles of a batch; `before` is how many rows of the file are before it.

    pyarrow reads text that is not UTF-8, so that each value is checked here.
    """
    batch = _binary_as_text(batch, columns)
    rejected = []
    rows = pl.int_range(before + 1, before + 1 + batch.num_rows, eager=True)
    reason = _fault(batch)
    if reason:
        faults = [_fault(batch.slice(number, 1)) for number in range(batch.num_rows)]
        rejected = [
            Rejected(columns.file, None, f"row {before + number}: {fault}")
            for number, fault in enumerate(faults, 1)
            if fault
        ]
        if not rejected:
            raise pa.ArrowInvalid(reason)
        good = [fault is None for fault in faults]
        rows = rows.filter(pl.Series(good))
        batch = batch.take(pa.array([number for number, is_good in enumerate(good) if is_good], pa.int64()))
    own = pl.DataFrame({name: pl.Series(pl.from_arrow(batch.column(name))) for name in columns.keys})
    wrong: dict[int, str] = {}
    texts = []
    for name, form in columns.forms().items():
        series, bad = _text(own[name], *form) if name in own.columns else _text_at(own, name, *form)
        texts.append(series)
        wrong |= {place: f"{name}: {fault}" for place, fault in bad.items()}
    text = pl.DataFrame(texts)
    if wrong:
        rejected += [Rejected(columns.file, None, f"row {rows[place]}: {wrong[place]}") for place in sorted(wrong)]
        rejected.sort(key=lambda each: int(each.reason.split(":", 1)[0].removeprefix("row ")))
        is_good = ~pl.int_range(len(rows), eager=True).is_in(list(wrong))
        text, own, rows = text.filter(is_good), own.filter(is_good), rows.filter(is_good)
    return columns.frame(text, rows, None, own=own), rejected


_Faults = dict[int, str]


def _text_at(own: pl.DataFrame, path: str, separator: str, kind: str) -> tuple[pl.Series, _Faults]:
    """Return what a path leads to in a column of objects, as text."""
    key = key_of(path)
    return _texts(path, [value_of({key: value}, path) for value in own[key].to_list()], separator, kind)


def _texts(name: str, values: list[Any], separator: str, kind: str) -> tuple[pl.Series, _Faults]:
    """Return values as text, and those by their place that a text was expected of, and none is known in."""
    texts: list[str | None] = []
    faults = {}
    for place, value in enumerate(values):
        try:
            texts.append(
                as_text(value, separator=separator)
                if kind == "extra"
                else unwrap(value, separator=separator, names=kind == "name")
            )
        except UnreadableError as error:
            texts.append(None)
            if kind == "text":  # in other fields an object without a name is none
                faults[place] = f"{error}. Say which with --map, as {name}.KEY"
    return pl.Series(name, texts, dtype=pl.String), faults


def _binary_as_text(batch: pa.RecordBatch, columns: Columns) -> pa.RecordBatch:
    """Read binary columns of fields as text, which older writers store so. Whether it is UTF-8 is checked later."""
    for place, column in enumerate(batch.schema):
        if column.name in columns.fields.values():
            if pa.types.is_binary(column.type):
                batch = batch.set_column(place, column.name, batch.column(place).view(pa.utf8()))
            elif pa.types.is_large_binary(column.type):
                batch = batch.set_column(place, column.name, batch.column(place).view(pa.large_utf8()))
    return batch


def _fault(batch: pa.RecordBatch) -> str | None:
    """Return what is wrong with the values of a batch, such as text that is not UTF-8; None if nothing is."""
    try:
        batch.validate(full=True)
    except pa.ArrowInvalid as error:
        return str(error)
    return None


def _text(series: pl.Series, separator: str, kind: str) -> tuple[pl.Series, _Faults]:
    """Return a column as text, by the same rules as JSON, and the faults of its values, see `_texts`."""
    dtype = series.dtype
    if (dtype.is_nested() and dtype != pl.List(pl.String)) or dtype.is_float():
        return _texts(series.name, series.to_list(), separator, kind)
    if dtype == pl.List(pl.String):
        return series.list.join(separator, ignore_nulls=True), {}
    if dtype.is_temporal() and dtype != pl.Duration:
        return series.dt.to_string("iso:strict"), {}
    return series if dtype == pl.String else series.cast(pl.String), {}
