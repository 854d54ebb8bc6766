"""The dialect of separated values is found out, whatever it is, and a missing header is suspected."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.readers import ReadOptions
from copydesk.readers.delimited.dialects import escaped_breaks, unescape

HEADER = ["id", "title", "text"]
ROWS = [
    [str(n), f"Storm, the {n}th; again", f'He said "no", and left; it\nrained {n},5 days | nights.'] for n in range(8)
]
PLAIN = [[n, title, text.replace("\n", " ").replace('"no"', '"no')] for n, title, text in ROWS]


def written(rows: list[list[str]], **dialect: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", **dialect).writerows(rows)
    return out.getvalue().encode()


def articles(rows: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(("id", "headline", "body"), row, strict=True)) for row in rows]


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_every_separator_is_found(read_bytes: Callable[..., Any], delimiter: str, quoting: Any, name: str) -> None:
    data = written([HEADER, *ROWS], delimiter=delimiter, quoting=quoting)
    assert read_bytes(data, name) == (articles(ROWS), [])


def test_a_comma_in_the_header_does_not_hide_the_semicolons(read_bytes: Callable[..., Any]) -> None:
    data = written([["title", "author, agency", "text"], *([t, "M", b] for _, t, b in ROWS)], delimiter=";")
    assert [row["body"] for row in read_bytes(data, "a.csv")[0]] == [row[2] for row in ROWS]


@pytest.mark.parametrize("delimiter", [";", ",", "#"])
def test_a_line_that_says_the_separator_is_no_header(read_bytes: Callable[..., Any], delimiter: str) -> None:
    data = f"sep={delimiter}\r\n".encode() + written([HEADER, *ROWS], delimiter=delimiter)
    rows, _ = read_bytes(data, "a.csv", bare=False)
    assert [row["body"] for row in rows] == [row[2] for row in ROWS] and rows[0]["line"] == 3


def test_backslashes_before_quotes_are_understood(read_bytes: Callable[..., Any]) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    rows = [[n, title, text + " C:\\new \\"] for n, title, text in ROWS]
    data = "\n".join(",".join(map(quoted, row)) for row in [HEADER, *rows]).encode()
    assert read_bytes(data, "a.csv") == (articles(rows), [])
    assert read_bytes(data, "a.csv", options=ReadOptions(escape="\\")) == (articles(rows), [])


def test_tabs_without_quotes_are_read_whole(read_bytes: Callable[..., Any]) -> None:
    rows = [[n, title, f'"{text}' if int(n) % 2 else text] for n, title, text in PLAIN]
    data = "\n".join("\t".join(row) for row in [HEADER, *rows]).encode()
    assert read_bytes(data, "a.tsv") == (articles(rows), [])
    assert read_bytes(data, "a.csv", options=ReadOptions(delimiter="\t", quote="")) == (articles(rows), [])


def test_dumps_write_null_and_breaks_with_a_backslash(read_bytes: Callable[..., Any]) -> None:
    data = b"id\ttitle\ttext\n1\t\\N\tOne.\\nTwo.\\tC:\\\\new\n2\tStorm\tRain.\n"
    assert read_bytes(data, "a.tsv")[0] == articles([["1", None, "One.\nTwo.\tC:\\new"], ["2", "Storm", "Rain."]])  # type: ignore[list-item]
    assert not escaped_breaks([["C:\\new", "x\ny"]], quoted=True)
    assert escaped_breaks([[r"One.\n\nTwo."]], quoted=True)


@given(st.text(st.characters(exclude_characters="\\")))
def test_a_text_without_backslashes_stays(text: str) -> None:
    assert unescape(text) == text


def test_single_quotes_are_found_by_the_header(read_bytes: Callable[..., Any]) -> None:
    data = b"'id';'title';'text'\n'1';'Storm; again';'It rained; ''twice''.'\n"
    assert read_bytes(data, "a.csv")[0] == articles([["1", "Storm; again", "It rained; 'twice'."]])


def test_tabs_without_quotes_are_found_whatever_the_suffix(read_bytes: Callable[..., Any]) -> None:
    rows = [["1", '"Storm" hits', "Rain, and more"], ["2", '"Sun', "Sun, and more"], ["3", "Wind", "Wind, and more"]]
    data = "\n".join("\t".join(row) for row in [HEADER, *rows]).encode()
    assert read_bytes(data, "a.csv") == (articles(rows), [])
    bare = "\n".join("\t".join(row) for row in rows).encode()
    options = ReadOptions(header=False)
    found, _ = read_bytes(bare, "b.csv", mapped={"id": "1", "headline": "2", "body": "3"}, options=options)
    assert found == articles(rows)
