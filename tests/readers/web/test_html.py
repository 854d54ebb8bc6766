from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, NoArticlesError
from copydesk.readers import read
from copydesk.testing.strategies import headlines

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]
TEXT = "The river rose by three metres in the night, and the bridge was closed until the morning."


def _page(headline: str, paragraphs: int) -> bytes:
    from html import escape

    text = f"<p>{TEXT}</p>" * paragraphs
    return f"<html><body><h1>{escape(headline)}</h1><article>{text}</article></body></html>".encode()


@settings(max_examples=10)
@given(headlines(), st.integers(4, 9))
def test_what_is_written_is_read_back(read_bytes: ReadBytes, headline: str, paragraphs: int) -> None:
    [row], rejected = read_bytes(_page(headline, paragraphs), "a.html")
    assert not rejected and row["body"].count(TEXT) == paragraphs and row["id"] == "a.html"


@settings(max_examples=30)
@given(st.binary(max_size=80), st.integers(0, 500))
def test_no_bytes_crash_it(read_bytes: ReadBytes, junk: bytes, place: int) -> None:
    whole = _page("Flood", 4)
    try:
        rows, rejected = read_bytes(whole[:place] + junk + whole[place + len(junk) :], "a.htm")
    except CopydeskError as error:
        assert "a.htm" in str(error)
    else:
        assert len(rows) + len(rejected) == 1


def test_a_folder_of_pages_shares_a_chunk_and_notes_what_gave_the_text(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_bytes(_page(f"Story {number}", 5))
    (tmp_path / "z.html").write_bytes(b"<div>" * 2000)
    pages, deep = read([tmp_path])
    assert len(pages.articles) == 3 and {(note.file, note.text) for note in pages.notes} == {
        (str(tmp_path), "the text of pages is main text (resiliparse)")
    }
    assert [row.reason for row in deep.rejected] == ["its markup is nested too deeply"]


def test_a_page_without_an_article_holds_none(read_bytes: ReadBytes) -> None:
    with pytest.raises(NoArticlesError, match="a page with the text of one"):
        read_bytes(b"<html><body>Index</body></html>", "index.html")
