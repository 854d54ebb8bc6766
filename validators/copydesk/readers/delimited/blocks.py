r"""Blocks of separated values that polars can read as csv does: it is several times faster.

A block holds whole records, quoted as RFC 4180 has it: each quote stands at an end of a field or is doubled, every
record has as many fields as the header, lines end with \n or \r\n, no line is blank, and all is UTF-8. The first block
that is otherwise, and all that follows, is left to csv, which says what is wrong with which record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from copydesk.model.chunk import Chunk
from copydesk.readers.delimited.field_forms import Forms
from copydesk.readers.fields.article_columns import Columns
from copydesk.readers.files.compression import Stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PlainRecords", "record_ends"]

#: How much is read at once; a record that is longer than the last is left to csv.
_LEAST, _BLOCK, _LONGEST = 64 << 10, 4 << 20, 32 << 20
_QUOTE, _BREAK, _RETURN = ord('"'), ord("\n"), ord("\r")


@dataclass(frozen=True, slots=True)
class _Block:
    """Some records: the wanted columns as text, and the line, from 0 within the block, on which each begins.

    breaks, bytes: how many line breaks and bytes the block has.
    """

    values: pl.DataFrame
    lines: NDArray[np.int64]
    breaks: int
    bytes: int


class PlainRecords:
    """Reads records in blocks, up to the first block that polars cannot read; that one is put back into the stream.

    Args:
        stream: the records, without the header.
        delimiter: what separates the fields.
        width: how many fields a record has.
        places: the columns to read, and the place of each.
        columns: the layout.
        forms: how fields are read.

    Attributes:
        rows, breaks: how many records and line breaks were read.
    """

    def __init__(
        self, stream: Stream, delimiter: str, width: int, places: dict[str, int], columns: Columns, forms: Forms
    ) -> None:
        self._stream, self._delimiter, self._width, self._places = stream, delimiter, width, places
        self._columns, self._forms = columns, forms
        self.rows = self.breaks = 0

    def chunks(self, chunk_bytes: int, before: int) -> Iterator[Chunk]:
        """Yield the articles, in chunks of about so many bytes; `before` is how many lines come before the records."""
        frames: list[pl.DataFrame] = []
        size = 0
        for block in self._blocks(max(min(_BLOCK, chunk_bytes), _LEAST)):
            values = block.values.select(self._forms.apply(c, block.values[c]).alias(c) for c in self._columns.needed)
            rows = pl.int_range(self.rows + 1, self.rows + 1 + values.height, eager=True)
            frames.append(self._columns.frame(values, rows, pl.Series(block.lines + (before + self.breaks + 1))))
            self.rows += values.height
            self.breaks += block.breaks
            size += block.bytes
            if size >= chunk_bytes:
                yield self._chunk(frames)
                frames, size = [], 0
        if frames:
            yield self._chunk(frames)

    def _chunk(self, frames: list[pl.DataFrame]) -> Chunk:
        articles = pl.concat(frames)
        return Chunk(articles, [], dict(self._columns.fields), self._stream.stored())

    def _blocks(self, size: int) -> Iterator[_Block]:
        held, is_last = b"", False
        while not is_last:
            more = self._stream.read(size)
            data, is_last = held + more, len(more) < size
            marks = _Marks.of(data)
            ends = marks.ends
            if is_last and data and (not len(ends) or ends[-1] != len(data)):
                ends = np.append(ends, len(data))
            whole = int(ends[-1]) if len(ends) else 0
            block = self._read(data[:whole], ends, marks.before(whole)) if whole else None
            if block is None and (whole or is_last or len(data) > _LONGEST):
                self._stream.unread(data)
                return
            if block is not None:
                yield block
            held = data[whole:]

    def _read(self, data: bytes, ends: NDArray[np.int64], marks: _Marks) -> _Block | None:
        return _read(data, ends, marks, self._delimiter, self._width, self._places)


class _Marks(NamedTuple):
    """The places of all line breaks and quotes in some bytes."""

    breaks: NDArray[np.int64]
    quotes: NDArray[np.int64]

    @classmethod
    def of(cls, data: bytes) -> _Marks:
        """Find them."""
        characters = np.frombuffer(data, np.uint8)
        return cls(np.flatnonzero(characters == _BREAK), np.flatnonzero(characters == _QUOTE))

    def before(self, end: int) -> _Marks:
        """Return those before a place."""
        return _Marks(*(places[: np.searchsorted(places, end)] for places in self))

    @property
    def ends(self) -> NDArray[np.int64]:
        """The places behind the records: line breaks with an even number of quotes before."""
        between: NDArray[np.int64] = self.breaks[np.searchsorted(self.quotes, self.breaks) % 2 == 0]
        return between + 1


def record_ends(data: bytes) -> NDArray[np.int64]:
    """Return the places behind the records in some bytes."""
    return _Marks.of(data).ends


def _read(
    data: bytes, ends: NDArray[np.int64], marks: _Marks, delimiter: str, width: int, wanted: dict[str, int]
) -> _Block | None:
    if not _is_plain(data, ends, marks.quotes, ord(delimiter), width):
        return None
    names = [str(place) for place in range(width)]
    try:
        data.decode()
        frame = pl.read_csv(
            data,
            has_header=False,
            schema=dict.fromkeys(names, pl.String),
            separator=delimiter,
            empty_string_is_null=False,
            columns=sorted(set(wanted.values())),
        )
    except (UnicodeDecodeError, PolarsError):
        return None
    if frame.height != len(ends) or frame.width != len(wanted):
        return None
    lines = np.searchsorted(marks.breaks, np.concatenate([[0], ends[:-1]]))
    in_order = sorted(wanted, key=lambda name: wanted[name])
    return _Block(frame.rename(dict(zip(frame.columns, in_order, strict=True))), lines, len(marks.breaks), len(data))


def _is_plain(data: bytes, ends: Any, quotes: Any, delimiter: int, width: int) -> bool:
    """Say whether all quotes stand where RFC 4180 has them, and each record has so many fields."""
    characters = np.frombuffer(data, np.uint8)
    starts = np.concatenate([[0], ends[:-1]])
    sizes = ends - starts
    if bool((sizes < 2).any()) or bool(((sizes == 2) & (characters[starts] == _RETURN)).any()):
        return False  # a blank line
    returns = np.flatnonzero(characters == _RETURN if b"\r" in data else [])
    if len(returns) and (returns[-1] + 1 == len(characters) or bool((characters[returns + 1] != _BREAK).any())):
        return False
    if len(quotes) % 2:
        return False
    delimiters = np.flatnonzero(characters == delimiter)
    if len(quotes):
        delimiters = delimiters[np.searchsorted(quotes, delimiters) % 2 == 0]
    if bool((np.diff(np.searchsorted(delimiters, ends), prepend=0) != width - 1).any()):
        return False
    last = len(characters) - 1
    opening = np.where(quotes == 0, _BREAK, characters[quotes - 1])[::2]
    closing = np.where(quotes == last, _BREAK, characters[np.minimum(quotes + 1, last)])[1::2]
    edge = (_BREAK, _RETURN, delimiter)
    # A doubled quote closes and opens: its two halves stand beside each other.
    return bool(np.isin(opening, (*edge, _QUOTE)).all() and np.isin(closing, (*edge, _QUOTE)).all())
