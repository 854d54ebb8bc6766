"""Lines of texts (.src): the texts of a data set of summaries, as Multi-News has it. Each document is an article.

A line is a cluster of documents, between which a separator stands. The line of the same number in the file `.tgt`
beside it is their summary: it becomes the standfirst where the cluster is a single document. A number stands for a
document: its line, and its place in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

from copydesk.errors import InputError
from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.json_values import UnreadableError
from copydesk.readers.fields.row_chunks import Record, chunks_of
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.encodings import not_utf8
from copydesk.readers.files.line_limit import LineLimit
from copydesk.readers.files.side_files import read_with

__all__ = ["read"]

_BLOCK = 1 << 20

#: What stands between the documents of a line (Multi-News on GitHub, and in its other releases).
_SEPARATOR = re.compile(r"\s*(?:story_separator_special_tag|\|{5})\s*")
#: What stands for a line break in a document.
_BREAK = re.compile(r" *NEWLINE_CHAR *")


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the documents of all lines, a chunk for about chunk_bytes characters.

    Raises:
        NoArticlesError: the file is empty.
        InputError: the file is cut short or UTF-16, or the one beside it has another number of lines.
        MappingError: a mapped or extra column is not id, standfirst or body.
    """
    stream.start_text()
    yield from chunks_of(_records(stream), stream, wanted, chunk_bytes, expected="a text in each line")


def _records(stream: Stream) -> Iterator[Record]:
    for number, (line, summary) in enumerate(_with_summaries(stream), 1):
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            fault = not_utf8(line, f"at byte {error.start + 1} of the line")
            yield Record(UnreadableError(fault), number, len(line))
            continue
        documents = [document for document in _SEPARATOR.split(text) if document.strip()]
        for place, document in enumerate(documents, 1):
            body = _BREAK.sub("\n", document.strip())
            name = f"{stream.source.relative}#{number}" + (f".{place}" if len(documents) > 1 else "")
            standfirst = _BREAK.sub("\n", summary) if summary and len(documents) == 1 else None
            yield Record({"id": name, "standfirst": standfirst, "body": body}, number, len(body))


def _with_summaries(stream: Stream) -> Iterator[tuple[bytes, str | None]]:
    """Yield the lines, and the summary of each, if a file beside has them."""
    path = stream.source.path
    beside = None if path is None else read_with(path)
    if beside is None:
        yield from zip(_lines(stream), repeat(None), strict=False)
        return
    summaries = iter(_summaries(beside))
    for line in _lines(stream):
        summary = next(summaries, None)
        if summary is None:
            raise InputError(f"{stream.name}: has more lines than {beside.name}. Fetch both files again.")
        yield line, summary
    if next(summaries, None) is not None:
        raise InputError(f"{stream.name}: has fewer lines than {beside.name}. Fetch both files again.")


def _summaries(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            for line in file:
                yield line.strip().removeprefix("– ")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error


def _lines(stream: Stream) -> Iterator[bytes]:
    held: list[bytes] = []
    limit = LineLimit(stream.source)
    while block := stream.read(_BLOCK):
        limit.see(block)
        first, *lines = block.split(b"\n")
        held.append(first)
        if lines:
            yield b"".join(held)
            yield from lines[:-1]
            held = lines[-1:]
    if any(held):
        yield b"".join(held)
