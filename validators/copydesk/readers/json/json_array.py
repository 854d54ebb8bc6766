"""JSON (.json, .jsonld): an array of articles, a single article, or a schema.org JSON-LD graph.

The array is read value by value, so that memory does not grow with it. A value that is not an object, or not UTF-8,
is a rejected row. After a fault between values nobody can tell where the next value starts, so that the file cannot
be read. Values mean what they mean in JSON lines, and a .json file that holds JSON lines is read as such. From a
JSON-LD '@graph' the nodes are read whose '@type' is some kind of Article.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

from copydesk.errors import InputError, NoArticlesError
from copydesk.model.chunk import Chunk, Note
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.json_values import UnreadableError, decoder
from copydesk.readers.fields.paths import follow
from copydesk.readers.fields.row_chunks import Filling, Record
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.encodings import not_utf8
from copydesk.readers.json import json_lines
from copydesk.readers.json.array_lines import ArrayLines
from copydesk.readers.json.documents import articles_of, records_at

__all__ = ["read"]

#: Columns are recognised in these first records alone, so that the size of chunks changes nothing.
_PROBE_RECORDS = 1000
_PROBE_CHARACTERS = 32 << 20


class _Record(NamedTuple):
    """A value (UnreadableError if its bytes are not UTF-8), its first and last line, and its size in characters."""

    value: Any
    line: int
    end: int
    size: int


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read an array of articles, a chunk for about chunk_bytes characters.

    Raises:
        NoArticlesError: the file is empty, or its array is.
        InputError: the file is cut short, no JSON, or UTF-16.
        MappingError: no key holds the body, or a mapped or extra one is not there.
    """
    stream.start_text()
    text = _Text(stream)
    first = text.next_character()
    records: Iterator[_Record] = iter(())
    told = None
    if first == "[" and stream.source.options.records is None:
        text.give_back()
        yield from json_lines.read(ArrayLines(stream), wanted, chunk_bytes)
        return
    if first == "[":
        records = _unfolded(text.items(), stream)
    elif first == "{":
        record = text.value()
        if text.next_character() == "{" and (stream.source.options.records is not None or record.end > record.line):
            records = _unfolded(chain([record], text.values()), stream)
        elif text.next_character():
            text.give_back()
            yield from json_lines.read(stream, wanted, chunk_bytes)
            return
        else:
            records, told = _of_document(record, stream, wanted)
    elif first:
        raise text.fault("expected an array of objects")
    yield from _chunks(records, stream, wanted, chunk_bytes, told)


