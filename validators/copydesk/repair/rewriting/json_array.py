"""JSON written again: an array value by value; a document that holds articles; JSON lines that are named .json.

A document is an article itself, or wraps the array of its articles in objects: a JSON-LD graph, or what an interface
answers. Its articles are those that the reader takes; here they are found in its text by walking both side by side.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from copydesk.readers.fields.json_values import decoder
from copydesk.readers.files.compression import Stream
from copydesk.readers.json.documents import articles_of, records_at
from copydesk.repair.rewriting import json_lines
from copydesk.repair.rewriting.json_record import object_patches
from copydesk.repair.rewriting.pieces import Piece, Queue, Record, changed

__all__ = ["rewrite"]

_BLOCK = 1 << 20
_BOM = "\ufeff"
#: How deep records may lie: deeper than the reader looks for them, each with its place in an array.
_DEEPEST = 12
_BY_COLUMNS = "the file holds its articles by columns or under their ids; write it as JSON lines to repair it"
_SPACE = re.compile(r"[ \t\r\n]*")


def rewrite(stream: Stream, articles: Queue) -> Iterator[Piece]:
    """Yield the pieces of a file."""
    text = _Text(stream)
    if text.data.startswith(_BOM):
        yield _bytes(text.take(1))
    yield _bytes(text.take(text.after_space()))
    if stream.source.options.records is not None:
        yield from _unfolded(text, stream.source.options.records, articles)
        return
    if text.data[:1] == "[":
        yield from _array(text, articles)
        return
    value, end = text.value()
    rest = text.has_more_than_space(end)
    if rest:
        text.give_back()
        yield from json_lines.rewrite(stream, articles)
        return
    yield from _single(text.take(end), value, articles)
    yield from text.rest()


def _array(text: _Text, articles: Queue) -> Iterator[Piece]:
    yield _bytes(text.take(1))
    row = 0
    while not articles.is_empty:
        yield _bytes(text.take(text.after_space()))
        if text.data[:1] == "]":
            break
        if text.data[:1] == ",":
            yield _bytes(text.take(1))
            continue
        _, end = text.value()
        row += 1
        yield _piece(text.take(end), row, articles)
    yield from text.rest()


def _unfolded(text: _Text, path: str, articles: Queue) -> Iterator[Piece]:
    """Yield values, one after the other or in an array, each with the records at a path that the user named."""
    row = 0
    while not articles.is_empty:
        yield _bytes(text.take(text.after_space()))
        if not text.data:
            break
        if text.data[0] in "[],":
            yield _bytes(text.take(1))
            continue
        value, end = text.value()
        records = records_at(value, path, "") if isinstance(value, dict) else [value]
        yield from _records(text.take(end), value, records, row, articles)
        row += len(records)
    yield from text.rest()


def _single(text: str, value: Any, articles: Queue) -> Iterator[Piece]:
    """Yield a single value: an article, or an object that holds articles."""
    first = articles.peek()
    if not isinstance(value, dict) or first is None:
        yield _bytes(text)
        return
    records, _ = articles_of(value, dict(first.columns), first.file)
    yield from _records(text, value, records, 0, articles)


def _records(text: str, value: Any, records: list[Any], before: int, articles: Queue) -> Iterator[Piece]:
    """Yield the text of a value, the records in it as pieces of their own; their rows begin behind `before`."""
    rows = {id(record): before + number for number, record in enumerate(records, 1) if isinstance(record, dict)}
    done = 0
    for at, end, row in _places(text, 0, value, rows, 0):
        yield _bytes(text[done:at])
        yield _piece(text[at:end], row, articles)
        done = end
    yield _bytes(text[done:])
    if not done:
        while (lost := articles.peek()) is not None and lost.row <= before + len(records):
            articles.take(lost.row)
            yield Record(lost, (), _BY_COLUMNS)


def _piece(text: str, row: int, articles: Queue) -> Piece:
    """Return the object of a row as a piece."""
    repaired = articles.take(row)
    if repaired is None:
        return _bytes(text)
    return changed(repaired, text, partial(object_patches, text, 0, repaired))


def _places(text: str, at: int, value: Any, rows: Mapping[int, int], depth: int) -> Iterator[tuple[int, int, int]]:
    """Yield where records lie in the text of a value: their first and last place, and their row.

    Args:
        text: what the value was read from.
        at: where the value begins in it.
        value: the value, which holds the records themselves.
        rows: the row of each record, by its identity.
        depth: in how many values this one lies.
    """
    if id(value) in rows:
        yield at, decoder.raw_decode(text, at)[1], rows[id(value)]
        return
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    seen: set[str] = set()
    number = 0
    at = _after_space(text, at + 1)
    while text[at] not in "]}":
        if text[at] == ",":
            at = _after_space(text, at + 1)
        if isinstance(value, dict):
            key, at = decoder.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + 1)  # past the colon
            item = None if key in seen else value[key]  # of a key that stands twice the reader takes the first
            seen.add(key)
        else:
            item = value[number]
            number += 1
        yield from _places(text, at, item, rows, depth + 1)
        at = _after_space(text, decoder.raw_decode(text, at)[1])


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


class _Text:
    """The text of a stream that is not taken yet. Bytes that are not UTF-8 become lone surrogates."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self.data = ""
        self._ended = False
        self.more()

    def more(self) -> bool:
        """Read as much again as there is; return False at the end."""
        if self._ended:
            return False
        part = self.stream.read(max(_BLOCK, len(self.data)))
        self._ended = not part
        self.data += self._decode(part, final=self._ended)
        return not self._ended

    def after_space(self) -> int:
        """Return where the white space ends with which the text begins."""
        while (end := _after_space(self.data, 0)) == len(self.data) and self.more():
            pass
        return end

    def has_more_than_space(self, at: int) -> bool:
        """Return whether anything but white space comes after a place."""
        while _after_space(self.data, at) == len(self.data):
            if not self.more():
                return False
        return True

    def value(self) -> tuple[Any, int]:
        """Read the value with which the text begins, and where it ends."""
        while True:
            try:
                value, end = decoder.raw_decode(self.data)
            except json.JSONDecodeError:
                if not self.more():
                    raise
                continue
            if end < len(self.data) or not self.more():
                return value, end

    def take(self, size: int) -> str:
        """Return the first characters, and drop them."""
        taken, self.data = self.data[:size], self.data[size:]
        return taken

    def give_back(self) -> None:
        """Put the text back into the stream."""
        self.stream.unread(_bytes(self.data))

    def rest(self) -> Iterator[bytes]:
        """Yield all that is left."""
        while self.data:
            yield _bytes(self.take(len(self.data)))
            self.more()
