from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.readers.web.page import decode, is_hostile, page_of

PARAGRAPHS = [
    f"The river rose by {n} metres in the night, and the bridge was closed until the morning." for n in range(6)
]


def _page(ld: dict[str, Any] | None = None, head: str = "", paragraphs: list[str] = PARAGRAPHS) -> str:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    nav = "<nav><ul><li><a href=/>Home</a></li></ul></nav>"
    article = f"<article><h1>Flood</h1>{body}</article>"
    return f"<!doctype html><html lang=en><head>{head}{script}</head><body>{nav}{article}</body></html>"


def test_the_body_of_json_ld_goes_first_and_gets_the_breaks_of_the_page() -> None:
    ld = {
        "@graph": [
            {"@type": "WebPage"},
            {
                "@type": ["NewsArticle"],
                "headline": "A flood",
                "articleBody": " ".join(PARAGRAPHS),
                "author": [{"name": "A. Writer"}],
            },
        ]
    }
    page = page_of(_page(ld), url="https://paper.example/1", extract="resiliparse", what="a.html")
    assert page is not None and page.source == "articleBody (JSON-LD)"
    assert page.values["body"] == "\n".join(PARAGRAPHS)
    assert (page.values["headline"], page.values["byline"]) == ("A flood", "A. Writer")
    assert (page.values["url"], page.values["language"]) == ("https://paper.example/1", "en")


@pytest.mark.parametrize("extract", ["resiliparse", "trafilatura"])
def test_without_it_the_main_text_is_taken(extract: str) -> None:
    head = '<meta property="og:site_name" content="Paper"><meta name=author content="A. Writer"><link rel=canonical href="https://paper.example/2">'
    page = page_of(_page(head=head), url=None, extract=extract, what="a.html")
    assert page is not None and page.source == f"main text ({extract})"
    assert page.values["body"] is not None and page.values["body"].endswith("\n".join(PARAGRAPHS[1:]))
    assert "Home" not in page.values["body"]
    found = [page.values[name] for name in ("publisher", "byline", "url", "headline")]
    assert found == ["Paper", "A. Writer", "https://paper.example/2", "Flood"]


def test_a_page_without_a_story_is_none() -> None:
    assert page_of(_page(paragraphs=["Index"]), url=None, extract="resiliparse", what="a.html") is None
    short = page_of(
        _page(head='<meta property="og:type" content="article">', paragraphs=["Short."]),
        url=None,
        extract="resiliparse",
        what="x",
    )
    assert short is not None


@settings(max_examples=30)
@given(st.text(st.sampled_from("<>/!-=\"' {}[]abp\n")), st.text())
def test_any_page_is_read(markup: str, ld: str) -> None:
    for html in (markup, f'<script type="application/ld+json">{ld}</script>{markup}'):
        if not is_hostile(html):
            page_of(html, url=None, extract="resiliparse", what="a.html")


@pytest.mark.parametrize(
    "html",
    ["<div>" * 1000, "<b>x<p>" * 1000, "<font color=1>" * 1000, "<p>" * 600 + "<a " + "b " * 3000 + ">"],
)
def test_hostile_markup_is_known(html: str) -> None:
    assert is_hostile(html)


def test_a_long_page_is_not_hostile() -> None:
    assert not is_hostile("<div><p>It rained.<br><b>A lot.</b><li>x</div>" * 5000)


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [("Café “x”", "utf-8", None), ("Café “x”", "cp1252", "windows-1252"), ("Café", "cp1252", "no-such-charset")],
)
def test_pages_are_decoded(text: str, encoding: str, charset: str | None) -> None:
    decoded = decode(text.encode(encoding), charset, "a.html")
    assert decoded == text or charset == "no-such-charset"
