"""A JSON array written again, value by value; also a single article, a JSON-LD graph, and JSON lines named .json."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from copydesk.readers.compression import Stream
from copydesk.readers.json_values import decoder
from copydesk.repair.rewriting import json_lines
from copydesk.repair.rewriting.json_record import object_patches
from copydesk.repair.rewriting.pieces import Piece, Queue, changed

__all__ = ["rewrite"]

_BLOCK = 1 << 20
_BOM = "\ufeff"
_SPACE = re.compile(r"[ \t\r\n]*")


def rewrite(stream: Stream, articles: Queue) -> Iterator[Piece]:
    """Yield the pieces of a file."""
    text = _Text(stream)
    if text.data.startswith(_BOM):
        yield _bytes(text.take(1))
    yield _bytes(text.take(text.after_space()))
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


def _single(text: str, value: Any, articles: Queue) -> Iterator[Piece]:
    """Yield a single value: an article, or a graph whose nodes are articles."""
    graph = value.get("@graph") if isinstance(value, dict) else None
    if not isinstance(graph, list):
        yield _piece(text, 1, articles)
        return
    row, begins = 0, _graph(text)
    done = 0
    for node, at, end in _nodes(text, begins):
        if isinstance(node, dict) and "Article" in str(node.get("@type")):
            row += 1
            yield _bytes(text[done:at])
            yield _piece(text[at:end], row, articles)
            done = end
    yield _bytes(text[done:])


def _piece(text: str, row: int, articles: Queue) -> Piece:
    """Return the object of a row as a piece."""
    repaired = articles.take(row)
    if repaired is None:
        return _bytes(text)
    return changed(repaired, text, partial(object_patches, text, 0, repaired))


def _graph(text: str) -> int:
    """Return where the list of the first key '@graph' of an object begins."""
    at = _after_space(text, 1)
    while True:
        if text[at] == ",":
            at = _after_space(text, at + 1)
        key, at = decoder.raw_decode(text, at)
        at = _after_space(text, _after_space(text, at) + 1)
        if key == "@graph":
            return at
        at = _after_space(text, decoder.raw_decode(text, at)[1])


def _nodes(text: str, at: int) -> Iterator[tuple[Any, int, int]]:
    at = _after_space(text, at + 1)
    while text[at] != "]":
        if text[at] == ",":
            at = _after_space(text, at + 1)
        node, end = decoder.raw_decode(text, at)
        yield node, at, end
        at = _after_space(text, end)


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
