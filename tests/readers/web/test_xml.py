from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, NoArticlesError
from copydesk.readers.web import xml

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


@settings(max_examples=20)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5), st.sampled_from(["utf-8", "utf-16"]))
def test_what_is_written_is_read_back(read_bytes: ReadBytes, stories: list[tuple[str, str]], encoding: str) -> None:
    items = "".join(
        f"<item><title>{escape(title)}</title><text>{escape(text)}</text></item>" for title, text in stories
    )
    data = f'<?xml version="1.0" encoding="{encoding}"?>\n<items>{items}</items>'.encode(encoding)
    for size in (1, 1 << 20):
        expected = [{"headline": title, "body": text} for title, text in stories]
        assert read_bytes(data, "a.xml", chunk_bytes=size) == (expected, [])


@settings(max_examples=40)
@given(st.binary(max_size=20), st.integers(0, 200), st.booleans())
def test_no_bytes_crash_it_or_lose_a_row(read_bytes: ReadBytes, junk: bytes, at: int, cut: bool) -> None:
    whole = b"<items>" + b"<item><title>Flood</title><text>It rained.</text></item>" * 3 + b"</items>"
    data = whole[:at] if cut else whole[:at] + junk + whole[at + len(junk) :]
    try:
        rows, rejected = read_bytes(data, "a.xml")
    except CopydeskError as error:
        assert "a.xml" in str(error)
    else:
        assert cut is False or at >= len(whole)
        assert len(rows) + len(rejected) >= 1


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x><item><text>&b;</text></item></x>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><item><text>&a;</text></item></x>'


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE])
def test_entities_that_a_document_declares_are_refused(read_bytes: ReadBytes, data: bytes) -> None:
    with pytest.raises(InputError, match="declares entities"):
        read_bytes(data, "a.xml")


def test_entities_of_html_are_read_where_a_dtd_would_declare_them(read_bytes: ReadBytes) -> None:
    data = (
        '<!DOCTYPE x SYSTEM "no-such.dtd"><x><item><text>Caf&eacute;</text></item><item><text>&nope;</text></item></x>'
    )
    rows, [rejected] = read_bytes(data.encode(), "a.xml")
    assert rows == [{"body": "Café"}] and rejected.reason == "the entity &nope; is not known"


def test_a_record_has_a_limited_size_and_depth(read_bytes: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="not well-formed"):
        read_bytes(b"<x><item>" + b"<a>" * 400 + b"</a>" * 400 + b"</item></x>", "a.xml")
    monkeypatch.setattr(xml, "MOST_ELEMENTS", 10)
    with pytest.raises(InputError, match="at most 10 elements"):
        read_bytes(b"<x><item>" + b"<a/>" * 20 + b"</item></x>", "a.xml")


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", InputError, "not well-formed"),
        (b"<items></items>", NoArticlesError, "holds no articles"),
        (b"<items><item>", InputError, "line 1"),
        (b'<?xml version="1.0" encoding="nope"?><a/>', InputError, "a.xml"),
    ],
)
def test_what_cannot_be_read_is_said(read_bytes: ReadBytes, data: bytes, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        read_bytes(data, "a.xml")


def test_a_list_of_equal_children_is_a_list(read_bytes: ReadBytes) -> None:
    tags = b"<tags><value>a</value><value>b</value></tags><author>A</author><author>B</author>"
    data = b"<a><i id='1'><text>x</text>" + tags + b"</i></a>"
    assert read_bytes(data, "a.xml")[0] == [{"id": "1", "byline": "A, B", "body": "x", "keywords": "a, b"}]
