"""Parts of files, for readers that work side by side. Together they give the rows and lines that one reader gives.

Large files of JSON lines are cut at line ends, and large Parquet files between row groups. All other files are one
part: compressed files, JSON arrays, separated values and texts can only be read from the start.

A part of JSON lines must know how many rows and lines are before it. So `measure_part` counts all parts, side by side,
and `number_parts` adds the counts up. Counting costs as much as reading the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from copydesk.errors import InputError
from copydesk.model.chunk import Chunk
from copydesk.readers import CHUNK_BYTES, Source, join_chunks, read_source
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.completion import complete, wanted_of
from copydesk.readers.files.compression import open_stream
from copydesk.readers.formats import BY_SUFFIX, JSON_LINES, PARQUET
from copydesk.readers.json import json_lines
from copydesk.readers.tables import parquet

__all__ = ["Measure", "Part", "cut", "measure_part", "number_parts", "read_parts", "share_out"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file, or a whole file.

    bytes: about how many bytes it has.
    stretch: the first byte (JSON lines) or row group (Parquet), and the one after the last; None for a whole file.
    layout: how the lines of a part of JSON lines are read; None before that is known.
    lines, rows: how many lines and rows of the file are before a part of JSON lines.
    """

    source: Source
    bytes: int
    stretch: tuple[int, int] | None = None
    layout: Columns | None = None
    lines: int = 0
    rows: int = 0

    @property
    def must_be_measured(self) -> bool:
        """Whether its rows and lines must be counted before the next part can be read."""
        return self.stretch is not None and BY_SUFFIX[self.source.format] is not PARQUET


@dataclass(frozen=True, slots=True)
class Measure:
    """How many lines and rows a part has, and the layout if it is the first part of its file."""

    lines: int
    rows: int
    layout: Columns | None


def cut(source: Source, part_bytes: int) -> list[Part]:
    """Cut a file into parts of about `part_bytes`, if it can be cut."""
    if source.path is not None and source.compression is None and source.bytes > part_bytes:
        if BY_SUFFIX[source.format] is JSON_LINES:
            return list(_of_lines(source, source.path, part_bytes))
        if BY_SUFFIX[source.format] is PARQUET:
            return _of_groups(source, part_bytes)
    return [Part(source, source.bytes)]


def _of_lines(source: Source, path: Path, part_bytes: int) -> Iterator[Part]:
    try:
        with path.open("rb") as file:
            first = 0
            while first < source.bytes:
                file.seek(min(first + part_bytes, source.bytes) - 1)
                file.readline()
                last = file.tell()
                yield Part(source, last - first, (first, last))
                first = last
    except OSError as error:
        raise InputError(f"{source.name}: cannot be opened: {error.strerror}.") from error


def _of_groups(source: Source, part_bytes: int) -> list[Part]:
    parts = []
    first = size = 0
    try:
        metadata = pq.ParquetFile(str(source.path)).metadata
        sizes = [metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups)]
    except (pa.ArrowException, OSError):  # the reader of the whole file raises the error
        sizes = []
    for last, more in enumerate(sizes, 1):
        size += more
        if size >= part_bytes or last == len(sizes):
            parts.append(Part(source, size, (first, last)))
            first, size = last, 0
    return parts or [Part(source, source.bytes)]


def measure_part(part: Part, wanted: Wanted) -> Measure:
    """Count the lines and rows of a part of JSON lines, and recognise the columns if it is the first of its file.

    Raises:
        InputError: the file is in another encoding or cannot be read.
        MappingError: no key holds the body, or a mapped or extra one is not there.
    """
    layout = None
    if part.stretch is not None and part.stretch[0] == 0:
        with open_stream(part.source) as stream:
            layout = json_lines.layout(stream, wanted_of(part.source, wanted))
    with open_stream(part.source, stretch=part.stretch) as stream:
        if layout is not None:
            stream.start_text()  # skips a byte order mark
        return Measure(*json_lines.count(stream), layout)


def number_parts(parts: Iterable[Part], measures: Iterable[Measure]) -> Iterator[Part]:
    """Give the parts of JSON lines their layout, and the numbers of rows and lines before them.

    Args:
        parts: all parts, in order. Parts of other formats are yielded as they are.
        measures: the measures of the parts that `must_be_measured`, in the same order.
    """
    counts = iter(measures)
    before = Measure(0, 0, None)
    for part in parts:
        if not part.must_be_measured or part.stretch is None:
            yield part
            continue
        measure = next(counts)
        if part.stretch[0] == 0:
            before = Measure(0, 0, measure.layout)
            if measure.layout is None:  # no line is an object: the reader of whole files raises the error
                yield Part(part.source, part.source.bytes)
        if before.layout is not None:
            yield replace(part, layout=before.layout, lines=before.lines, rows=before.rows)
        before = Measure(before.lines + measure.lines, before.rows + measure.rows, before.layout)


def share_out(parts: Iterable[Part], task_bytes: int) -> list[list[Part]]:
    """Put parts that follow each other into tasks of about `task_bytes`: a folder of small files is few tasks."""
    tasks: list[list[Part]] = []
    size = 0
    for part in parts:
        if not tasks or size + part.bytes > task_bytes:
            tasks.append([])
            size = 0
        tasks[-1].append(part)
        size += part.bytes
    return tasks


def read_parts(parts: Sequence[Part], wanted: Wanted, chunk_bytes: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """Read the articles of parts, as `copydesk.readers.read` reads those of files."""
    return join_chunks((chunk for part in parts for chunk in _read(part, wanted, chunk_bytes)), chunk_bytes)


def _read(part: Part, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    if part.stretch is None:
        yield from read_source(part.source, wanted, chunk_bytes)
        return
    with open_stream(part.source, stretch=None if part.layout is None else part.stretch) as stream:
        if part.layout is None:
            chunks = parquet.read(stream, wanted_of(part.source, wanted), chunk_bytes, part.stretch)
        else:
            chunks = json_lines.read_part(stream, part.layout, part.lines, part.rows, chunk_bytes)
        yield from complete(chunks, part.source, wanted)
