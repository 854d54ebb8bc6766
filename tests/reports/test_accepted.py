"""Accepted findings in the reports: what to drop is named with its reason, in the page and in the test results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from copydesk.model.result import Acceptance, AcceptedEntry, Result
from copydesk.reports.accepted import about, entries_to_drop
from copydesk.reports.ci import junit, sarif
from copydesk.reports.html.report import render
from copydesk.reports.textless import without_text

from .newsroom import article, finding, frame, result

GONE = AcceptedEntry("0123456789abcdef", reason="quotes <b>the label</b>", author="Ann", until=date(2031, 3, 1))
UNUSED = AcceptedEntry(check="caption-credit", publisher="The Mail", reason="credits are part of it")


def accepted(*, unused: int = 1) -> Result:
    story = article(id="1", headline="H", body="Hide Ad")
    rows = frame((), [finding(story, "ad-residue", "Hide Ad", "why")]).with_columns(accepted=pl.lit(0, pl.Int32))
    entries = (UNUSED,) * unused
    return replace(result(), accepted=Acceptance(1, rows, (GONE, *entries), (GONE,), entries))


def test_entries_to_drop() -> None:
    made = accepted().accepted
    assert made is not None
    assert entries_to_drop(made) == [("Accepted past the date", (GONE,)), ("Accepted without effect", (UNUSED,))]
    assert entries_to_drop(replace(made, expired=(), unused=())) == []
    assert about(UNUSED) == "credits are part of it"


def test_the_page_and_the_test_results_name_them() -> None:
    page, cases = render(accepted(unused=101)), junit.render(accepted(unused=21))
    assert "Accepted findings: <b>1 accepted, 1 entry past its date, 101 entries without effect</b>" in page
    assert "until 2031-03-01: quotes &lt;b&gt;the label&lt;/b&gt; (Ann)" in page and "And 1 more." in page
    assert "accepted findings: 1 accepted, 1 entry past its date, 21 entries without effect" in cases
    assert "Accepted past the date: 0123456789abcdef: until 2031-03-01: quotes &lt;b&gt;" in cases
    assert "Accepted without effect: and 1 more" in cases


def test_without_a_file_nothing_is_said() -> None:
    assert "ccepted findings" not in render(result()) + junit.render(result())


@pytest.mark.parametrize("form", [render, junit.render, sarif.render])
def test_without_text_no_reason_is_left(form: object) -> None:
    assert callable(form)
    said = form(without_text(accepted()))
    assert "quotes" not in said and '"Hide Ad"' not in said
