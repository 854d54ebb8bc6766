"""Compressed files come out as they were, where zlib made them."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from copydesk.repair.compressing import Form, form_of, open_sink

TEXT = b"".join(b"The %d boats came in at noon. " % n for n in range(5_000))


@pytest.mark.parametrize("level", [1, 6, 9])
@pytest.mark.parametrize("text", [b"", b"short", TEXT])
def test_gzip_is_repeated(tmp_path: Path, level: int, text: bytes) -> None:
    path, again = tmp_path / "a.gz", tmp_path / "b.gz"
    with path.open("wb") as raw, gzip.GzipFile("name.txt", "wb", level, raw, mtime=7) as file:
        file.write(text)
    form = Form.of_json(form_of(path, "gzip").as_json())
    with open_sink(again, form) as sink:
        for at in range(0, len(text), 999):
            sink.write(text[at : at + 999])
    assert again.read_bytes() == path.read_bytes() and sink.size == len(text)


def test_other_headers_and_other_programs_give_the_content(tmp_path: Path) -> None:
    path, again = tmp_path / "a.gz", tmp_path / "b.gz"
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15, 1, zlib.Z_HUFFMAN_ONLY)
    header = b"\x1f\x8b\x08\x1e\0\0\0\0\0\3" + b"\2\0xx" + b"name\0comment\0" + b"cc"
    path.write_bytes(header + deflate.compress(TEXT) + deflate.flush())
    form = form_of(path, "gzip")
    with open_sink(again, form) as sink:
        sink.write(TEXT)
    assert form.header == header and zlib.decompress(again.read_bytes()[len(header) :], -15) == TEXT


def test_nothing_is_written_without_a_path() -> None:
    with open_sink(None, Form(None)) as sink:
        sink.write(b"ab")
    assert sink.size == 2
