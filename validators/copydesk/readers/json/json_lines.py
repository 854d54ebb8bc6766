r"""JSON lines (.jsonl, .ndjson, .jl, .jsonlines): one article a line, the way most scrapers write.

This is the hot path: C reads a block of lines, and only the wanted columns of each. Python's json reads a line with any
other value than a text, a number or a list of texts, and decides about a line that may be no JSON.

- Only \n ends a line (a \r before it is space); U+2028, U+2029 and NEL are characters like others.
- Blank lines are no records, but count as lines. Characters are kept as they are, CRLF and NUL too.
- A lone surrogate escape becomes U+FFFD; of a key given twice the first value counts.
- A line of more bytes than `ReadOptions.longest_line` is an error: it is no article.
- Columns are recognised from the keys of the first 1,000 lines (or 32 MiB); a record without one gives null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from copydesk.errors import InputError, MappingError, NoArticlesError
from copydesk.model.chunk import Chunk, Rejected
from copydesk.native.constants import TEXT
from copydesk.native.functions import JsonMemory, count_line_breaks, make_views, read_json_lines
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.json_values import UnreadableError, parse_object
from copydesk.readers.fields.records import Records
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.line_limit import more_allowed
from copydesk.readers.files.rejections import expect_articles
from copydesk.readers.json.array_lines import ArrayLines
from copydesk.text.buffer import SPARE, Text, strings

if TYPE_CHECKING:
    from copydesk.text.buffer import Bytes, Places

__all__ = ["count", "layout", "read", "read_part"]

# Columns are recognised from this stretch alone, so that the size of a chunk changes nothing.
_PROBE_LINES = 1000
_MOST_LINES = 1 << 30  # where the first lines have no known column: as many as _PROBE_BYTES hold
_PROBE_BYTES = 32 << 20
_SPACE = b" \t\r"
_COUNTED_BYTES = 8 << 20
# What is read at once: it is still in the processor's cache when it is looked at.
_BLOCK_BYTES = 2 << 20
# A buffer of text has MOST_BYTES at most, and some of it is left for what else is in a block.
_MOST_LONGEST, _MOST_BYTES = 1 << 30, 1 << 30
# A line end is looked for in so many bytes first, from behind.
_TAIL_BYTES = 64 << 10
_LINE_END = 10


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read JSON lines, a chunk for about chunk_bytes of text.

    Raises:
        InputError: the file is empty, cut short or in another encoding.
        MappingError: no key holds the body, or a mapped or extra one is not there.
    """
    stream.start_text()
    lines = None
    while probe := _probe(stream, before=lines.lines if lines else 0):
        found = _keys(probe, stream)
        if found is not None:
            lines = _Lines(_find(found, stream, wanted), *_read(lines))
            break
        lines = _Lines(Columns(stream.name, {}), *_read(lines))
        block = np.frombuffer(stream.read(len(probe)) + bytes(SPARE), np.uint8)
        yield lines.chunk([block], len(probe), stream)
    if lines is None or not (probe or lines.rows):
        raise NoArticlesError(f"{stream.name}: holds no articles: expected {stream.expected}, got none.")
    yield from _chunks(lines, stream, chunk_bytes)


def layout(stream: Stream, wanted: Wanted) -> Columns | None:
    """Recognise the columns of a whole file as `read` does; None where it holds no object.

    Raises:
        InputError: the file is cut short or in another encoding.
        MappingError: no key holds the body, or a mapped or extra one is not there.
    """
    stream.start_text()
    before = 0
    while probe := _probe(stream, before=before):
        found = _keys(probe, stream)
        if found is not None:
            return _find(found, stream, wanted)
        before += stream.read(len(probe)).count(b"\n")
    return None


def count(stream: Stream) -> tuple[int, int]:
    """Count the lines and the rows, which are the lines that are not blank, of a part of a file."""
    lines = blank = 0
    for block in _blocks(stream, _COUNTED_BYTES, lambda: lines):  # noqa: B023 - asked while the loop runs
        split = block[:-SPARE].tobytes().split(b"\n")
        if not split[-1]:
            split.pop()
        lines += len(split)
        blank += sum(not line.strip(_SPACE) for line in split)
    return lines, lines - blank


