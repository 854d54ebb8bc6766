r"""Plain text (.txt): one article a file.

The first line that is not blank is the headline, without its line end. The body is everything after that line,
character for character, so that a place in the body is a place in the file. Blank lines in it separate paragraphs.
The id is the path of the file below the folder that was given. A line ends with \n, \r\n or \r. A byte order mark at
the start is not part of the text. NUL and all other characters are kept. Texts with front matter, header lines or
highlights, and several in one file, are read as `copydesk.readers.text_layouts` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from copydesk.errors import NoArticlesError
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk, Rejected
from copydesk.readers.columns import Wanted
from copydesk.readers.compression import Stream
from copydesk.readers.encodings import not_utf8
from copydesk.readers.text_layouts import layout_of

__all__ = ["find_starts", "read", "read_bytes"]

_HEADLINE = re.compile(r"(?:^|(?<=\r))[^\S\r\n]*(\S[^\r\n]*)(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_SCHEMA = ("id", "headline", "body")


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the article of a text file, or the several that it holds, whatever chunk_bytes is.

    Raises:
        NoArticlesError: the file is empty or blank.
        InputError: the file is cut short or UTF-16.
        MappingError: a mapped or extra column is none that the file has: id, headline, body.
    """
    data = read_bytes(stream, chunk_bytes)
    rejected = []
    values: list[dict[str, str]] = []
    try:
        values += _articles(data.decode(), stream)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        rejected.append(Rejected(stream.name, line, not_utf8(data, f"at byte {error.start + 1}")))
    there = {name for article in values for name in article} or {*_SCHEMA}
    schema = {name: pl.String for name in FIELDS if name in there}
    columns = wanted.find(schema, stream.name)
    rows = pl.Series(range(1, len(values) + 1), dtype=pl.Int64)
    lines = pl.Series([1] * len(values) if len(values) < 2 else [None] * len(values), dtype=pl.Int64)
    articles = columns.frame(pl.DataFrame(values, schema=schema), rows, lines)
    yield Chunk(articles, rejected, dict(columns.fields), stream.stored())


def _articles(text: str, stream: Stream) -> list[dict[str, str]]:
    """Return the articles of a text; the path of the file is their id, with a number where they are several."""
    pieces, name = layout_of(text), stream.source.relative
    if pieces is None:
        headline, body = _article(text, stream.name)
        return [{"id": name, "headline": headline, "body": body}]
    if len(pieces) == 1:
        return [{"id": name, **pieces[0].fields}]
    return [{"id": f"{name}#{number}", **piece.fields} for number, piece in enumerate(pieces, 1)]


def read_bytes(stream: Stream, chunk_bytes: int = 1 << 20) -> bytes:
    """Read the text of a file, without a byte order mark.

    Raises:
        InputError: the file is cut short or UTF-16.
    """
    stream.start_text()
    parts = []
    while part := stream.read(chunk_bytes):
        parts.append(part)
    return b"".join(parts)


def find_starts(text: str) -> dict[str, int]:
    """Return where the fields start in the text of a file, in characters; an empty dictionary for a blank text."""
    pieces = layout_of(text)
    if pieces is not None:
        return dict(pieces[0].starts) if len(pieces) == 1 else {}
    headline = _HEADLINE.search(text)
    return {} if headline is None else {"headline": headline.start(1), "body": headline.end()}


def _article(text: str, name: str) -> tuple[str, str]:
    """Cut a text into headline and body."""
    headline = _HEADLINE.search(text)
    if headline is None:
        raise NoArticlesError(f"{name}: holds no articles: expected a headline and a text, got an empty file.")
    return headline[1], text[headline.end() :]
