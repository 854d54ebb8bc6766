"""Downloads of LexisNexis: each document is an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.readers.texts.lexis import documents_of
from copydesk.readers.texts.plain_text import find_starts

BODY = "It rained for three days.\n\nThe river: it rose until Sunday."
ONE = (
    "   {n} of 3 DOCUMENTS\n\n   The Herald\n\n   March 14, 2026\n\nStorm {n} hits\n\nBYLINE: M. T.\n\n"
    f"LENGTH: 9 words\n\n{BODY}\n\nLOAD-DATE: March 14, 2026\n\nLANGUAGE: ENGLISH\n\n\n"
)
DOWNLOAD = "".join(ONE.format(n=n) for n in (1, 2, 3))


def test_each_document_of_a_download_is_an_article(read_bytes: Callable[..., Any]) -> None:
    articles = documents_of(DOWNLOAD)
    assert [a.values["headline"] for a in articles] == ["Storm 1 hits", "Storm 2 hits", "Storm 3 hits"]
    assert all(a.values["body"] == BODY and a.values["publisher"] == "The Herald" for a in articles)
    rows, _ = read_bytes(DOWNLOAD.encode(), "a.txt")
    assert [row["id"] for row in rows] == ["a.txt#1", "a.txt#2", "a.txt#3"]


@pytest.mark.parametrize("text", ["Storm\n\nIt rained.", "1 of 3\n", "It is 1 of 3 DOCUMENTS\n", ""])
def test_other_texts_are_no_download(text: str) -> None:
    assert documents_of(text) == []


@given(st.text("1 of DOCUMENTS\nLENGTH: 9", max_size=80))
def test_no_text_crashes_it(text: str) -> None:
    data = f"1 of 1 DOCUMENTS\n{text}"
    assert len(documents_of(data)) >= 1
    assert all(0 <= start <= len(data) for start in find_starts(data).values())