def read_part(stream: Stream, columns: Columns, lines: int, rows: int, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the part of a file that comes after so many lines and rows; it ends where a line does."""
    if not lines:
        stream.start_text()
    yield from _chunks(_Lines(columns, lines, rows), stream, chunk_bytes)


def _read(lines: _Lines | None) -> tuple[int, int]:
    return (lines.lines, lines.rows) if lines else (0, 0)


def _probe(stream: Stream, most: int = _PROBE_LINES, *, before: int = 0) -> bytes:
    """Look at the lines from which the columns are recognised, without taking them; so many come before them."""
    data = bytearray()
    lines = start = 0
    while part := stream.read(1 << 20):
        searched = len(data)
        data += part
        while lines < most and (end := data.find(b"\n", max(start, searched))) >= 0:
            lines, start = lines + 1, end + 1
            if start >= _PROBE_BYTES:
                lines = most
        if lines >= most:
            break
        _see_that_it_ends(stream, len(data) - start, before + lines + 1)
    else:
        start = len(data)
    stream.unread(bytes(data))
    return bytes(data[:start])


def _keys(probe: bytes, stream: Stream) -> list[dict[str, Any]] | None:
    """Give the objects in the probe; None without objects."""
    records = []
    restore = stream.restore if isinstance(stream, ArrayLines) else bytes
    for line in probe.split(b"\n"):
        with suppress(UnreadableError):
            records.append(parse_object(restore(line)))
    return records or None


def _find(records: list[dict[str, Any]], stream: Stream, wanted: Wanted) -> Columns:
    """Recognise the columns by the first records; look at more of them where these have none."""
    try:
        return wanted.find(_names(records), stream.name, records)
    except MappingError:
        probe = _probe(stream, _MOST_LINES)
        more = _keys(probe, stream) or records
        if len(more) <= len(records):
            raise
        return wanted.find(_names(more), stream.name, more[len(records) :])


def _names(records: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for record in records for key in record))


def _chunks(lines: _Lines, stream: Stream, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the rest of the stream, a chunk for so many bytes, cut into equal blocks."""
    count = -(-chunk_bytes // _BLOCK_BYTES)
    blocks = _blocks(stream, -(-chunk_bytes // count), lambda: lines.lines)
    for first in blocks:
        yield lines.chunk(chain([first], islice(blocks, count - 1)), chunk_bytes, stream)


def _blocks(stream: Stream, size: int, lines: Callable[[], int]) -> Iterator[Bytes]:
    """Cut the rest of the stream into blocks of whole lines, each where so many bytes more have been read.

    `lines` tells how many lines come before the next block; it is asked for the place of an error.

    SPARE bytes come after each, zeros behind a line that has no end. What is read next takes its place.
    """
    room, held, read = np.empty(0, np.uint8), 0, size
    while read == size:
        _see_that_it_ends(stream, held, lines() + 1)
        most = 2 * max(size, held) + SPARE
        if not held + size + SPARE <= len(room) <= 2 * most:
            room, before = np.empty(most, np.uint8), room[:held]
            room[:held] = before
        read = stream.readinto(room[held : held + size].data)
        whole = filled = held + read
        if read < size:
            room[filled : filled + SPARE] = 0
        else:
            new = _whole_lines(room[held:whole])
            whole = held + new if new else 0
        if whole:
            yield room[: whole + SPARE]
        held = filled - whole
        room[:held] = room[whole:filled]


def _whole_lines(data: Bytes) -> int:
    """Return how many bytes are whole lines."""
    for size in (_TAIL_BYTES, len(data)):
        tail = data[-size:].tobytes()
        if (end := tail.rfind(b"\n")) >= 0:
            return len(data) - len(tail) + end + 1
    return 0


def _see_that_it_ends(stream: Stream, held: int, line: int) -> None:
    """Raise an InputError where so many bytes of a line are too many."""
    longest = min(stream.source.options.longest_line, _MOST_LONGEST)
    if held <= longest:
        return
    kind, unit = ("value", " of the array") if isinstance(stream, ArrayLines) else ("line", "")
    more = "If it is an array of articles, give the file the suffix .json." if kind == "line" else ""
    if longest < _MOST_LONGEST:
        more = f"{more_allowed(stream.source)} {more}"
    got = f"expected at most {longest:,} bytes, got more than {held:,}"
    raise InputError(f"{stream.name}: {kind} {line:,}{unit}: {got}. {more}".rstrip())


def _parse(line: bytes, number: int) -> dict[str, Any]:
    return parse_object(line)


def _same(numbers: Places) -> Places:
    return numbers


class _Lines:
    """Reads the blocks of one file in turn, and counts its lines and rows."""

    def __init__(self, columns: Columns, lines: int, rows: int) -> None:
        self.columns = columns
        self.records = Records(columns)
        self.notes = columns.notes
        self.lines = lines
        self.rows = rows

    def chunk(self, blocks: Iterable[Bytes], chunk_bytes: int, stream: Stream) -> Chunk:
        """Read blocks of whole lines, one after the other, from a stream."""
        made = _Texts(self.columns, chunk_bytes)
        first, lines = self.rows, []
        bad: list[int] = []
        rejected: list[Rejected] = []
        parse, line_of = (stream.parse, stream.line_of) if isinstance(stream, ArrayLines) else (_parse, _same)
        for block in blocks:
            count, places, ours = made.read(block)
            numbers = line_of(places[0] + (self.lines + 1))
            exact: dict[int, list[str | None]] = {}
            for row in np.flatnonzero(~(ours & made.has_body())).tolist():
                begin, end = places[1:, row].tolist()
                try:
                    exact[row] = self.records.texts(parse(block[begin:end].tobytes(), int(numbers[row])))
                except UnreadableError as error:
                    bad.append(self.rows - first + row)
                    rejected.append(Rejected(self.columns.file, int(numbers[row]), str(error)))
                    expect_articles(rejected, self.rows - first + row + 1)
            if exact:
                made.put(list(exact), list(exact.values()))
            lines.append(numbers)
            self.rows += len(ours)
            self.lines += count
        rows = pl.int_range(first + 1, self.rows + 1, eager=True)
        frame = self.columns.frame(made.frame(), rows, pl.Series(np.concatenate(lines)))
        if bad:
            frame = frame.filter(pl.Series([True]).new_from_index(0, frame.height).scatter(bad, False))
        notes, self.notes = self.notes, ()
        return Chunk(frame, rejected, dict(self.columns.fields), stream.stored(), notes)


class _Texts:
    """The texts of columns in the making: views of the memory in which they lie.

    The bodies that C reads have memory of their own. A line break follows each, so that `copydesk.text.buffer.Text`
    takes them without a copy.
    """

    def __init__(self, columns: Columns, chunk_bytes: int) -> None:
        self._columns = columns.separators()
        self._body = columns.needed.index(columns.fields["body"]) if columns.fields else -1
        self._bodies = [columns.needed.index(c) for c in columns.others.get("body", ())]
        self._nested = bool(columns.paths)
        asked = [Text(pl.Series(list(some), dtype=pl.String)) for some in (self._columns, self._columns.values())]
        self._names, self._separators = [(text.bytes, text.bounds) for text in asked]
        self._most = min(chunk_bytes, _MOST_BYTES) + _BLOCK_BYTES  # what begins in the chunk before may end in this one
        self._memory: tuple[list[Bytes], list[Bytes]] = [], []  # of bodies, and of other texts
        self._written = np.zeros(2, np.int64)  # how much of the memory that is written to now
        self._into = 0, 0
        self._views: list[Any] = []
        self._there: list[Any] = []

    def read(self, block: Bytes) -> tuple[int, Places, Any]:
        """Read a block of lines in C.

        Returns:
            How many lines there are; of each row the number of its line, from 0, and where it begins and ends; and
            whether it was read: of one that was not, all texts are null.
        """
        size = len(block) - SPARE
        most = count_line_breaks(block, size) + int(block[size - 1] != _LINE_END)
        memory = JsonMemory(*self._room(size), np.array(self._into), self._written)
        rows = read_json_lines(block, size, self._names, self._separators, body=self._body, most=most, memory=memory)
        self._views.append(rows.views)
        self._there.append(rows.states == TEXT)
        return most, rows.places, rows.read

    def has_body(self) -> Any:
        """Say of each row of the last block whether its body was found: else Python looks for one elsewhere."""
        views = self._views[-1]
        if self._nested or self._body < 0:
            return np.full(views.shape[1], not self._nested)
        return (views["size"][[self._body, *self._bodies]] > 0).any(axis=0)

    def put(self, rows: list[int], read: list[list[str | None]]) -> None:
        """Put the texts of rows of the last block, of each a list."""
        for column, said in enumerate(zip(*read, strict=True)):
            memory = self._memory[column != self._body]
            encoded = [(text or "").encode() for text in said]
            sizes = np.array([len(text) for text in encoded])
            held = np.frombuffer(b"".join(encoded) + bytes(SPARE), np.uint8)
            views = make_views(held, np.cumsum(sizes) - sizes, np.cumsum(sizes), buffer=len(memory))
            memory.append(held)
            self._views[-1][column, rows] = views
            self._there[-1][column, rows] = [text is not None for text in said]

    def frame(self) -> pl.DataFrame:
        """Return the columns."""
        for memory, into, written in zip(self._memory, self._into, self._written, strict=True):
            memory[into][written : written + SPARE] = 0
        views, there = (np.concatenate(some, axis=1) for some in (self._views, self._there))
        return pl.DataFrame(
            {
                name: strings(views[column], self._memory[column != self._body], there[column])
                for column, name in enumerate(self._columns)
            }
        )

    def _room(self, size: int) -> tuple[Bytes, Bytes]:
        """Return memory with room for so many bytes more, SPARE of them that are not written to."""
        if not self._memory[0] or max(self._written) + size + SPARE > len(self._memory[0][self._into[0]]):
            room = max(size, self._most if size > _BLOCK_BYTES // 2 else 0) + 2 * SPARE  # a small file has no more
            self._into = len(self._memory[0]), len(self._memory[1])
            for memory in self._memory:
                memory.append(np.empty(room, np.uint8))
            self._written[:] = 0
        bodies, others = self._memory
        return bodies[self._into[0]], others[self._into[1]]
