"""Frames in memory: pandas, polars, Arrow, Hugging Face datasets, and lists of dictionaries.

None of these libraries is imported to recognise a frame. Values become text by the same rules as in Parquet, or in JSON
for a list. `row` is the place in the frame, from 1. Where a pandas frame has no column for the id, its own index is it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import pyarrow as pa

from copydesk.errors import InputError, NoArticlesError
from copydesk.lazy import pl
from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.json_values import UnreadableError, as_text
from copydesk.readers.fields.row_chunks import Record, chunks_of
from copydesk.readers.files.source import Source
from copydesk.readers.tables.parquet import articles_of, sample_of

__all__ = ["read_frame"]

#: No batch has more rows, whatever the size of its columns.
_MOST_ROWS = 1 << 16

#: How many of the first rows say what the columns hold, where their names do not.
_SAMPLED = 200


class _Frame:
    """A source without bytes, for what asks a stream for its name."""

    def __init__(self, source: Source) -> None:
        self.source, self.name = source, source.name

    def stored(self) -> int:
        """Return 0: nothing is stored."""
        return 0


def read_frame(source: Source, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the articles of a frame, a chunk for about chunk_bytes.

    Raises:
        ArgumentError: it is a set of frames, or no frame.
        NoArticlesError: it has no rows.
        InputError: two columns have one name, or its values cannot be read.
        MappingError: no column holds the body, or a mapped or extra one is not there.
    """
    frame = source.frame
    if isinstance(frame, list):
        yield from _of_list(frame, source, wanted, chunk_bytes)
        return
    try:
        names = _names(frame)
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(f"{source.name}: the column {twice!r} is there {names.count(twice)} times. Rename one.")
        frame, first = _first(frame, names)
        sample = [] if first is None else sample_of(first.schema, wanted, first.select)
        columns, index = _columns(frame, names, source, wanted, sample)
        row, notes = 0, columns.notes
        for batch in _batches(frame, columns.keys, index):
            rows = max(1, min(_MOST_ROWS, chunk_bytes * batch.num_rows // max(batch.nbytes, 1)))
            for first in range(0, batch.num_rows, rows):
                articles, rejected = articles_of(batch.slice(first, rows), columns, row)
                row += len(articles) + len(rejected)
                yield Chunk(articles, rejected, dict(columns.fields), notes=notes)
                notes = ()
    except (pa.ArrowException, OverflowError) as error:
        raise InputError(f"{source.name}: the frame cannot be read ({error}).") from error
    if not row:
        raise NoArticlesError(f"{source.name}: holds no articles: expected rows, got none.")


def _of_list(records: list[Any], source: Source, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    def each() -> Iterator[Record]:
        for record in records:
            if isinstance(record, Mapping):
                value = {str(key): value for key, value in record.items()}
                yield Record(value, None, sum(len(v) for v in value.values() if isinstance(v, str)))
            else:
                yield Record(UnreadableError(f"expected a dictionary, got {type(record).__name__}"))

    yield from chunks_of(each(), _Frame(source), wanted, chunk_bytes, expected="dictionaries")  # type: ignore[arg-type]


def _names(frame: Any) -> list[str]:
    if hasattr(frame, "collect_schema"):  # polars
        return list(frame.collect_schema().names())
    if _is_pandas(frame):
        return [str(name) for name in frame.columns]
    if hasattr(frame, "schema"):  # pyarrow
        return list(frame.schema.names)
    return list(frame.column_names)


def _is_pandas(frame: object) -> bool:
    return type(frame).__module__.partition(".")[0] == "pandas"


def _first(frame: Any, names: list[str]) -> tuple[Any, pa.RecordBatch | None]:
    """Return the frame, and its first rows; None where it has none, or is read but once and by others."""
    if _is_pandas(frame):
        return frame, _of_pandas(frame.head(_SAMPLED), names, None)
    if isinstance(frame, pl.DataFrame | pl.LazyFrame):
        frame_rows = frame.head(_SAMPLED).lazy().collect().to_arrow()
        return frame, next(iter(frame_rows.to_batches()), None)
    if isinstance(frame, pa.RecordBatch):
        return frame, frame.slice(0, _SAMPLED)
    if isinstance(frame, pa.Table):
        return frame, next(iter(frame.slice(0, _SAMPLED).to_batches()), None)
    if isinstance(frame, pa.RecordBatchReader):
        first = next(iter(frame), None)
        if first is None:
            return frame, None
        return pa.RecordBatchReader.from_batches(frame.schema, chain([first], frame)), first
    table = next(iter(frame.with_format("arrow").iter(_SAMPLED)), None)
    return frame, None if table is None else next(iter(table.to_batches()), None)


def _columns(
    frame: Any, names: list[str], source: Source, wanted: Wanted, sample: list[dict[str, Any]]
) -> tuple[Columns, str | None]:
    """Return the columns to read, and the name under which the index of a pandas frame is one of them."""
    columns = wanted.find(names, source.name, sample)
    if not _is_pandas(frame) or "id" in columns.fields or type(frame.index).__name__ == "RangeIndex":
        return columns, None
    name = next(name for name in ("index", "index of the frame", "its index") if name not in names)
    return replace(columns, fields={"id": name, **columns.fields}), name


def _batches(frame: Any, needed: list[str], index: str | None) -> Iterable[pa.RecordBatch]:
    """Yield the needed columns of a frame, some rows at a time."""
    if _is_pandas(frame):
        return (
            _of_pandas(frame.iloc[first : first + _MOST_ROWS], needed, index)
            for first in range(0, len(frame), _MOST_ROWS)
        )
    if isinstance(frame, pl.LazyFrame):
        parts = frame.select(needed).collect_batches(chunk_size=_MOST_ROWS, maintain_order=True)
        return (batch for part in parts for batch in part.to_arrow().to_batches())
    if isinstance(frame, pl.DataFrame):
        batches: Iterable[pa.RecordBatch] = frame.select(needed).to_arrow().to_batches(_MOST_ROWS)
        return batches
    if isinstance(frame, pa.RecordBatch):
        return iter([frame.select(needed)])
    if isinstance(frame, pa.Table):
        whole: list[pa.RecordBatch] = frame.select(needed).to_batches(_MOST_ROWS)
        return whole
    if isinstance(frame, pa.RecordBatchReader):
        return (batch.select(needed) for batch in frame)
    tables = frame.select_columns(needed) if hasattr(frame, "select_columns") else frame
    return (
        batch.select(needed)
        for table in tables.with_format("arrow").iter(_MOST_ROWS // 16)
        for batch in table.to_batches()
    )


def _of_pandas(frame: Any, needed: list[str], index: str | None) -> pa.RecordBatch:
    places = {str(name): place for place, name in enumerate(frame.columns)}
    arrays = []
    for name in needed:
        values = frame.index.to_frame(index=False).squeeze("columns") if name == index else frame.iloc[:, places[name]]
        if name == index and getattr(values, "ndim", 1) > 1:  # an index of several levels
            values = values.astype(str).agg("/".join, axis="columns")
        try:
            array = pa.Array.from_pandas(values)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):  # values of several types
            array = pa.array([_text_of(value) for value in values], pa.string())
        arrays.append(array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array)
    return pa.RecordBatch.from_arrays(arrays, names=needed)


def _text_of(value: object) -> str | None:
    if value is None or value != value:  # NaN and NaT
        return None
    known = isinstance(value, (str, bool, int, float, list, dict))
    return as_text(value) if known else str(value)
