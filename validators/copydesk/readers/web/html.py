"""HTML pages (.html, .htm, .xhtml): one article a page; needs `copydesk[web]`.

A download of Factiva holds several articles; see `copydesk.readers.web.factiva`.

The text and the metadata are found by `copydesk.readers.web.page`. A page without an article, as a front page, is none.
A note says what gave the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from copydesk.errors import NoArticlesError
from copydesk.model.chunk import Chunk, Note
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.json_values import UnreadableError
from copydesk.readers.fields.row_chunks import Record, chunks_of
from copydesk.readers.files.compression import Stream
from copydesk.readers.web.factiva import articles_of
from copydesk.readers.web.page import COLUMNS, decode, is_hostile, page_of

__all__ = ["read"]

_BLOCK = 1 << 20

#: A longer page is rejected: it is no article.
_LONGEST = 64 << 20


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the article of a page, or those of a download, a chunk for about chunk_bytes.

    Raises:
        NoArticlesError: the page holds no article.
        InputError: the file is cut short.
        MissingExtraError: the extra `web` is not installed.
        MappingError: a mapped or extra column is not there.
    """
    data = bytearray()
    while len(data) <= _LONGEST and (part := stream.read(_BLOCK)):
        data += part
    records, source = _records(bytes(data), stream)
    folder = str(PurePath(stream.name).parent)
    notes = (Note(folder, f"the text of pages is {source}"),) if source else ()
    for chunk in chunks_of(iter(records), stream, wanted, chunk_bytes, expected="a page"):
        yield replace(chunk, notes=notes)
        notes = ()


def _records(data: bytes, stream: Stream) -> tuple[list[Record], str]:
    html = decode(data, None, stream.name)
    if len(data) > _LONGEST:
        return [Record(UnreadableError(f"a page of more than {_LONGEST:,} bytes"), 1)], ""
    if is_hostile(html):
        return [Record(UnreadableError("its markup is nested too deeply"), 1)], ""
    if articles := articles_of(html):
        name = stream.source.relative
        named = [{**each, "id": each["id"] or f"{name}#{number}"} for number, each in enumerate(articles, 1)]
        return [Record(each, None, len(each["body"] or "")) for each in named], "that of a download of Factiva"
    page = page_of(html, url=None, extract=stream.source.options.extract, what=stream.name)
    if page is None:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected a page with the text of one, got none.")
    values = {"id": stream.source.relative, **{column: page.values[column] for column in COLUMNS}}
    return [Record(values, 1, len(data))], page.source
