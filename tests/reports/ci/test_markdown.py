"""The summary in Markdown: nothing that stands in an article is a link, a mention, markup or HTML in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import polars as pl
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from copydesk.model.result import Comparison, Result
from copydesk.reports.ci.markdown import _fitting, render
from copydesk.reports.one_line import printable
from copydesk.reports.verdict import verdict

from ..hostile import HOSTILE, about, hostile_results, writable
from ..newsroom import expectation, newsroom, result

#: What may stand outside of code: our own words, figures, and the marks of a table.
OURS = re.compile(r"[\w ,.:;%<>()—-]*")


class Html(HTMLParser):
    """The HTML of a summary: its tags, and its text within and outside of `code`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[tuple[str, int]] = set()
        self.code = False
        self.within, self.outside = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, len(attrs)))
        self.code = tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self.code = self.code and tag != "code"

    def handle_data(self, data: str) -> None:
        if self.code:
            self.within += data
        else:
            self.outside += data


def tokens(text: str) -> list[Token]:
    found = MarkdownIt("commonmark").enable("table").parse(text)
    return [t for token in found for t in (token, *(token.children or ()))]


def code(text: str) -> list[str]:
    return [t.content for t in tokens(text) if t.type in ("fence", "code_inline")]


def only_ours(text: str) -> None:
    html = Html()
    for token in tokens(text):
        if token.type == "html_block":
            html.feed(token.content)
        elif token.type == "text":
            assert OURS.fullmatch(token.content), token.content
        assert token.type not in ("html_inline", "link_open", "image", "code_block"), token
    assert html.tags <= {("details", 0), ("summary", 0), ("code", 0)}
    assert OURS.fullmatch(html.outside.replace("\n", "")), html.outside


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results())
def test_no_text_of_a_result_is_markup(hostile: Result) -> None:
    text = render(hostile)
    only_ours(text)
    assert render(hostile) == text
    assert len(text) < 65_000
    assert f"**{verdict(hostile).word}: {verdict(hostile).sentence}.**" in text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE.map(writable).filter(str.strip))
def test_the_words_stand_in_code_as_they_are_shown(words: str) -> None:
    text = render(about(words))
    only_ours(text)
    start = printable(words.strip(" "))[:20]
    blocks = [block for block in code(text) if f"\n“{start}" in block]
    assert len(blocks) == 2
    assert any(f"\n    {printable(f'because of {words}')[:30]}" in block for block in blocks)
    assert any(block.startswith(f"copydesk check {printable(words)}"[:30].rstrip()) for block in code(text))


def test_the_verdict_comes_first_then_the_failed_checks_then_the_samples() -> None:
    run = newsroom()
    text = render(run)
    assert text.splitlines()[0] == "## copydesk: failed"
    assert text.splitlines()[2] == f"**{verdict(run)}.**"
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == len(run.failed)
    assert "“Hide Ad” ×901" in text
    assert text.index("| `ad-residue` |") < text.index("<code>ad-residue</code>") < text.index("Passed (")


def test_a_run_that_holds_says_so_in_few_words() -> None:
    text = render(result(expectations=(expectation("ad-residue", 5, 0),)))
    assert text.startswith("## copydesk: passed\n\n**Passed: the only expectation holds.**\n")
    assert "|" not in text


def test_it_stays_small() -> None:
    words = "`\x01|" * 20_000
    run = about(words, many=300)
    run = replace(run, expectations=run.expectations * 150)
    text = render(run)
    only_ours(text)
    assert len(text) < 65_000


def test_a_long_summary_fits_into_a_comment_and_says_what_is_left_out() -> None:
    failed = tuple(expectation(f"check-{n}", 10, 5, message="m" * 240, values=("v" * 200,) * 5) for n in range(60))
    passed = tuple(expectation(f"{'held-' * 16}{n}", 10, 0, success=True) for n in range(600))
    text = render(replace(newsroom(), expectations=(*newsroom().expectations, *failed, *passed), command="c " * 30_000))
    assert len(text) < 65_000
    text = _fitting(["verdict", "x" * 70_000, "y" * 40_000, "z" * 40_000])
    assert text.startswith("verdict\n\nyyy") and len(text) < 65_000
    assert text.endswith("2 sections did not fit here; the report has them.\n")


def test_with_a_baseline_the_publishers_with_new_findings_are_named() -> None:
    plain = newsroom()
    assert "new findings" not in render(plain)
    comparison = Comparison(3, 41, 9, 0, plain.findings, pl.Series([], dtype=pl.Boolean))
    rows = re.findall(r"^\| (`+.*`+) \| `([\w-]+)` \| ([\d,]+) \|$", render(replace(plain, baseline=comparison)), re.M)
    numbers = [int(row[2].replace(",", "")) for row in rows]
    assert rows and numbers == sorted(numbers, reverse=True)