def _unfolded(records: Iterator[_Record], stream: Stream) -> Iterator[_Record]:
    """Yield the records, or what each holds at the path that the user named."""
    path = stream.source.options.records
    for record in records:
        if path is None or not isinstance(record.value, dict):
            yield record
            continue
        found = records_at(record.value, path, stream.name)
        for value in found:
            yield record._replace(value=value, size=record.size // len(found))


def _of_document(record: _Record, stream: Stream, wanted: Wanted) -> tuple[Iterator[_Record], str | None]:
    """Return the articles in the single value of a file, and what must be said of where they were found."""
    if not isinstance(record.value, dict):
        return iter([record]), None
    if stream.source.options.records is not None:
        return _unfolded(iter([record]), stream), None
    path = wanted.layout.records
    if path is not None and isinstance(found := follow(record.value, path), list):
        values, told = found, None
    else:
        values, told = articles_of(record.value, wanted.mapped_in((), [record.value]), stream.name)
    size = record.size // max(len(values), 1)
    return (record._replace(value=value, size=size) for value in values), told


def _chunks(
    records: Iterator[_Record], stream: Stream, wanted: Wanted, chunk_bytes: int, told: str | None
) -> Iterator[Chunk]:
    """Make chunks of records. The columns come from the first records that are objects."""
    probe: list[_Record] = []
    keys: dict[str, None] | None = None
    size = 0
    for record in records:
        probe.append(record)
        size += record.size
        if isinstance(record.value, dict):
            keys = keys or {}
            keys.update(dict.fromkeys(record.value))
        if keys is not None and (len(probe) >= _PROBE_RECORDS or size >= _PROBE_CHARACTERS):
            break
    if not probe:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected an array of objects, got none.")
    objects = [record.value for record in probe if isinstance(record.value, dict)]
    columns = Columns(stream.name, {}) if keys is None else wanted.find(keys, stream.name, objects)
    if told is not None:
        columns = replace(columns, notes=(Note(stream.name, told), *columns.notes))
    chunk = Filling(columns, columns.notes)
    for row, record in enumerate(chain(probe, records), 1):
        chunk.add(row, Record(record.value, record.line, record.size))
        if chunk.size >= chunk_bytes:
            yield chunk.close(stream.stored())
            chunk = Filling(columns)
    yield chunk.close(stream.stored())


class _Text:
    """The text of a stream, and a place in it. Bytes that are not UTF-8 become lone surrogates."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self.data = ""
        self.place = 0
        self.line = 1
        self.ended = False
        self.in_array = False  # in an array, values that were read are dropped

    def next_character(self) -> str:
        """Skip white space, and return the character after it; '' at the end of the text."""
        while True:
            rest = self.data[self.place : self.place + 1]
            if rest and rest in " \t\r\n":
                self.line += rest == "\n"
                self.place += 1
            elif rest or not self._more():
                return rest

    def value(self) -> _Record:
        """Read the JSON value at this place."""
        while True:
            try:
                value, end = decoder.raw_decode(self.data, self.place)
            except json.JSONDecodeError as error:
                if not self._more():
                    self.line += self.data.count("\n", self.place, error.pos)
                    raise self.fault(error.msg) from error
                continue
            except RecursionError as error:
                raise self.fault("nested too deeply") from error
            # A number at the end of what was read may continue.
            if end < len(self.data) or not self._more():
                break
        source = self.data[self.place : end]
        try:
            source.encode()
        except UnicodeEncodeError:
            value = UnreadableError(not_utf8(source.encode(errors="surrogateescape")))
        first = self.line
        self.line += source.count("\n")
        record = _Record(value, first, self.line, len(source))
        self.place = end
        return record

    def values(self) -> Iterator[_Record]:
        """Read values that follow each other, up to the end."""
        self.in_array = True
        while self.next_character():
            yield self.value()

    def items(self) -> Iterator[_Record]:
        """Read the values of the array that opens at this place, and check that nothing follows it."""
        self.in_array = True
        self.place += 1
        if self.next_character() == "]":
            self.place += 1
        else:
            while True:
                yield self.value()
                separator = self.next_character()
                if separator not in (",", "]"):
                    raise self.fault("expected ',' or ']' after a value of the array")
                self.place += 1
                if separator == "]":
                    break
                self.next_character()
        if self.next_character():
            raise self.fault("expected the end of the file after the array")

    def give_back(self) -> None:
        """Put everything that was read so far back into the stream."""
        self.stream.unread(self.data.encode(errors="surrogateescape"))

    def fault(self, expected: str) -> InputError:
        """Return the error for a fault at this place."""
        got = "the end of the file" if self.ended and self.place >= len(self.data) else "other text"
        return InputError(
            f"{self.stream.name}: line {self.line}: not valid JSON: {expected}, got {got}."
            " Fetch or write the file again. If each line is an object, name it .jsonl."
        )

    def _more(self) -> bool:
        """Read as much again as there is, so that a long value is not tried often; return False at the end."""
        if self.ended:
            return False
        if self.in_array:
            self.data, self.place = self.data[self.place :], 0
        part = self.stream.read(max(1 << 20, len(self.data)))
        self.ended = not part
        self.data += self.decode(part, final=self.ended)
        return True
