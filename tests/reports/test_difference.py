"""The difference as text, Markdown, JSON and a page: no text of an article is ever more than text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import StringIO

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from copydesk.gate.diff import Difference, Measure, Version
from copydesk.model.finding import no_findings
from copydesk.reports.difference import data, html, markdown, terminal

from .hostile import HOSTILE, writable

TEXT = HOSTILE.map(writable)
STRING, NUMBER = pl.String(), pl.Int64()
SHOWN: dict[str, pl.DataType] = {
    "article_id": STRING, "file": STRING, "row": NUMBER, "headline": STRING, "words": NUMBER
}  # fmt: skip
CHANGED: dict[str, pl.DataType] = {"words_before": NUMBER, "fields": pl.List(pl.String)}


@st.composite
def differences(draw: st.DrawFn) -> Difference:
    def listed(fields: bool = False) -> pl.DataFrame:
        rows = [
            {"article_id": draw(TEXT), "file": draw(TEXT), "row": 1, "headline": draw(st.none() | TEXT), "words": 3}
            | ({"words_before": draw(st.integers(0, 9)), "fields": ["body", "url"]} if fields else {})
            for _ in range(draw(st.integers(0, 3)))
        ]
        schema = SHOWN | (CHANGED if fields else {})
        return pl.DataFrame(rows, schema=schema)

    def found() -> pl.DataFrame:
        checks = [("ad-residue", "critical"), ("mojibake", "warning"), ("liveblog", "info")]
        rows = [
            {
                "text": draw(TEXT),
                "reason": draw(TEXT),
                "file": draw(TEXT),
                "row": n,
                "check": check,
                "severity": severity,
            }
            for n, (check, severity) in enumerate(draw(st.lists(st.sampled_from(checks), max_size=4)))
        ]
        return pl.concat([no_findings(), pl.DataFrame(rows, schema_overrides=no_findings().schema)], how="diagonal")

    measures = [Measure("length", "median", 3, draw(st.integers(0, 9)))]
    measures += [Measure("publisher", draw(TEXT), 1, 2, 0.1, 0.2) for _ in range(draw(st.integers(0, 30)))]
    versions = [Version(draw(TEXT), 10, 1, 100, draw(st.integers(0, 2)), 5) for _ in range(2)]
    return Difference(
        "0.1.0", draw(TEXT), versions[0], versions[1], listed(), listed(), listed(fields=True),
        4, found(), found(), 7, tuple(measures), draw(TEXT),
    )  # fmt: skip


class Tags(HTMLParser):
    """Collects the tags and the attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}


#: The tags of an empty difference and of a full one, and their attributes; `i` and `title` show what is not seen.
ALLOWED = {
    "html", "lang", "head", "meta", "charset", "http-equiv", "content", "name", "title", "style", "body", "a", "class",
    "href", "header", "p", "b", "bdi", "main", "id", "tabindex", "section", "aria-labelledby", "h1", "h2", "dl", "div",
    "dt", "dd", "code", "table", "caption", "thead", "tbody", "tr", "th", "scope", "td", "colspan", "dir", "q", "span",
    "footer", "i",
}  # fmt: skip


@settings(max_examples=40)
@given(differences())
def test_a_page_holds_no_tag_but_its_own(d: Difference) -> None:
    page = html.render(d)
    tags = Tags()
    tags.feed(page)
    assert not tags.seen - ALLOWED
    assert page == html.render(d)


@settings(max_examples=40)
@given(differences())
def test_text_and_markdown_show_no_more_than_text(d: Difference) -> None:
    out = StringIO()
    terminal.summary(d, Console(file=out, width=80, highlight=False), report="x.html")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", out.getvalue())
    text = markdown.render(d)
    for line in text.splitlines():
        outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", line)
        assert not re.search(r"[<>\[\]!]|@\w", outside)
        if line.startswith("|"):  # no text ends a cell
            assert line.count("|") in (4, 5, 6)


@settings(max_examples=30)
@given(differences())
def test_the_json_has_all_counts(d: Difference) -> None:
    said = json.loads(data.render(d))
    assert said["articles"]["changed"] == d.changed.height == len(said["changed"])
    assert said["findings"] == {"new": d.new.height, "fixed": d.fixed.height, "known": 7}
