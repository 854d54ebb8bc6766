from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, MappingError, NoArticlesError
from copydesk.readers import read
from copydesk.testing.strategies import bodies, headlines

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


@given(
    st.sampled_from(["", "\n", "\r", " \r\n\n", "\t\n", " \r\r"]),
    headlines(),
    st.sampled_from(["\n", "\r\n", "\r"]),
    bodies() | st.just(""),
)
def test_what_is_written_is_read_back(read_bytes: ReadBytes, before: str, headline: str, end: str, body: str) -> None:
    if end == "\r" and body.startswith("\n"):
        end = "\n"  # or the two would be one line end
    data = (before + headline + end + body).encode()
    for size in (1, 17, 100, 1 << 20):
        assert read_bytes(data, "a.txt", chunk_bytes=size) == (
            [{"id": "a.txt", "headline": headline, "body": body}],
            [],
        )


def test_the_byte_order_mark_is_no_text_and_nul_is(read_bytes: ReadBytes) -> None:
    [row], _ = read_bytes("\ufeffHead\x00line\r\n\r\nOne.\u2028Two.\ufeff\r\n".encode(), "a.txt")
    assert row == {"id": "a.txt", "headline": "Head\x00line", "body": "\r\nOne.\u2028Two.\ufeff\r\n"}


@given(st.binary(max_size=60))
def test_no_bytes_crash_it(read_bytes: ReadBytes, data: bytes) -> None:
    try:
        rows, rejected = read_bytes(data, "a.txt")
    except CopydeskError as error:
        assert "a.txt" in str(error)
        return
    assert len(rows) + len(rejected) == 1
    for row in rows:
        assert data.endswith((row["headline"] + row["body"]).encode()) or re.search(rb"[\r\n]", data)


def test_a_file_that_is_not_utf_8_is_a_rejected_row(read_bytes: ReadBytes) -> None:
    rows, [rejected] = read_bytes("Titel\n\nÄrger\n".encode("latin-1"), "a.txt")
    assert rows == [] and rejected.line == 3 and rejected.reason.startswith("not UTF-8 at byte ")


def test_a_folder_of_texts_shares_chunks_and_names_them_by_their_path(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.txt", "b/a.txt", "b/c.TXT"):
        (tmp_path / name).write_text(f"Head of {name}\nBody.")
    [chunk] = read([tmp_path])
    assert chunk.articles["id"].to_list() == ["a.txt", "b/a.txt", "b/c.TXT"]
    assert chunk.articles["file"].to_list() == [str(tmp_path / name) for name in ("a.txt", "b/a.txt", "b/c.TXT")]
    assert chunk.articles["row"].to_list() == chunk.articles["line"].to_list() == [1, 1, 1]
    assert len(list(read([tmp_path], chunk_bytes=1))) == 3


@pytest.mark.parametrize(
    ("data", "options", "error", "said"),
    [
        (b"", {}, NoArticlesError, "holds no articles"),
        (b" \n\r\n\t", {}, NoArticlesError, "holds no articles"),
        ("Head\nBody".encode("utf-16"), {}, InputError, "iconv -f UTF-16"),
        (b"Head\nBody", {"extra": ["topic"]}, MappingError, "'topic'"),
        (b"Head\nBody", {"mapped": {"body": "text"}}, MappingError, "'text'"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    read_bytes: ReadBytes, data: bytes, options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, "bad.txt", **options)
    assert "bad.txt" in str(caught.value) and said in str(caught.value)
