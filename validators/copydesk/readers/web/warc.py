"""Web archives (.warc, .wet): the pages that a crawler fetched; HTML needs `copydesk[web]`.

Of a WARC file the responses with an HTML page are read, see `copydesk.readers.web.page`; of a WET file, as Common Crawl
makes it, the texts. In these the first line is the headline. A note counts the records that hold no article, such as
pictures, redirects and front pages. After a damaged record nobody can tell where the next one starts, so that this is
an error. Format: ISO 28500 (WARC 1.0 and 1.1), RFC 9112 (chunks of HTTP).
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from copydesk.errors import InputError
from copydesk.model.chunk import Chunk, Note
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.json_values import UnreadableError
from copydesk.readers.fields.row_chunks import Record, chunks_of
from copydesk.readers.files.compression import Stream
from copydesk.readers.web.page import COLUMNS, decode, is_hostile, page_of

__all__ = ["read"]

#: A longer page is rejected, and a longer header is none.
_LONGEST, _LONGEST_HEADER = 64 << 20, 1 << 20

_BLOCK = 1 << 20
_VERSION = re.compile(rb"WARC/1\.[0-9]+\r?\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _WebRecord:
    """A record of the archive: its headers by their names in lower case, and its content; None if it is too long."""

    headers: dict[str, str]
    content: bytes | None


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the articles of a web archive, a chunk for about chunk_bytes characters.

    Raises:
        NoArticlesError: no record holds an article.
        InputError: the file is cut short, damaged, or no web archive.
        MissingExtraError: there are HTML pages, and the extra `web` is not installed.
        MappingError: a mapped or extra column is not there.
    """
    counts: Counter[str] = Counter()
    records = _articles(stream, counts)
    for chunk in chunks_of(records, stream, wanted, chunk_bytes, expected="records with an article"):
        notes = tuple(Note(stream.name, f"the text of pages is {source}") for source in counts if source != _PASSED)
        yield replace(chunk, notes=notes)
    if counts[_PASSED]:
        nothing = chunk.articles.clear()
        note = Note(stream.name, f"{counts[_PASSED]:,} records hold no article, and were passed over")
        yield Chunk(nothing, [], chunk.columns, 0, (note,))


#: What is counted beside what gave the text.
_PASSED = "passed over"


def _articles(stream: Stream, counts: Counter[str]) -> Iterator[Record]:
    for record in _records(stream):
        kind = record.headers.get("warc-type")
        if kind not in ("response", "resource", "conversion"):
            continue
        if record.content is None:
            yield Record(UnreadableError(f"{_url(record)}: a record of more than {_LONGEST:,} bytes"))
            continue
        try:
            found = _text(record) if kind == "conversion" else _page(record, stream, counts)
        except UnreadableError as error:
            yield Record(UnreadableError(f"{_url(record)}: {error}"), None, len(record.content))
            continue
        if found is None:
            counts[_PASSED] += 1
        else:
            yield Record(found, None, len(record.content))


def _url(record: _WebRecord) -> str:
    return record.headers.get("warc-target-uri", "?").strip("<>")


def _text(record: _WebRecord) -> dict[str, Any] | None:
    try:
        text = (record.content or b"").decode()
    except UnicodeDecodeError as error:
        raise UnreadableError("not UTF-8") from error
    headline, _, body = text.strip("\r\n").partition("\n")
    if not headline.strip():
        return None
    language = record.headers.get("warc-identified-content-language", "").partition(",")[0]
    known = {"url": _url(record), "headline": headline.strip(), "body": body, "language": language or None}
    return {"id": record.headers.get("warc-record-id"), **dict.fromkeys(COLUMNS), **known}


