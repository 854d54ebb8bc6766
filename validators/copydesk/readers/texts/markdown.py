"""Markdown (.md, .markdown): one article a file, with front matter or without.

The fields of the front matter are columns, see `copydesk.readers.texts.text_headers`. A first heading is the headline
where the front matter has none, and is left out of the body where it repeats it. The body is what follows, as it
stands: its markup is not taken off. The id is that of the front matter, else the path of the file below the folder
that was given.
"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.files.compression import Stream
from copydesk.readers.texts.article import Article, chunk_of, decoded
from copydesk.readers.texts.plain_text import read_bytes
from copydesk.readers.texts.text_headers import read_header, take_heading

__all__ = ["read"]


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the one article of a Markdown file, whatever chunk_bytes is.

    Raises:
        NoArticlesError: the file is empty or blank.
        InputError: the file is cut short or UTF-16.
        MappingError: a mapped or extra column is neither id, headline or body, nor in the front matter.
    """
    yield chunk_of(decoded(read_bytes(stream), stream.name, _articles), stream, wanted)


def _articles(text: str) -> list[Article]:
    if not text.strip():
        return []
    header = read_header(text)
    values, start = (dict(header.values), header.end) if header else ({}, 0)
    values, start = take_heading(text, start, values)
    return [Article(values | {"body": text[start:]}, {"body": start}, has_header=True)]
