"""The difference as a page: no text of an article is ever more than text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from copydesk.gate.differences import Difference
from copydesk.reports.difference import html

from ..differences import differences


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


@settings(max_examples=5)
@given(d=differences())
def test_it_is_written_as_it_is_rendered(tmp_path_factory: pytest.TempPathFactory, d: Difference) -> None:
    file: Path = tmp_path_factory.mktemp("page") / "difference.html"
    html.write(d, file)
    assert file.read_bytes().decode() == html.render(d)
