r"""JSON lines (.jsonl, .ndjson): one article a line, the way most scrapers write.

This is the hot path: a block of lines goes to polars, which parses the needed columns alone, on all cores.
What polars refuses, or reads differently than it stands, goes line by line to Python's json, which decides.

- Only \n ends a line (a \r before it is space); U+2028, U+2029 and NEL are characters like others.
- Blank lines are no records, but count as lines. Characters are kept as they are, CRLF and NUL too.
- A lone surrogate escape becomes U+FFFD; of a key given twice the first value counts.
- Columns are recognised from the keys of the first 1,000 lines (or 32 MiB); a record without one gives null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from copydesk.errors import NoArticlesError
from copydesk.kernel import call
from copydesk.readers.columns import Columns, Wanted
from copydesk.readers.compression import Stream
from copydesk.readers.json_values import UnreadableError, parse_object, texts
from copydesk.reading import Chunk, Rejected

__all__ = ["Layout", "count", "layout", "read", "read_part"]

# Columns are recognised from this stretch alone, so that the size of a chunk changes nothing.
_PROBE_LINES = 1000
_PROBE_BYTES = 32 << 20
# Below this, reading a block line by line costs no more than another try to find its bad lines.
_EXACT_BYTES = 256 << 10
_SPACE = b" \t\r"
_COUNTED_BYTES = 8 << 20
# What polars parses at once: it holds about four times as much meanwhile.
_BLOCK_BYTES = 8 << 20
# What a block for polars may start with: polars would decompress what begins as gzip, zstd or zlib do.
_FIRST = b"{\n" + _SPACE
# A surrogate escape without its other half: polars makes it NUL without a word. An escaped backslash before
# it makes a false alarm, which costs time only; the half that it hides is one that polars refuses.
_UNPAIRED = re.compile(rb"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]")


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read JSON lines, a chunk for about chunk_bytes of text.

    Raises:
        InputError: the file is empty, cut short or in another encoding.
        MappingError: no key holds the body, or a mapped or extra one is not there.
    """
    stream.start_text()
    lines = None
    while probe := _probe(stream):
        found = _keys(probe)
        if found is not None:
            lines = _Lines(Layout(wanted.find(found, stream.name), found), *_read(lines))
            break
        lines = _Lines(Layout(Columns(stream.name, {}), {}), *_read(lines))
        yield lines.chunk([stream.read(len(probe))], stream)
    if lines is None or not (probe or lines.rows):
        raise NoArticlesError(f"{stream.name}: holds no articles: expected a JSON object on each line, got none.")
    yield from _chunks(lines, stream, chunk_bytes)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a file are read: the wanted columns, and all keys, each with whether it holds lists."""

    columns: Columns
    lists: dict[str, bool]


def layout(stream: Stream, wanted: Wanted) -> Layout | None:
    """Recognise the columns of a whole file as `read` does; None where it holds no object.

    Raises:
        InputError: the file is cut short or in another encoding.
        MappingError: no key holds the body, or a mapped or extra one is not there.
    """
    stream.start_text()
    while probe := _probe(stream):
        found = _keys(probe)
        if found is not None:
            return Layout(wanted.find(found, stream.name), found)
        stream.read(len(probe))
    return None


def count(stream: Stream) -> tuple[int, int]:
    """Count the lines and the rows, which are the lines that are not blank, of a part of a file."""
    lines = blank = 0
    for block in _blocks(stream, _COUNTED_BYTES):
        split = block.split(b"\n")
        if not split[-1]:
            split.pop()
        lines += len(split)
        blank += sum(not line.strip(_SPACE) for line in split)
    return lines, lines - blank


def read_part(stream: Stream, layout: Layout, lines: int, rows: int, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the part of a file that comes after so many lines and rows; it ends where a line does."""
    if not lines:
        stream.start_text()
    yield from _chunks(_Lines(layout, lines, rows), stream, chunk_bytes)


