"""Downloads of Factiva: a page is many articles."""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.readers.web.factiva import articles_of

text = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


def _page(articles: list[tuple[str, list[str]]]) -> str:
    return "<html><body>" + "".join(
        f'<div class="article enArticle"><div id="hd"><span class="enHeadline">{escape(headline)}</span></div>'
        '<div class="author">M. T.</div><div>160 words</div><div>14 March 2026</div><div>07:30</div>'
        "<div>The Herald</div>"
        + "".join(f'<p class="articleParagraph enarticleParagraph">{escape(p)}</p>' for p in paragraphs)
        + f"<p>Document WEXH0000{number:04}</p></div>"
        for number, (headline, paragraphs) in enumerate(articles)
    )


@settings(max_examples=30)
@given(st.lists(st.tuples(text, st.lists(text, min_size=1, max_size=3)), min_size=1, max_size=3))
def test_what_is_written_is_read_back(articles: list[tuple[str, list[str]]]) -> None:
    found = articles_of(_page(articles))
    assert [(a["headline"], a["body"]) for a in found] == [(h, "\n".join(ps)) for h, ps in articles]
    assert all(a["publisher"] == "The Herald" and a["published"] == "14 March 2026" for a in found)
    assert [a["id"] for a in found] == [f"WEXH0000{number:04}" for number in range(len(articles))]


def test_each_article_of_a_page_is_one(read_bytes: Callable[..., Any]) -> None:
    page = _page([("Storm", ["It rained."]), ("Frost", ["It froze."])]).replace("WEXH00000001", "WEXH00000000")
    rows, _ = read_bytes(page.encode(), "a.html")
    assert [(row["id"], row["headline"], row["body"]) for row in rows] == [
        ("a.html#1", "Storm", "It rained."),
        ("a.html#2", "Frost", "It froze."),
    ]


def test_other_pages_are_none() -> None:
    assert articles_of('<div class="article enArticle">It rained.</div>') == []
    assert articles_of('<p class="articleParagraph">It rained.</p>') == []


def test_it_takes_linear_time() -> None:
    start = time.perf_counter()
    for piece in (
        '<div class="article enArticle">',
        '<p class="articleParagraph">',
        '<span class="enHeadline">',
        "<div>",
    ):
        articles_of('<div class="article enArticle"><p class="articleParagraph">' + piece * 20_000)
    assert time.perf_counter() - start < 5
