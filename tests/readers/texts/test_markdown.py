from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, NoArticlesError
from copydesk.readers import read

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]
words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)


@settings(max_examples=10)
@given(words, words)
def test_what_is_written_is_read_back(read_bytes: ReadBytes, title: str, body: str) -> None:
    text = f"---\ntitle: '{title}'\ntags: [rain, river]\n---\n# {title}\n{body}\n"
    expected = {"id": "a.md", "headline": title, "body": f"{body}\n", "keywords": "rain, river"}
    assert read_bytes(text.encode(), "a.md") == ([expected], [])


@given(st.binary(max_size=60))
def test_no_bytes_crash_it(read_bytes: ReadBytes, data: bytes) -> None:
    for before in (b"", b"---\ntitle: x\n"):
        try:
            rows, rejected = read_bytes(before + data, "a.markdown")
        except CopydeskError as error:
            assert "a.markdown" in str(error)
        else:
            assert len(rows) + len(rejected) == 1


def test_a_mapped_field_need_not_be_in_every_header(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Flood\ndesk: Local\n---\nIt rained.\n")
    (tmp_path / "b.md").write_text("# Storm\n\nIt blew.\n")
    chunks = list(read([tmp_path], mapped={"section": "desk"}))
    assert [row for chunk in chunks for row in chunk.articles.select("headline", "section").rows()] == [
        ("Flood", "Local"),
        ("Storm", None),
    ]


def test_the_id_of_the_front_matter_goes_first(read_bytes: ReadBytes) -> None:
    [row], _ = read_bytes(b"---\ntitle: Flood\nguid: n-1\n---\nIt rained.", "a.md")
    assert row["id"] == "n-1"


def test_a_blank_file_holds_no_article(read_bytes: ReadBytes) -> None:
    with pytest.raises(NoArticlesError, match=r"a\.md"):
        read_bytes(b" \n", "a.md")
