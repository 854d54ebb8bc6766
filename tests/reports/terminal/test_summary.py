"""The summary on the terminal: the verdict last, short, and nothing in an article moves the terminal."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from copydesk.model.chunk import Rejected
from copydesk.model.result import Collection, Result, Sample
from copydesk.reports.terminal.summary import headline, summary
from copydesk.reports.verdict import verdict

from ..hostile import hostile_results
from ..newsroom import article, expectation, finding, newsroom, result
from ..runner import command


def printed(of: Result, *, width: int = 80, report: str | None = None) -> str:
    out = io.StringIO()
    summary(of, Console(file=out, width=width, highlight=False, color_system=None), report=report)
    return out.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results(), st.sampled_from([20, 80, 200]))
def test_nothing_in_a_result_reaches_the_terminal_as_a_command(hostile: Result, width: int) -> None:
    text = printed(hostile, width=width, report="a\x1b[31m.html")
    text.encode()
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
    assert not [line for line in text.splitlines() if command(line)]
    assert f"{' '.join(headline(hostile).split())} Report: a" in " ".join(text.split())
    assert all(cell_len(line) <= width for line in text.splitlines())
    assert len(text.splitlines()) < 150 * max(1, 80 // width) ** 2


@pytest.mark.parametrize("width", range(20, 101, 7))
@pytest.mark.parametrize(
    "words", ["::error title=x,line=2::gone", "\n  ::add-mask::the", "a ##[error]b", "##vso[a b]c"]
)
def test_no_command_of_a_runner_comes_through_wherever_lines_are_wrapped(words: str, width: int) -> None:
    story = article(id=words, body=f"It was so. {words}")
    found = finding(story, "ad-residue", words, f"long enough to be wrapped: {words} {words}", file=f"{words}.jsonl")
    failed = expectation("ad-residue", 1, 1, findings=1, message=f"for {words}", values=(words,))
    columns = Collection(1, 1, 9, {"body": words, "headline": f"x {words}"})
    text = printed(result((Sample(story, [found]),), expectations=(failed,), collection=columns), width=width)
    assert not [line for line in text.splitlines() if command(line)]


def test_the_verdict_and_the_report_come_last() -> None:
    lines = printed(newsroom(), width=100, report="r.html").splitlines()
    assert lines[-2].startswith("FAILED: 4 of 5 critical expectations did not hold")
    assert lines[-2] == headline(newsroom()) and lines[-1] == "Report: r.html"
    assert headline(newsroom()) == f"FAILED: {verdict(newsroom()).sentence}"


def test_a_real_summary_is_short_and_fits() -> None:
    lines = printed(newsroom()).splitlines()
    assert len(lines) < 110
    assert max(map(cell_len, lines)) <= 80


def test_the_same_words_are_quoted_once_with_their_number() -> None:
    text = printed(newsroom())
    assert text.count("“Hide Ad”") == 1
    assert "“Hide Ad” ×901" in text


def test_the_path_is_said_once() -> None:
    story = article(id="1", body="Hide Ad\nA story.")
    found = [finding(story, "ad-residue", "Hide Ad", "why", file="/a/long/way/to/news.jsonl", row=n) for n in (1, 2, 3)]
    failed = expectation("ad-residue", 3, 3, findings=3)
    text = printed(result((Sample(story, found),), expectations=(failed,)))
    assert text.count("/a/long/way/to/news.jsonl") == 1
    assert "row 1, and 2 more articles" in text


def test_one_is_singular() -> None:
    text = printed(result(collection=Collection(1, 1, 9, {"body": "text"}), rejected=(Rejected("a", 1, "cut short"),)))
    assert "1 article of 1 file, suite news; 1 row could not be read" in text


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=400).filter(str.strip))
@settings(max_examples=60, deadline=None)
def test_quotation_marks_are_closed(words: str) -> None:
    story = article(id="1", body=words)
    failed = expectation("mojibake", 1, 1, findings=1)
    lines = printed(
        result((Sample(story, [finding(story, "mojibake", words, "why")]),), expectations=(failed,))
    ).splitlines()
    (quoted,) = (n for n, line in enumerate(lines) if line.startswith("  “"))
    assert lines[quoted].rstrip()[-1] == "”"


def test_a_twin_is_named_by_its_row() -> None:
    story = article(id="2", body="Words.")
    file = "news/a.jsonl"
    found = finding(story, "duplicate-article", "Words.", "a copy", twin_id="1", twin_file=file, twin_row=8,
                    file=file, row=12)  # fmt: skip
    text = printed(
        result((Sample(story, [found]),), expectations=(expectation("duplicate-article", 9, 1, findings=1),))
    )
    assert "row 12 → row 8" in text


@pytest.mark.parametrize("many", [400])
def test_a_suite_of_hundreds_is_cut(many: int) -> None:
    failed = tuple(expectation(f"check-{n}", 10, 5) for n in range(many))
    text = printed(result(expectations=failed))
    assert len(text.splitlines()) < 200
    assert re.search(r"and \d+ more that failed", text)
