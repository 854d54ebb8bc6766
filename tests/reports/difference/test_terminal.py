"""The difference on the terminal: no text of an article commands it, and the whole stands on its first line."""

from __future__ import annotations

import re
from io import StringIO

from hypothesis import given, settings
from rich.console import Console

from copydesk.gate.differences import Difference
from copydesk.reports.difference import terminal
from copydesk.reports.difference.wording import headline

from ..differences import differences


def printed(d: Difference, report: str | None = None) -> str:
    out = StringIO()
    terminal.summary(d, Console(file=out, width=80, highlight=False), report=report)
    return out.getvalue()


@settings(max_examples=40)
@given(differences())
def test_no_text_is_a_command(d: Difference) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", printed(d, report="x.html"))


@settings(max_examples=20)
@given(differences())
def test_the_first_line_says_all_of_it_and_the_last_names_the_report(d: Difference) -> None:
    lines = printed(d, report="x.html").splitlines()
    assert lines[0].lower() == headline(d).lower()
    assert lines[-1] == "Report: x.html"
    assert "Report" not in printed(d).splitlines()[-1]
