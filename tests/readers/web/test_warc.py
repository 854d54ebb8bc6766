from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, NoArticlesError
from copydesk.readers import read

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]
TEXT = "The river rose by three metres in the night, and the bridge was closed until the morning."


def _record(kind: str, content: bytes, number: int = 0) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{number}>\r\nWARC-Target-URI: https://paper.example/{number}\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(content) + content + b"\r\n\r\n"


def _page(
    number: int, *, chunked: bool = False, packed: bool = False, status: int = 200, kind: str = "text/html"
) -> bytes:
    content = f"<html><body><article><h1>Story {number}</h1>{f'<p>{TEXT}</p>' * 5}</article></body></html>".encode()
    headers = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}; charset=utf-8\r\n"
    if packed:
        content, headers = gzip.compress(content), headers + "Content-Encoding: gzip\r\n"
    if chunked:
        half = len(content) // 2
        parts = [content[:half], content[half:], b""]
        content = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
        headers += "Transfer-Encoding: chunked\r\n"
    return headers.encode() + b"\r\n" + content


@settings(max_examples=10)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=4), st.booleans())
def test_what_is_written_is_read_back(read_bytes: ReadBytes, forms: list[tuple[bool, bool]], packed: bool) -> None:
    records = [_record("warcinfo", b"software: x")]
    for number, (chunked, gzipped) in enumerate(forms):
        records += [
            _record("request", b"GET / HTTP/1.1\r\n\r\n"),
            _record("response", _page(number, chunked=chunked, packed=gzipped), number),
        ]
    data = b"".join(map(gzip.compress, records)) if packed else b"".join(records)
    rows, rejected = read_bytes(data, "a.warc.gz" if packed else "a.warc", chunk_bytes=500)
    assert not rejected
    assert [(row["id"], row["headline"]) for row in rows] == [(f"<urn:{n}>", f"Story {n}") for n in range(len(forms))]
    assert all(row["body"].count(TEXT) == 5 for row in rows)


@settings(max_examples=40)
@given(st.binary(max_size=30), st.integers(0, 2500), st.booleans())
def test_no_bytes_crash_it(read_bytes: ReadBytes, junk: bytes, at: int, cut: bool) -> None:
    whole = b"".join(_record("response", _page(number), number) for number in range(3))
    data = whole[:at] if cut else whole[:at] + junk + whole[at + len(junk) :]
    try:
        rows, rejected = read_bytes(data, "a.warc")
    except CopydeskError as error:
        assert "a.warc" in str(error)
    else:
        assert len(rows) + len(rejected) <= 3


def test_a_record_that_is_cut_or_damaged_is_an_error(tmp_path: Path) -> None:
    whole = _record("response", _page(0)) + _record("response", _page(1))
    file = tmp_path / "a.warc"
    for data in (
        whole[:-30],
        whole.replace(b"WARC/1.0", b"WARX/1.0"),
        whole.replace(b"Content-Length", b"Content-Lengt"),
    ):
        file.write_bytes(data)
        with pytest.raises(InputError, match=r"record [12]: expected a record of a web archive"):
            list(read([file]))


def test_records_without_an_article_are_counted(tmp_path: Path) -> None:
    pages = [_page(0), _page(1, status=404), _page(2, kind="image/png"), b"HTTP/1.1 200 OK\r\n\r\n<p>Index</p>"]
    (tmp_path / "a.warc").write_bytes(b"".join(_record("response", page, n) for n, page in enumerate(pages)))
    [chunk] = read([tmp_path / "a.warc"])
    assert len(chunk.articles) == 1 and not chunk.rejected
    assert "3 records hold no article, and were passed over" in [note.text for note in chunk.notes]


def test_pages_that_cannot_be_read_are_rejected(tmp_path: Path) -> None:
    brotli = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\nxyz"
    deep = b"HTTP/1.1 200 OK\r\n\r\n" + b"<div>" * 2000
    bomb = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(65 << 20))
    damaged = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxyz"
    pages = [brotli, deep, bomb, damaged, _page(4)]
    (tmp_path / "a.warc").write_bytes(b"".join(_record("response", page, n) for n, page in enumerate(pages)))
    [chunk] = read([tmp_path / "a.warc"])
    reasons = [row.reason for row in chunk.rejected]
    assert len(chunk.articles) == 1 and len(reasons) == 4
    for said, reason in zip(["compressed as br", "nested too deeply", "more than", "damaged"], reasons, strict=True):
        assert said in reason and "https://paper.example/" in reason


def test_the_texts_of_common_crawl_are_read(read_bytes: ReadBytes) -> None:
    data = b"".join(_record("conversion", f"Story {n}\nIt rained.\nIt poured.".encode(), n) for n in range(2))
    rows, _ = read_bytes(data + _record("conversion", b"\xff", 3) * 0, "a.wet")
    assert [(row["url"], row["headline"], row["body"]) for row in rows] == [
        (f"https://paper.example/{n}", f"Story {n}", "It rained.\nIt poured.") for n in range(2)
    ]


def test_an_empty_archive_is_an_error(read_bytes: ReadBytes) -> None:
    with pytest.raises(InputError, match="got an empty file"):
        read_bytes(b"", "a.warc")
    with pytest.raises(NoArticlesError, match="records with an article"):
        read_bytes(_record("warcinfo", b"x"), "a.warc")