def _page(record: _WebRecord, stream: Stream, counts: Counter[str]) -> dict[str, Any] | None:
    """Return the article of a response; None if it holds none."""
    status, headers, content = _response(record.content or b"")
    if record.headers["warc-type"] == "resource":  # the page itself, as it would come over HTTP
        status, headers, content = 200, record.headers, record.content or b""
    if status != 200 or "html" not in headers.get("content-type", "text/html"):
        return None
    charset = _CHARSET.search(headers.get("content-type", ""))
    html = decode(content, charset[1] if charset else None, stream.name)
    if is_hostile(html):
        raise UnreadableError("its markup is nested too deeply")
    page = page_of(html, url=_url(record), extract=stream.source.options.extract, what=stream.name)
    if page is None:
        return None
    counts[page.source] += 1
    return {"id": record.headers.get("warc-record-id"), **page.values}


def _response(data: bytes) -> tuple[int, dict[str, str], bytes]:
    """Return the status, the headers and the content of a response of HTTP."""
    end = _HEADER_END.search(data)
    if not data.startswith(b"HTTP/") or end is None:
        return 200, {}, data  # a response of another protocol is its content
    first, _, lines = data[: end.start()].partition(b"\n")
    headers = _headers(lines)
    words = first.split()
    content = data[end.end() :]
    if "chunked" in headers.get("transfer-encoding", "").lower():
        content = _without_chunks(content)
    packing = headers.get("content-encoding", "").lower()
    if packing in ("gzip", "x-gzip", "deflate") and content.lstrip()[:1] != b"<":
        content = _unpacked(content)
    elif packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise UnreadableError(f"compressed as {packing}, which is not read")
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0, headers, content


def _without_chunks(data: bytes) -> bytes:
    """Return the content of chunks; as it stands where it is none, as many crawlers take the chunks off."""
    parts: list[bytes] = []
    at = 0
    while match := re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\n]{0,200}\r?\n").match(data, at):
        size = int(match[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(data[match.end() : match.end() + size])
        at = match.end() + size
    return data


def _unpacked(data: bytes) -> bytes:
    decompressor = zlib.decompressobj(47)
    try:
        content = decompressor.decompress(data, _LONGEST)
    except zlib.error as error:
        raise UnreadableError(f"its compression is damaged ({error})") from error
    if decompressor.unconsumed_tail:
        raise UnreadableError(f"a page of more than {_LONGEST:,} bytes")
    return content


def _headers(lines: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines.decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _records(stream: Stream) -> Iterator[_WebRecord]:
    data = b""
    number = 0
    while True:
        while len(data) < _LONGEST_HEADER and not _HEADER_END.search(data.lstrip()) and (more := stream.read(_BLOCK)):
            data += more
        data = data.lstrip(b"\r\n")
        if not data:
            if not number:
                raise _damaged(stream, 1, "got an empty file")
            return
        number += 1
        end = _HEADER_END.search(data, 0, _LONGEST_HEADER)
        if not _VERSION.match(data) or end is None:
            raise _damaged(stream, number, "its header is damaged or cut short")
        headers = _headers(data[: end.start()].partition(b"\n")[2])
        length = headers.get("content-length", "")
        if not length.isdigit() or len(length) > 15:
            raise _damaged(stream, number, "it has no length")
        content, data = _content(stream, data[end.end() :], int(length))
        if content is not None and len(content) < int(length):
            raise _damaged(stream, number, "it is cut short")
        yield _WebRecord(headers, content)


def _content(stream: Stream, data: bytes, length: int) -> tuple[bytes | None, bytes]:
    """Return the content of a record, None if it is too long, and what was read after it."""
    if length <= _LONGEST:
        if len(data) < length:
            data += stream.read(length - len(data))
        return data[:length], data[length:]
    left = length - len(data)
    while left > 0 and (part := stream.read(min(left, _BLOCK))):
        left -= len(part)
    return (b"", b"") if left > 0 else (None, data[length:] if left < 0 else b"")


def _damaged(stream: Stream, number: int, reason: str) -> InputError:
    return InputError(
        f"{stream.name}: record {number}: expected a record of a web archive (WARC/1.0), {reason}."
        " Fetch the file again."
    )