def _read(lines: _Lines | None) -> tuple[int, int]:
    return (lines.lines, lines.rows) if lines else (0, 0)


def _probe(stream: Stream) -> bytes:
    """Look at the lines from which the columns are recognised, without taking them."""
    data = bytearray()
    lines = start = 0
    while part := stream.read(1 << 20):
        searched = len(data)
        data += part
        while lines < _PROBE_LINES and (end := data.find(b"\n", max(start, searched))) >= 0:
            lines, start = lines + 1, end + 1
            if start >= _PROBE_BYTES:
                lines = _PROBE_LINES
        if lines >= _PROBE_LINES:
            break
    else:
        start = len(data)
    stream.unread(bytes(data))
    return bytes(data[:start])


def _keys(probe: bytes) -> dict[str, bool] | None:
    """Give the keys of the objects in the probe, each with whether it holds lists; None without objects."""
    keys: dict[str, bool] | None = None
    for line in probe.split(b"\n"):
        try:
            record = parse_object(line)
        except UnreadableError:
            continue
        keys = keys if keys is not None else {}
        for key, value in record.items():
            keys[key] = keys.get(key, False) or isinstance(value, list)
    return keys


def _chunks(lines: _Lines, stream: Stream, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the rest of the stream, a chunk for so many bytes, cut into equal blocks."""
    count = -(-chunk_bytes // _BLOCK_BYTES)
    blocks = _blocks(stream, -(-chunk_bytes // count))
    for first in blocks:
        yield lines.chunk(chain([first], islice(blocks, count - 1)), stream)


def _blocks(stream: Stream, size: int) -> Iterator[bytes]:
    """Cut the rest of the stream into blocks of whole lines, each about size bytes or one line."""
    parts: list[bytes] = []
    while data := stream.read(size):
        cut = data.rfind(b"\n") + 1
        if cut:
            yield b"".join([*parts, memoryview(data)[:cut]])  # one copy, not two
            parts = []
        parts.append(data[cut:])
    if rest := b"".join(parts):
        yield rest


class _Lines:
    """Reads the blocks of one file in turn, and counts its lines and rows."""

    def __init__(self, layout: Layout, lines: int, rows: int) -> None:
        self.columns = columns = layout.columns
        lists = layout.lists
        self.separators = columns.separators()
        self.text = dict.fromkeys(columns.needed, pl.String)
        # A column of lists is read as such: much cheaper than to look at each of its records again.
        self.schema = {column: pl.List(pl.String) if lists.get(column) else pl.String() for column in columns.needed}
        self.lines = lines
        self.rows = rows
        self.frames: list[pl.DataFrame] = []
        self.rejected: list[Rejected] = []

    def chunk(self, blocks: Iterable[bytes], stream: Stream) -> Chunk:
        """Read blocks of whole lines, one after the other, from a stream."""
        self.frames, self.rejected = [self._frame([], [], [])], []
        for block in blocks:
            self._parse(block)
        frame = pl.concat(self.frames)
        return Chunk(frame, self.rejected, dict(self.columns.fields), stream.stored())

    def _parse(self, block: bytes) -> None:
        """Read a block fast, or halve it until only the lines that cannot be read fast are left."""
        if self.text and self._fast(block):
            return
        middle = block.find(b"\n", len(block) // 2) + 1
        if len(block) <= _EXACT_BYTES or middle in (0, len(block)):
            self._exact(block)
            return
        self._parse(block[:middle])
        self._parse(block[middle:])

    def _fast(self, block: bytes) -> bool:
        """Read a block with polars; False, with nothing done, where polars refuses it."""
        if block[0] not in _FIRST:
            return False
        values = self._values(block)
        if values is None:
            return False
        data = np.frombuffer(block, np.uint8)
        count = call("breaks", data, len(data)) + (not block.endswith(b"\n"))
        places: Sequence[int] = range(count)
        split: list[bytes] = []
        if values.height != count:
            split = block.split(b"\n")
            places = [place for place, line in enumerate(split) if line.strip(_SPACE)]
            if values.height != len(places):
                return False
        doubtful = self._doubtful(values)
        if call("escaped", data, len(data)):
            doubtful |= self._unpaired(block, places)
        if doubtful:
            split = split or block.split(b"\n")
        keep = pl.Series([True]).new_from_index(0, values.height) if doubtful else None
        exact: dict[int, list[str | None]] = {}
        bad = []
        for index in sorted(doubtful):
            place = places[index]
            try:
                exact[index] = texts(parse_object(split[place]), self.separators)
            except UnreadableError as error:
                bad.append(index)
                self.rejected.append(Rejected(self.columns.file, self.lines + place + 1, str(error)))
        joined = values.select(
            pl.col(name).list.join(self.separators[name], ignore_nulls=True)
            if isinstance(kind, pl.List)
            else pl.col(name)
            for name, kind in values.schema.items()
        )
        if exact:
            at = list(exact)
            joined = joined.with_columns(
                series.scatter(at, pl.Series([exact[index][number] for index in at], dtype=pl.String))
                for number, series in enumerate(joined.get_columns())
            )
        rows = pl.int_range(self.rows + 1, self.rows + 1 + values.height, eager=True)
        lines = pl.Series(places, dtype=pl.Int64) + (self.lines + 1)
        frame = self.columns.frame(joined, rows, lines)
        if bad and keep is not None:
            frame = frame.filter(keep.scatter(bad, False))
        self.frames.append(frame)
        self.rows += values.height
        self.lines += count
        return True

    def _values(self, block: bytes) -> pl.DataFrame | None:
        for schema in (self.schema, self.text):
            try:
                return pl.read_ndjson(block, schema=schema)
            except PolarsError:
                if schema == self.text:
                    break
        return None

    def _doubtful(self, values: pl.DataFrame) -> set[int]:
        """Find the rows whose text may not be what stands in the file: nested values."""
        opens = []
        for name, kind in values.schema.items():
            if isinstance(kind, pl.List):
                inside = pl.element().str.contains(r"^[\[{]").any()
                opens.append(pl.col(name).list.eval(inside).list.first().fill_null(False))
            else:
                column = pl.col(name)
                opens.append((column.str.starts_with("{") | column.str.starts_with("[")).fill_null(False))
        return set(values.select(pl.any_horizontal(opens).arg_true()).to_series())

    def _unpaired(self, block: bytes, places: Sequence[int]) -> set[int]:
        """Find the rows in which a half of a surrogate pair stands alone."""
        found = set()
        index_of = places if isinstance(places, range) else {place: at for at, place in enumerate(places)}
        place = position = 0
        for match in _UNPAIRED.finditer(block):
            place += block.count(b"\n", position, match.start())
            position = match.start()
            found.add(index_of[place])
        return found

    def _exact(self, block: bytes) -> None:
        """Read a block line by line."""
        lines = block.split(b"\n")
        if not lines[-1]:
            lines.pop()
        values, rows, places = [], [], []
        for number, line in enumerate(lines, self.lines + 1):
            if not line.strip(_SPACE):
                continue
            self.rows += 1
            try:
                values.append(texts(parse_object(line), self.separators))
            except UnreadableError as error:
                self.rejected.append(Rejected(self.columns.file, number, str(error)))
                continue
            rows.append(self.rows)
            places.append(number)
        self.lines += len(lines)
        self.frames.append(self._frame(values, rows, places))

    def _frame(self, values: list[list[str | None]], rows: list[int], lines: list[int]) -> pl.DataFrame:
        frame = pl.DataFrame(values, schema=self.text, orient="row")
        return self.columns.frame(frame, pl.Series(rows, dtype=pl.Int64), pl.Series(lines, dtype=pl.Int64))
