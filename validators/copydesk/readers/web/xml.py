"""XML (.xml, .rss, .atom, .nitf): feeds, news agencies' formats, news sitemaps, dumps of wikis, and lists of records.

It needs `copydesk[xml]`. The dialects are in `copydesk.readers.web.xml_dialects`. Of any other XML each child of the
root is a record, and each child of that a column. A document is read record by record. It is hostile until
proven otherwise: no entity that it declares is resolved, nothing is fetched, and a record has a limited size and
depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from copydesk.errors import InputError
from copydesk.model.chunk import Chunk, Note
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.json_values import UnreadableError
from copydesk.readers.fields.row_chunks import Record, chunks_of
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.extras import load
from copydesk.readers.web.xml_dialects import DIALECTS, Dialect, generic, size_of
from copydesk.readers.web.xml_elements import EntityError, local_name

__all__ = ["read"]

#: A record with more elements is none; libxml2 bounds their depth (256) and the length of a text (10 MB).
MOST_ELEMENTS = 200_000


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the articles of an XML document, a chunk for about chunk_bytes characters.

    Raises:
        NoArticlesError: there is no record.
        InputError: the document is cut short, not well-formed, declares entities, or has a record that is too large.
        MissingExtraError: the extra `xml` is not installed.
        MappingError: no element holds the body, or a mapped or extra one is not there.
    """
    etree = load("lxml.etree", "xml", stream.name)
    without_text = [0, 0]
    try:
        records = _counted(_records(etree, stream), without_text)
        for chunk in chunks_of(records, stream, wanted, chunk_bytes, expected="records in the XML"):
            yield chunk
        if without_text[0] and without_text[0] == without_text[1]:
            note = Note(stream.name, "it names articles, and holds no text of any")
            yield replace(chunk, articles=chunk.articles.clear(), rejected=[], bytes=0, notes=(note,))
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"{stream.name}: line {error.lineno or 1}: not well-formed XML: {error.msg}. Fetch or write the file again."
        ) from error
    except (LookupError, UnicodeError) as error:
        raise InputError(f"{stream.name}: the encoding of the XML cannot be read ({error}).") from error


def _counted(records: Iterator[Record], without_text: list[int]) -> Iterator[Record]:
    """Yield the records; count those that are articles without a text, and all."""
    for record in records:
        is_bare = not isinstance(record.value, UnreadableError) and "body" in record.value and not record.value["body"]
        without_text[0] += is_bare
        without_text[1] += 1
        yield record


def _records(etree: Any, stream: Stream) -> Iterator[Record]:
    events = etree.iterparse(
        cast(BinaryIO, stream),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    path = getattr(stream.source.options, "records", None)
    reading = _Reading(stream.name, path.rpartition(".")[2].lower() if path else None)
    for event, element in events:
        if event == "start":
            reading.start(element)
        else:
            yield from reading.end(element)


class _Reading:
    """What is known of a document while it is read."""

    def __init__(self, name: str, records: str | None) -> None:
        self._name, self._records = name, records
        self._depth = self._elements = 0
        self._dialect: Dialect | None = None
        self._record: Any = None
        self._about: dict[str, str] = {}

    def start(self, element: Any) -> None:
        """Take in the start of an element."""
        self._depth += 1
        if self._depth == 1:
            self._expect_no_entities(element)
            self._dialect = None if self._records else DIALECTS.get(local_name(element).lower())
        if self._record is None and self._begins_record(element):
            self._record, self._elements = element, 0
        self._elements += 1
        if self._elements > MOST_ELEMENTS and self._record is not None:
            raise InputError(
                f"{self._name}: line {self._record.sourceline}: expected a record of at most {MOST_ELEMENTS:,}"
                " elements, got one that is larger. Name the file of another format, or cut it."
            )

    def end(self, element: Any) -> Iterator[Record]:
        """Yield the record that ends with an element, if one does."""
        self._depth -= 1
        if self._record is None:
            if self._dialect is not None and self._depth <= self._dialect.about_depth:
                self._dialect.learn(element, self._about)
            if self._depth > self._about_depth():
                _forget(element)
            return
        if element is not self._record:
            return
        self._record = None
        read: Callable[[Any, dict[str, str]], dict[str, Any] | None] = self._dialect.read if self._dialect else generic
        try:
            values = read(element, self._about)
            if values is not None:
                yield Record(values, element.sourceline, size_of(values))
        except EntityError as error:
            yield Record(UnreadableError(f"the entity {error} is not known"), element.sourceline)
        _forget(element)

    def _about_depth(self) -> int:
        return self._dialect.about_depth if self._dialect else 0

    def _begins_record(self, element: Any) -> bool:
        if self._records is not None:
            return local_name(element).lower() == self._records
        if self._dialect is None:
            return self._depth == 2
        return local_name(element).lower() in self._dialect.records

    def _expect_no_entities(self, root: Any) -> None:
        dtd = root.getroottree().docinfo.internalDTD
        if dtd is not None and any(True for _ in dtd.iterentities()):
            raise InputError(
                f"{self._name}: the XML declares entities of its own, which are not resolved: they can stand for more"
                " text than memory holds. Write it with its entities resolved: `xmllint --noent FILE`."
            )


def _forget(element: Any) -> None:
    """Free an element that was read, and what stands before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
