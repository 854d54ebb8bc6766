"""The card in a notebook: what failed, with examples, and no text of an article becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings

from copydesk.model.result import Result
from copydesk.reports.notebook.card import render

from ..hostile import hostile_results
from ..newsroom import newsroom, result

ALLOWED = {
    "div", "p", "strong", "small", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "ul", "li",
    "mark", "br",
}  # fmt: skip


class Page(HTMLParser):
    """Gathers the tags, the attributes and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f"{data}\n"


def test_the_card_has_the_verdict_the_table_and_the_first_examples() -> None:
    one = newsroom()
    page = Page(one._repr_html_())
    assert "4 of 5 critical expectations did not hold" in page.text
    assert page.tags.count("tr") == 1 + len(one.failed)
    assert "Hide Ad" in page.text and "×901" in page.text
    assert ".findings.collect()" in page.text


def test_a_result_without_failures_has_no_table() -> None:
    assert "table" not in Page(render(result())).tags


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results())
def test_nothing_of_a_result_becomes_markup(hostile: Result) -> None:
    page = Page(render(hostile))
    assert not page.open and set(page.tags) <= ALLOWED
    assert page.attributes <= {"class", "style", "scope", "colspan"}
    assert len(render(hostile)) < 60_000
