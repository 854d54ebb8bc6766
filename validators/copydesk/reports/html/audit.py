"""An audit as one HTML file: it looks like the report, has no script, and no article text is markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.auditing.kinds import KINDS
from copydesk.auditing.outcome import Audit
from copydesk.checks.documentation import documentation
from copydesk.outputs import write_text
from copydesk.reports.figures import plural
from copydesk.reports.html.page import scriptless
from copydesk.reports.places import place

__all__ = ["render", "write"]

#: How many findings of a kind, rejected rows, and splits or labels are listed. The counts are of all.
_FINDINGS, _REJECTED, _SIDES = 50, 100, 24


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of finding, its first findings, and how many are not listed."""

    name: str
    title: str
    severity: str
    count: int
    rows: Sequence[dict[str, Any]]
    more: int


def write(made: Audit, path: Path) -> None:
    """Write the page."""
    write_text(path, render(made))


def render(made: Audit) -> str:
    """Return the page; the same audit gives the same page."""
    return scriptless(
        "audit.html",
        version=made.version,
        state="passed" if made.success else "failed",
        a=made,
        sentence=_sentence(made),
        sides=[
            (title, values[:_SIDES], max(0, len(values) - _SIDES))
            for title, values in (("Splits", made.sides), ("Labels", made.labels))
            if len(values) > 1
        ],
        kinds=list(_kinds(made)),
        rejected=made.rejected[:_REJECTED],
        place=place,
    )


def _kinds(made: Audit) -> Iterator[_Kind]:
    for name, count in made.counts.items():
        rows = made.findings.filter(check=name)
        shown = rows.head(_FINDINGS).to_dicts()
        title = documentation(KINDS[name])["title"]
        yield _Kind(name, title, rows["severity"][0], count, shown, count - len(shown))


def _sentence(made: Audit) -> str:
    """Say in a sentence what was found, and where the gate is."""
    found = plural(made.findings.height, "finding") if made.findings.height else "no finding"
    gate = "no finding shuts the gate" if made.fail_on == "never" else f"the gate is at {made.fail_on}"
    return f"{found} in {plural(made.articles, 'article')}; {gate}"
