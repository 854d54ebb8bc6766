"""What is said of a difference, the same in every report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from copydesk.checks import SEVERITIES
from copydesk.gate.diff import Difference, Measure
from copydesk.reports.figures import percent, plural
from copydesk.reports.one_line import cut, shown

__all__ = ["Changed", "Listed", "articles", "by_check", "findings", "headline", "listed", "moved", "short", "values"]

#: So many rows of each list, and examples of each check, are shown.
_ROWS, _EXAMPLES = 20, 3

_KINDS = {
    "length": "Length in words",
    "language": "Articles by language",
    "publisher": "Articles by publisher",
    "check": "Articles with findings, by check",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A check whose findings are not the same: how many are new and fixed, and the first of the new ones.

    examples: rows of FINDING, those of the same words as one, with `times`.
    """

    check: str
    severity: str
    new: int
    fixed: int
    examples: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Listed:
    """The first articles of a list, and how many more there are."""

    title: str
    rows: list[dict[str, Any]]
    more: int


def headline(difference: Difference) -> str:
    """Return the sentence that says it all."""
    d = difference
    if not (d.added.height or d.removed.height or d.changed.height):
        return f"no article differs; {findings(d)}"
    return f"{articles(d)}; {findings(d)}"


def articles(difference: Difference) -> str:
    """Return how many articles came, went and changed."""
    d = difference
    said = f"{plural(d.added.height, 'article')} added, {d.removed.height:,} removed, {d.changed.height:,} changed"
    return said + f", {d.unchanged:,} as they were"


def findings(difference: Difference) -> str:
    """Return how many findings came and went."""
    d = difference
    return f"{plural(d.new.height, 'new finding')}, {d.fixed.height:,} fixed, {d.known:,} in both"


def by_check(difference: Difference) -> list[Changed]:
    """Return the checks whose findings are not the same, worst first, then by how many are new."""
    d = difference
    counts = {name: dict(f.group_by("check").len().iter_rows()) for name, f in (("new", d.new), ("fixed", d.fixed))}
    severities = dict(pl.concat([f.select("check", "severity") for f in (d.fixed, d.new)]).iter_rows())
    first = (
        d.new.group_by("check", "text", maintain_order=True)
        .agg(pl.all().first(), times=pl.len())
        .group_by("check", maintain_order=True)
        .head(_EXAMPLES)
    )
    rows = [
        Changed(
            check,
            severity,
            counts["new"].get(check, 0),
            counts["fixed"].get(check, 0),
            first.filter(pl.col("check") == check).to_dicts(),
        )
        for check, severity in severities.items()
    ]
    return sorted(rows, key=lambda r: (SEVERITIES.index(r.severity), -r.new, -r.fixed, r.check))


def listed(difference: Difference) -> Iterator[Listed]:
    """Yield the lists of articles that are not empty."""
    d = difference
    for title, frame in (("Added", d.added), ("Removed", d.removed), ("Changed", d.changed)):
        if frame.height:
            yield Listed(f"{title} ({frame.height:,})", frame.head(_ROWS).to_dicts(), max(0, frame.height - _ROWS))


def moved(difference: Difference) -> Iterator[tuple[str, list[Measure], int]]:
    """Yield what the measures that moved are of, the ones whose share moved most, and how many more there are."""
    for kind, title in _KINDS.items():
        measures = difference.moved(kind)
        if measures:
            yield title, measures[:_ROWS], max(0, len(measures) - _ROWS)


def values(measure: Measure) -> tuple[str, str]:
    """Return both values of a measure as they are put."""
    return _put(measure.old, measure.old_share), _put(measure.new, measure.new_share)


def _put(value: int, share: float | None) -> str:
    return f"{value:,}" if share is None else f"{value:,} ({percent(100 * share)})"


def short(text: str, columns: int) -> str:
    """Return text of the data on one line of at most so many columns."""
    return cut(shown(text[: 4 * columns]), columns)
