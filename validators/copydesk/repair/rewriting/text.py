"""A plain text written again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from copydesk.readers.files.compression import Stream
from copydesk.readers.texts.plain_text import find_starts
from copydesk.repair.articles import Repaired
from copydesk.repair.rewriting.pieces import Patch, Piece, Queue, RefusedError, changed, checked, read_all

__all__ = ["rewrite"]

_BOM = b"\xef\xbb\xbf"


def rewrite(stream: Stream, articles: Queue) -> Iterator[Piece]:
    """Yield the pieces of a file: it is one article."""
    data = read_all(stream)
    repaired = articles.take(1)
    if repaired is None:
        yield data
        return
    mark = _BOM if data.startswith(_BOM) else b""
    text = data.removeprefix(mark).decode()
    yield mark
    yield changed(repaired, text, partial(_patches, text, repaired))


def _patches(text: str, repaired: Repaired) -> Iterator[Patch]:
    starts = find_starts(text)
    for field, edits in repaired.edits.items():
        if field not in starts:
            raise RefusedError(f"a text file has no place for the field {field}")
        start, before = starts[field], repaired.before[field]
        checked(repaired, field, text[start : start + len(before)])
        if field == "headline" and (not repaired.after(field).strip() or len(repaired.after(field).splitlines()) > 1):
            raise RefusedError("the headline of a text file is its first line, and must stay one")
        for edit in edits:
            yield start + edit.start, start + edit.end, edit.new
