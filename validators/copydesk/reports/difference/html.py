"""The difference as one HTML file: it looks like the report, has no script, and no article text is markup."""

from __future__ import annotations

from pathlib import Path

from copydesk.gate.differences import Difference
from copydesk.outputs import write_text
from copydesk.reports.difference.wording import article_lists, articles, by_check, findings, measure_lists, values
from copydesk.reports.html.page import scriptless
from copydesk.reports.places import place

__all__ = ["render", "write"]


def write(difference: Difference, path: Path) -> None:
    """Write the page."""
    write_text(path, render(difference))


def render(difference: Difference) -> str:
    """Return the page; the same difference gives the same page."""
    return scriptless(
        "difference.html",
        version=difference.version,
        d=difference,
        articles=articles(difference),
        findings=findings(difference),
        checks=by_check(difference),
        lists=list(article_lists(difference)),
        measure_lists=list(measure_lists(difference)),
        values=values,
        place=place,
    )
