"""Separated values written again: records are copied unless a field of them changes.

Python's csv tells the records apart, as the reader does. What it took for each is kept, and the fields are found in it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from copydesk.readers.delimited.dialects import Dialect
from copydesk.readers.delimited.separated_values import dialect_of, lines_of
from copydesk.readers.fields.json_values import clean
from copydesk.readers.files.compression import Stream
from copydesk.repair.articles import Repaired
from copydesk.repair.edits import Edit, apply
from copydesk.repair.rewriting.pieces import Patch, Piece, Queue, RefusedError, changed, checked

__all__ = ["rewrite"]

_BOM = b"\xef\xbb\xbf"
_ENDS = "\r\n"
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_UNIT = re.compile('""|.', re.DOTALL)


def rewrite(stream: Stream, articles: Queue) -> Iterator[Piece]:
    """Yield the pieces of a file."""
    head = stream.read(len(_BOM))
    yield head if head == _BOM else b""
    if head != _BOM:
        stream.unread(head)
    _, dialect = dialect_of(stream)
    lines = lines_of(stream)
    if dialect.sep_line:
        yield _bytes(lines.readline())
    taken = _Taken(lines)
    records = dialect.read(taken)
    header: list[str] | None = None
    row = 0
    while not articles.is_empty:
        record = _next(records)
        text = taken.pop()
        if record is None:
            yield _bytes(text)
            break
        if not record:  # a blank line
            yield _bytes(text)
        elif header is None and stream.source.options.header:
            header = [clean(name) for name in record]
            yield _bytes(text)
        else:
            header = header or [str(number + 1) for number in range(len(record))]
            row += 1
            repaired = articles.take(row)
            if repaired is None:
                yield _bytes(text)
            else:
                yield changed(repaired, text, partial(_patches, text, record, repaired, header, dialect))
    for line in taken:
        yield _bytes(line)


def _next(records: Any) -> list[str] | None:
    """Return the next record; a list of nothing but '\\0' for one that the reader rejects; None at the end."""
    try:
        record: list[str] = next(records)
    except StopIteration:
        return None
    except csv.Error:
        return ["\0"]
    return record


def _patches(text: str, record: list[str], repaired: Repaired, header: list[str], dialect: Dialect) -> list[Patch]:
    if not dialect.is_plain and dialect.quote is not None:
        raise RefusedError("its fields are quoted in a way that is not written again")
    separator, quoted = dialect.delimiter, dialect.is_plain
    places = list(_fields(text, separator, quoted=quoted))
    if [value for _, _, value in places] != record or len(record) != len(header):
        raise RefusedError("its fields cannot be told apart")
    patches: list[Patch] = []
    for field, edits in repaired.edits.items():
        start, end, value = places[header.index(repaired.columns[field])]
        checked(repaired, field, value)
        if not quoted and any(c in apply(value, edits) for c in (separator, *_ENDS)):
            raise RefusedError("its fields are not quoted, and cannot hold the repaired text")
        changes = _field_patches(text[start:end], start, value, edits, separator, alone=len(record) == 1)
        patches += changes if quoted else ((start + edit.start, start + edit.end, edit.new) for edit in edits)
    return patches


def _fields(text: str, separator: str, *, quoted: bool) -> Iterator[tuple[int, int, str]]:
    """Yield where the fields of a record lie, and their values."""
    end = len(text)
    at = next((n for n, c in enumerate(text) if c not in _ENDS), 0)  # blank lines may come before a record
    while True:
        match = _QUOTED.match(text, at) if quoted else None
        if match:
            yield at, match.end(), match[1].replace('""', '"')
            at = match.end()
        else:
            stop = next((n for n in range(at, end) if text[n] == separator or text[n] in _ENDS), end)
            yield at, stop, text[at:stop]
            at = stop
        if text[at : at + 1] != separator:
            return
        at += 1


def _field_patches(
    raw: str, start: int, value: str, edits: Sequence[Edit], separator: str, *, alone: bool
) -> Iterator[Patch]:
    """Yield what changes in a field; quotes come around it where the new text needs them."""
    if raw.startswith('"'):
        units = [unit.start() for unit in _UNIT.finditer(raw, 1, len(raw) - 1)]
        places = [*units, len(raw) - 1]
        for edit in edits:
            yield start + places[edit.start], start + places[edit.end], edit.new.replace('"', '""')
        return
    new = apply(value, edits)
    if any(c in new for c in (separator, '"', *_ENDS)) or (alone and not new):
        yield start, start + len(raw), '"' + new.replace('"', '""') + '"'
        return
    for edit in edits:
        yield start + edit.start, start + edit.end, edit.new


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


class _Taken:
    """Lines, and what of them was taken."""

    def __init__(self, lines: Any) -> None:
        self._lines = lines
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line: str = next(self._lines)
        self._taken.append(line)
        return line

    def pop(self) -> str:
        """Return the lines that were taken since the last call."""
        text = "".join(self._taken)
        self._taken = []
        return text
