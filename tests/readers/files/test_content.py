"""The content decides how a file is read, and an error names what it is."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from copydesk.errors import InputError
from copydesk.readers import find, read
from copydesk.readers.files.content import format_of_file

ROWS = [{"headline": f"Storm {n}", "body": f"It rained for {n} days."} for n in range(3)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
ARRAY = json.dumps(ROWS).encode()
PRETTY = json.dumps(ROWS, indent=2).encode()
IN_A_ROW = "".join(json.dumps(row, indent=1) + "\n" for row in ROWS).encode()


@pytest.mark.parametrize("data", [LINES, ARRAY, PRETTY, IN_A_ROW, b"\xef\xbb\xbf" + ARRAY])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson", "a.txt", "a.csv", "a.data"])
def test_json_is_read_whatever_its_form_and_name(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    rows = [row for chunk in read(tmp_path / name) for row in chunk.articles.select("headline", "body").to_dicts()]
    assert rows == ROWS


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.txt", "a.bin"])
def test_parquet_of_another_name_is_read_and_said(tmp_path: Path, name: str) -> None:
    pl.DataFrame(ROWS).write_parquet(tmp_path / name)
    (chunk,) = read(tmp_path / name)
    assert chunk.articles.height == 3
    assert name == "a.bin" or "Parquet" in chunk.notes[0].text


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"PK\x03\x04rest", "an archive, got one that is damaged"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged, encrypted or no such table"),
        (b"\xfd7zXZ\0", "xz"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.txt", "a.thing"])
def test_what_cannot_be_read_is_named_and_never_printed(tmp_path: Path, name: str, head: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(head + b"\x00\x01" * 50)
    try:
        list(read(tmp_path / name))
    except InputError as error:
        assert (said in str(error) or name == "a.thing") and str(error).isprintable() and len(str(error)) < 900
    else:  # another reader of this version reads such files
        assert said not in ("PDF", "git lfs pull")


def test_a_text_that_begins_as_a_magic_number_is_a_text(read_bytes: Callable[..., Any]) -> None:
    for text in ("ORCA seen off the coast\nIt swam.", "{not json}\nText.", "[Update] Storm\nIt rained.", "BZhat\nA."):
        [row], _ = read_bytes(text.encode(), "a.txt")
        assert row["headline"] == text.split("\n")[0]


def test_a_broken_first_line_is_a_rejected_row_and_no_document(read_bytes: Callable[..., Any]) -> None:
    rows, rejected = read_bytes(b'{"body": "cut\n' + LINES, "a.jsonl")
    assert len(rows) == 3 and len(rejected) == 1


def test_a_packed_file_of_another_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(gzip.compress(LINES))
    assert sum(chunk.articles.height for chunk in read(tmp_path / "dump")) == 3
    assert find(tmp_path / "dump").sources[0].compression == "gzip"


def _zip(*names: str, first: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, first if name == "mimetype" else b"<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (_zip("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
        (_zip("mimetype", first=b"application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
        (_zip("a.jsonl"), ".zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "Workbook".encode("utf-16-le"), ".xls"),
        (b"a.jsonl".ljust(257, b"\0") + b"ustar\x0000", ".tar"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', ".html"),
        (b'<?xml version="1.0"?><rss/>', ".xml"),
        (b"WARC/1.0\r\n", ".warc"),
        (b"From: a@b.example\nSubject: Storm\nLines: 2\n\nIt rained.", ".txt"),
    ],
)
def test_a_file_without_a_suffix_is_told_by_its_content(tmp_path: Path, data: bytes, suffix: str) -> None:
    (tmp_path / "10001").write_bytes(data)
    assert format_of_file(tmp_path / "10001") == (suffix, None)
    assert [source.format for source in find(tmp_path).sources] == [suffix]


@pytest.mark.parametrize(
    "data",
    [
        _zip("[Content_Types].xml", "word/document.xml"),
        _zip("mimetype", first=b"application/vnd.oasis.opendocument.text"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    ],
)
def test_a_document_of_an_office_program_is_named(tmp_path: Path, data: bytes) -> None:
    for name in ("a.docx", "a.txt", "a.xlsx"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=r"a document of an Office program.*Save its text as a file"):
            list(read(tmp_path / name))
