"""The summary on one screen: whatever was found, it says why, and leaves room for what a hook's caller prints."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from copydesk.model.result import Result
from copydesk.reports.terminal.brief import brief
from copydesk.reports.terminal.summary import headline

from ..hostile import hostile_results
from ..newsroom import article, expectation, finding, frame, newsroom, result
from ..runner import command


def printed(of: Result, *, width: int = 80) -> str:
    out = io.StringIO()
    brief(of, Console(file=out, width=width, highlight=False, color_system=None))
    return out.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results(), st.sampled_from([40, 80, 200]))
def test_it_is_one_screen_whatever_the_articles_hold(hostile: Result, width: int) -> None:
    text = printed(hostile, width=width)
    lines = text.splitlines()
    assert len(lines) <= (17 if width >= 80 else 18)
    assert all(cell_len(line) <= width for line in lines)
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
    assert not [line for line in lines if command(line)]
    assert " ".join(text.split()).startswith(" ".join(headline(hostile).split()))


@pytest.mark.parametrize("failing", range(1, 30))
def test_the_words_the_place_and_the_reason_of_the_first_and_the_names_of_all_others(failing: int) -> None:
    story = article(id="s", body="A good story. Hide Ad")
    found = finding(story, "check-0", "Hide Ad", "the label of a slot", file="news/a.jsonl", row=7)
    failed = [expectation(f"check-{n}", 5, 1, findings=n == 0, severity="critical") for n in range(failing)]
    text = printed(result((), expectations=tuple(failed), findings=frame((), [found])))
    assert "  news/a.jsonl, row 7: “Hide Ad”\n    the label of a slot\n" in text
    assert all(f"check-{n}" in text for n in range(min(failing, 8)))
    assert (f"also failed ({failing - 4})" in text) == (failing > 4)


def test_where_nothing_failed_it_is_the_verdict_alone() -> None:
    held = expectation("ad-residue", 5, 0)
    assert printed(result(expectations=(held,))) == f"{headline(result(expectations=(held,)))}\n"


def test_it_names_the_command_that_says_more() -> None:
    assert (
        printed(newsroom(), width=100)
        .splitlines()[-1]
        .startswith("4,183 articles read; in full: copydesk check stories/ ")
    )
