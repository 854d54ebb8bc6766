"""The sentences about a difference, the same in every report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from copydesk.checks import SEVERITIES
from copydesk.gate.differences import Difference, Measure
from copydesk.reports.figures import percent, plural

__all__ = [
    "ArticleList",
    "CheckChange",
    "article_lists",
    "articles",
    "by_check",
    "findings",
    "headline",
    "measure_lists",
    "values",
]

#: How many rows of each list, and examples of each check, a report shows.
_ROWS, _EXAMPLES = 20, 3

_KINDS = {
    "length": "Length in words",
    "language": "Articles by language",
    "publisher": "Articles by publisher",
    "check": "Articles with findings, by check",
}


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A check whose findings changed: how many are new and fixed, and the first of the new ones.

    examples: rows of FINDING with `times`; equal words are one example.
    """

    check: str
    severity: str
    new: int
    fixed: int
    examples: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ArticleList:
    """The first articles of a list, and how many more it has."""

    title: str
    rows: list[dict[str, Any]]
    more: int


def headline(difference: Difference) -> str:
    """Return the whole difference in one sentence."""
    d = difference
    if not (d.added.height or d.removed.height or d.changed.height):
        return f"no article differs; {findings(d)}"
    return f"{articles(d)}; {findings(d)}"


def articles(difference: Difference) -> str:
    """Return how many articles were added, removed and changed."""
    d = difference
    text = f"{plural(d.added.height, 'article')} added, {d.removed.height:,} removed, {d.changed.height:,} changed"
    return text + f", {d.unchanged:,} as they were"


def findings(difference: Difference) -> str:
    """Return how many findings are new, fixed and in both versions."""
    d = difference
    return f"{plural(d.new.height, 'new finding')}, {d.fixed.height:,} fixed, {d.known:,} in both"


def by_check(difference: Difference) -> list[CheckChange]:
    """Return the checks whose findings changed: the severest first, then by the number of new findings."""
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
        CheckChange(
            check,
            severity,
            counts["new"].get(check, 0),
            counts["fixed"].get(check, 0),
            first.filter(pl.col("check") == check).to_dicts(),
        )
        for check, severity in severities.items()
    ]
    return sorted(rows, key=lambda r: (SEVERITIES.index(r.severity), -r.new, -r.fixed, r.check))


def article_lists(difference: Difference) -> Iterator[ArticleList]:
    """Yield the lists of articles that are not empty."""
    d = difference
    for title, frame in (("Added", d.added), ("Removed", d.removed), ("Changed", d.changed)):
        if frame.height:
            yield ArticleList(f"{title} ({frame.height:,})", frame.head(_ROWS).to_dicts(), max(0, frame.height - _ROWS))


def measure_lists(difference: Difference) -> Iterator[tuple[str, list[Measure], int]]:
    """Yield for each kind of measure its title, the measures that moved most, and how many more moved."""
    for kind, title in _KINDS.items():
        measures = difference.moved(kind)
        if measures:
            yield title, measures[:_ROWS], max(0, len(measures) - _ROWS)


def values(measure: Measure) -> tuple[str, str]:
    """Return the old and the new value of a measure as text."""
    return _value_text(measure.old, measure.old_share), _value_text(measure.new, measure.new_share)


def _value_text(value: int, share: float | None) -> str:
    return f"{value:,}" if share is None else f"{value:,} ({percent(100 * share)})"
