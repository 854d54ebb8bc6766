"""An audit as a page: no text of an article is ever more than text, and long lists are cut."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import given, settings

from copydesk.auditing.outcome import Audit
from copydesk.model.chunk import Rejected
from copydesk.model.finding import no_findings
from copydesk.reports.html.audit import render, write

from ..hostile import HOSTILE, writable
from .test_report import Page


def audited(words: str, *, many: int = 1, fail_on: str = "critical") -> Audit:
    """Make an audit in which everything that comes from the data is these words."""
    said = dict.fromkeys(("article_id", "file", "reason", "text", "related"), words)
    rows = [said | {"check": "copy-across", "severity": "critical", "row": n + 1} for n in range(many)]
    rows += [said | {"check": "reprint", "severity": "info", "related": None}]
    findings = pl.concat([no_findings(), pl.DataFrame(rows)], how="diagonal_relaxed")
    sides = [(words, 2), (None, 1)]
    return Audit("0.1", 3, 2, sides, sides, findings, findings, (Rejected(words, 7, words),), fail_on)


@settings(max_examples=15, deadline=None)
@given(HOSTILE.map(writable))
def test_nothing_becomes_markup_and_nothing_is_loaded(words: str) -> None:
    page, plain = Page(render(audited(words))), Page(render(audited("words\u202e")))
    assert not page.faults
    assert {e for e, _ in page.elements} <= {e for e, _ in plain.elements}
    assert {a for _, values in page.elements for a in values} <= {a for _, values in plain.elements for a in values}
    assert not page.named("script") and len(page.named("style")) == 1
    ids = [values["id"] for _, values in page.elements if "id" in values]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.named("a")} <= set(ids)


def test_what_it_says(tmp_path: Path) -> None:
    write(audited("A wall", many=52), tmp_path / "a.html")
    page = Page((tmp_path / "a.html").read_text(encoding="utf-8"))
    said = " ".join(" ".join(page.text).split())
    assert "Failed: 53 findings in 3 articles; the gate is at critical" in said
    assert "Splits A wall 2 (none) 1" in said
    assert "And 2 more: --findings writes all." in said
    assert {"copy-across", "reprint"} <= {values.get("id") for _, values in page.elements}
    assert page.named("body")[0]["class"] == "failed"


def test_an_audit_that_finds_nothing_has_passed() -> None:
    made = Audit("0.1", 3, 0, [], [], no_findings(), no_findings(), (), "critical")
    page = Page(render(made))
    said = " ".join(" ".join(page.text).split())
    assert "Passed: no finding in 3 articles" in said
    assert page.named("body")[0]["class"] == "passed" and not page.named("table")
