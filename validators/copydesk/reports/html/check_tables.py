"""The tables of checks: failed, not applicable and passed expectations as rows, the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from copydesk.checks import SEVERITIES
from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.failures import allowed_share
from copydesk.reports.figures import number, percent
from copydesk.reports.html.anchors import Anchors
from copydesk.reports.html.trend import Trend, trend

__all__ = ["CheckRow", "CheckTables", "check_tables", "count_known", "failed_in_order", "share_found"]

_MOST_ROWS = 150  # of all tables together


@dataclass(frozen=True, slots=True)
class CheckRow:
    """An expectation as the tables show it.

    known: how many findings do not count, because a baseline knows them or somebody accepted them.
    found, limit: the shares of articles that have findings and that may have them, in words; empty where unknown.
    """

    name: str
    title: str
    severity: str
    rank: int
    family: str
    checked: int | None
    unexpected: int | None
    share: float | None
    allowed: float | None
    found: str
    limit: str
    findings: int | None
    known: int
    message: str
    anchor: str
    options: list[tuple[str, str]]
    about: str
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class CheckTables:
    """The rows of each table, and how many expectations did not fit."""

    failed: list[CheckRow]
    apart: list[CheckRow]
    passed: list[CheckRow]
    unlisted: int


def failed_in_order(result: Result) -> list[tuple[CheckRow, ExpectationResult]]:
    """Return the failed expectations in the order of the page, each with its row, which has its anchor."""
    failed = sorted(result.failed, key=_order)[:_MOST_ROWS]
    anchors = Anchors()
    known = count_known(result)
    return [(_row(e, anchors.of(e.check or e.type), result, known), e) for e in failed]


def check_tables(result: Result) -> CheckTables:
    """Lay out the tables."""
    failed = [row for row, _ in failed_in_order(result)]
    known = count_known(result)
    others = {
        state: [_row(e, "", result, known) for e in sorted(result.expectations, key=_order) if e.success is state]
        for state in (None, True)
    }
    apart = others[None][: _MOST_ROWS - len(failed)]
    passed = others[True][: _MOST_ROWS - len(failed) - len(apart)]
    rows = len(failed) + len(apart) + len(passed)
    return CheckTables(failed, apart, passed, len(result.expectations) - rows)


def _order(e: ExpectationResult) -> tuple[int, float, str]:
    return SEVERITIES.index(e.severity), -(share_found(e) or 0), e.check or e.type


def count_known(result: Result) -> dict[str, int]:
    """Return how many findings of each check do not count."""
    if result.baseline is None and result.accepted is None:
        return {}
    frames = [f.group_by("check").agg(pl.len()).collect() for f in (result.findings, result.counted)]
    all_of, counted = (dict(frame.iter_rows()) for frame in frames)
    return {check: known for check, n in all_of.items() if (known := n - counted.get(check, 0))}


def _row(e: ExpectationResult, anchor: str, result: Result, known: Mapping[str, int]) -> CheckRow:
    allowed, share = allowed_share(e), share_found(e)
    column = e.kwargs.get("column")
    return CheckRow(
        name=e.check or e.type,
        title=e.title,
        severity=e.severity,
        rank=SEVERITIES.index(e.severity),
        family=e.family or "",
        checked=e.articles_checked,
        unexpected=e.articles_unexpected,
        share=share,
        allowed=allowed,
        found="" if share is None else percent(share, allowed),
        limit="" if allowed is None else "none" if allowed == 0 else f"{number(allowed)} %",
        findings=e.findings if e.check else None,
        known=known.get(e.check or "", 0),
        message=e.message,
        anchor=anchor,
        options=[(str(k), _option(v)) for k, v in e.kwargs.items() if k not in ("mostly", "column")],
        about=str(column) if column is not None and not e.check else "",
        trend=trend([run[e.check] for run in result.history if e.check in run], share) if e.check else None,
    )


def share_found(e: ExpectationResult) -> float | None:
    """Return the percentage of articles that have findings; None where it is unknown."""
    if e.unexpected_percent is None or not 0 <= e.unexpected_percent <= 100:
        return None
    return float(e.unexpected_percent)


def _option(value: object) -> str:
    if isinstance(value, list | tuple | set):
        return ", ".join(map(str, value))
    return "yes" if value is True else "no" if value is False else str(value)
