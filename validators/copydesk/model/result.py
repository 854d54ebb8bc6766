"""The result: what a run found, in the shape that every report and the gate read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.lazy import pl
from copydesk.model.finding import SEVERITIES

if TYPE_CHECKING:
    from copydesk.model.chunk import Rejected
    from copydesk.model.overview import Overview

__all__ = ["Collection", "Comparison", "ExpectationResult", "Result", "Sample"]


@dataclass(frozen=True, slots=True)
class Collection:
    """What was read: articles and files counted, bytes as stored, and the column each field was read from.

    hash: over all fields of all articles, the same in whatever order and files they come; "" if not taken.
    """

    articles: int
    files: int
    bytes: int
    columns: dict[str, str]
    hash: str = ""


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """One expectation of the suite, judged by Great Expectations.

    check: the kebab-case name for an expectation of news, None for one of Great Expectations' own.
    success: None where the expectation is not applicable, because the data has no such column.
    articles_checked, articles_unexpected: rows; None where an expectation does not count rows.
    findings: how many exact spans lie behind it.
    message: one line on what was looked for and got, or why it could not be judged.
    unjudged: whether it could not be judged, and so did not hold.
    values: for an expectation of Great Expectations' own, up to twenty unexpected values.
    """

    type: str
    check: str | None
    severity: str
    success: bool | None
    kwargs: dict[str, Any]
    articles_checked: int | None
    articles_unexpected: int | None
    unexpected_percent: float | None
    findings: int = 0
    message: str = ""
    family: str | None = None
    title: str = ""
    values: tuple[str, ...] = ()
    unjudged: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """An article kept as evidence, with all findings in it: fields as read, and finding rows (see FINDING)."""

    article: dict[str, str | None]
    findings: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a run found, held against a baseline (see `copydesk.gate.baseline`).

    new, known: how many of the findings; together they are all of them.
    fixed: how many of the baseline's findings are found no more.
    not_compared: how many of them this run could not have found: their check or their file was left out.
    findings: the new ones, a lazy frame with the columns of FINDING.
    gone: whether it is fixed, for each finding of the baseline in its order (Boolean).
    """

    new: int
    known: int
    fixed: int
    not_compared: int
    findings: pl.LazyFrame
    gone: pl.Series

    def __str__(self) -> str:
        """Return '3 new, 41 known, 9 fixed'."""
        said = f"{self.new:,} new, {self.known:,} known, {self.fixed:,} fixed"
        return said + (f", {self.not_compared:,} not compared" if self.not_compared else "")


@dataclass(frozen=True, slots=True)
class Result:
    """A run: the collection, each expectation in the suite's order, the findings, the rows rejected.

    findings: a lazy frame with the columns of FINDING; all of them, also where a baseline knows some.
    baseline: how the findings compare with the baseline; None without one. With one, only new findings count: for the
        expectations of news `success`, `articles_unexpected`, `unexpected_percent` and `findings` are of the new ones.
    samples: up to a few articles for each failed check, with their text.
    overview: the collection at a glance, for the report.
    timing: seconds by stage.
    kept: what `findings` reads from; held so that it stays.
    store: writes the findings as a folder of Parquet files, where they are spread over a cluster; else None.
    """

    version: str
    suite: str
    fail_on: str
    collection: Collection
    expectations: tuple[ExpectationResult, ...]
    rejected: tuple[Rejected, ...]
    findings: pl.LazyFrame
    samples: tuple[Sample, ...] = ()
    overview: Overview | None = None
    timing: dict[str, float] = field(default_factory=dict)
    command: str = ""
    baseline: Comparison | None = None
    kept: object = field(default=None, repr=False, compare=False)
    store: Callable[[Path], None] | None = field(default=None, repr=False, compare=False)

    @property
    def counted(self) -> pl.LazyFrame:
        """The findings that count: with a baseline the new ones, else all of them."""
        return self.findings if self.baseline is None else self.baseline.findings

    @property
    def failed(self) -> tuple[ExpectationResult, ...]:
        """The expectations that did not hold, of any severity, worst first."""
        failed = [e for e in self.expectations if e.success is False]
        return tuple(sorted(failed, key=lambda e: SEVERITIES.index(e.severity)))

    @property
    def deciding(self) -> tuple[ExpectationResult, ...]:
        """The failed expectations that are as severe as `fail_on` asks, so that the gate is shut."""
        if self.fail_on == "never":
            return ()
        limit = SEVERITIES.index(self.fail_on)
        return tuple(e for e in self.failed if SEVERITIES.index(e.severity) <= limit)

    @property
    def success(self) -> bool:
        """Whether the gate is open: no expectation of the severity `fail_on`, or worse, failed."""
        return not self.deciding
