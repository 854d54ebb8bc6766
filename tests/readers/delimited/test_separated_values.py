from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, MappingError, NoArticlesError
from copydesk.readers import read
from copydesk.testing.strategies import scraped

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


def _write(records: list[dict[str, Any]], delimiter: str, end: str, quoting: Any = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(records[0]), delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()


@given(
    scraped(),
    st.sampled_from([(",", ".csv"), ("\t", ".tsv"), (";", ".csv"), ("|", ".csv")]),
    # Python before 3.13 does not quote a line end other than its own: with those, quote all.
    st.sampled_from([("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL), ("\r", csv.QUOTE_ALL)]),
)
def test_what_is_written_is_read_back(
    read_bytes: ReadBytes, found: Any, form: tuple[str, str], ending: tuple[str, Any]
) -> None:
    _, records, articles = found
    expected = [{field: text or "" for field, text in article.items()} for article in articles]
    assert read_bytes(_write(records, form[0], *ending), f"a{form[1]}") == (expected, [])


_pieces = st.sampled_from(['"', '""', ",", "\n", "\r\n", "\r", "a", "bc", " ", "\0", "\u2028", "é", ""]).map(str.encode)
_soup = st.lists(_pieces | st.sampled_from([b"\xff", b'"x, y"', b"\n1,2\n"]), max_size=25).map(b"".join)


@settings(max_examples=100)
@given(_soup)
def test_every_record_is_read_or_rejected_whatever_the_chunk(read_bytes: ReadBytes, soup: bytes) -> None:
    data = b"id,body\n1,first\n" + soup
    rows, rejected = whole = read_bytes(data, "a.csv", bare=False)
    assert rows[0]["body"] == "first"
    numbers = [row["row"] for row in rows]
    assert numbers == sorted(numbers)
    assert set(numbers) <= set(range(1, len(rows) + len(rejected) + 1))
    assert len(numbers) == len(set(numbers))
    for size in (1, 17, 100):
        assert read_bytes(data, "a.csv", bare=False, chunk_bytes=size) == whole


@given(st.lists(st.lists(st.sampled_from(["", "a", "é", "\0"]), min_size=2, max_size=4), min_size=1, max_size=9))
def test_ragged_rows_are_rejected_with_their_line(read_bytes: ReadBytes, records: list[list[str]]) -> None:
    data = "\n".join(["id,body", *map(",".join, records)]).encode()
    rows, rejected = read_bytes(data, "a.csv", bare=False)
    assert [(row["line"], row["id"], row["body"]) for row in rows] == [
        (line, *record) for line, record in enumerate(records, 2) if len(record) == 2
    ]
    assert [(row.line, row.reason) for row in rejected] == [
        (line, f"expected 2 fields as in the header, got {len(record)}")
        for line, record in enumerate(records, 2)
        if len(record) != 2
    ]


@given(st.binary(max_size=100))
def test_no_bytes_crash_it(read_bytes: ReadBytes, data: bytes) -> None:
    for name in ("a.csv", "a.tsv"):
        for prefix in (b"", b"body,x\n"):
            try:
                rows, rejected = read_bytes(prefix + data, name)
            except CopydeskError as error:
                assert str(error)
            else:
                assert rows or rejected


def test_lines_are_counted_through_quoted_line_ends(read_bytes: ReadBytes) -> None:
    data = b'\xef\xbb\xbf"id","body"\r\n1,"a\r\nb\n\nc"\r\n\r\n2,short,long\r\n3,"x"\r\n'
    rows, [rejected] = read_bytes(data, "a.csv", bare=False)
    assert [(row["row"], row["line"], row["body"]) for row in rows] == [(1, 2, "a\r\nb\n\nc"), (3, 8, "x")]
    assert rejected.line == 7


def test_bytes_that_are_not_utf_8_reject_their_row_only(read_bytes: ReadBytes) -> None:
    rows, [rejected] = read_bytes(b"id,body\n1,a\n2,\xe9\n3,c\n", "a.csv")
    assert [row["id"] for row in rows] == ["1", "3"]
    assert rejected.line == 3 and rejected.reason.startswith("not UTF-8")


def test_a_quote_that_is_never_closed_is_rejected(read_bytes: ReadBytes) -> None:
    rows, [rejected] = read_bytes(b'id,body\n1,a\n2,"b\n3,c\n', "a.csv")
    assert [row["id"] for row in rows] == ["1"]
    assert rejected.line == 3 and "never closed" in rejected.reason


def test_a_stray_quote_rejects_its_row(read_bytes: ReadBytes) -> None:
    rows, [rejected] = read_bytes(b'id,body\n1,"a" b\n2,c "d" e\n', "a.csv")
    assert [row["body"] for row in rows] == ['c "d" e']
    assert rejected.line == 2


def test_a_field_of_many_megabytes_is_read(read_bytes: ReadBytes) -> None:
    body = 'Ärger, "sagt" er\n' * 1_000_000
    data = _write([{"id": "1", "body": body}, {"id": "2", "body": "x"}], ",", "\n")
    rows, rejected = read_bytes(data, "a.csv")
    assert [row["body"] for row in rows] == [body, "x"] and not rejected


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", NoArticlesError, "holds no articles"),
        (b"\n\n", NoArticlesError, "holds no articles"),
        (b"id,body\n", NoArticlesError, "holds no articles"),
        (b'"id,body\n', InputError, "header"),
        ("id,body\n".encode("utf-16"), InputError, "iconv"),
        (b"id,title\n1,2\n", MappingError, "--map body=COLUMN"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    read_bytes: ReadBytes, data: bytes, error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, "bad.csv")
    assert "bad.csv" in str(caught.value) and said in str(caught.value)


def test_a_comma_below_a_header_that_ends_in_a_carriage_return_does_not_part_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'title;body\r"One";"A, b."\r')
    (chunk,) = read([path])
    assert chunk.articles.select("headline", "body").rows() == [("One", "A, b.")]
