"""The outcome of a run, for every engine: the checks of its arguments, and how its result is put together."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import polars as pl

import copydesk
from copydesk.checks import SEVERITIES, Check
from copydesk.checks.suite import Suite
from copydesk.engine.samples import Samples
from copydesk.errors import InputError, UsageError
from copydesk.gate.accepted import Known
from copydesk.gate.baseline import Baseline
from copydesk.model.chunk import Note, Rejected
from copydesk.model.finding import FINDING, LINKS
from copydesk.model.overview import Overview
from copydesk.model.result import Collection, ExpectationResult, PassedOver, Result
from copydesk.readers import Source
from copydesk.readers.files.encodings import remedies

__all__ = ["Clock", "Finished", "expect_articles", "expect_fail_on", "result_of"]


class Finished(Protocol):
    """A run, once every check has run."""

    @property
    def articles(self) -> int:
        """The number of articles."""

    @property
    def rejected(self) -> Sequence[Rejected]:
        """The rows that could not be read."""

    @property
    def columns(self) -> dict[str, str]:
        """The column that each field was read from."""

    @property
    def notes(self) -> Sequence[Note]:
        """What readers have decided."""

    @property
    def hash(self) -> str:
        """The hash over all articles, see `Collection`."""

    @property
    def samples(self) -> Samples:
        """Articles as evidence."""

    def linked(self) -> pl.LazyFrame:
        """Return all findings: the columns of FINDING as they are written, those of LINKS, and `new` (Boolean)."""


class Clock:
    """Measures how many seconds each stage of a run takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, stage: str) -> None:
        """End a stage; the next one begins."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def expect_fail_on(fail_on: str) -> None:
    """Check the value of fail_on.

    Raises:
        UsageError: it is neither a severity nor "never".
    """
    if fail_on not in (*SEVERITIES, "never"):
        raise UsageError(f"fail_on: expected one of {', '.join(SEVERITIES)} or never, got {fail_on!r}.")


def expect_articles(articles: int, paths: Sequence[str | Path], rejected: Sequence[Rejected]) -> None:
    """Check that there is anything to judge.

    Raises:
        InputError: there is no article; it names the first row that could not be read.
    """
    if articles:
        return
    names = ", ".join(str(p) for p in paths)
    if not rejected:
        raise InputError(f"{names}: holds no articles.")
    first, advice = rejected[0], remedies(rejected)
    place = f"{first.file}, line {first.line}" if first.line else first.file
    raise InputError(
        f"{names}: none of {len(rejected):,} rows could be read. The first: {place}:"
        f" {'. '.join([first.reason, *advice])}"
    )


def result_of(
    run: Finished,
    *,
    suite: Suite,
    sources: Sequence[Source],
    expectations: tuple[ExpectationResult, ...],
    fail_on: str,
    timing: Mapping[str, float],
    command: str,
    overview: Overview | None = None,
    baseline: Baseline | None = None,
    known: Known | None = None,
    kept: object = None,
    store: Callable[[Path], None] | None = None,
    passed_over: Sequence[PassedOver] = (),
) -> Result:
    """Put the result of a run together; the arguments are as in `Result`.

    Args:
        run: the run.
        suite: whose checks were run.
        sources: the files that were read.
        expectations: how they were judged.
        fail_on: the mildest severity that shuts the gate.
        timing: seconds by stage.
        command: how to repeat the run.
        overview: the collection at a glance.
        baseline: the known findings, after `mark_new` of all findings of the run.
        known: the accepted findings, after `mark_new` of all findings of the run.
        kept: what the findings are read from.
        passed_over: the files that were not read.
        store: writes the findings where they are spread over a cluster.
    """
    linked = run.linked()
    counted = linked if baseline is None and known is None else linked.filter("new")
    comparison = None
    if baseline is not None:
        checks = _judged_checks(run, suite, expectations)
        comparison = baseline.comparison(checks, [s.name for s in sources], counted.select(*FINDING))
    return Result(
        version=copydesk.__version__,
        suite=suite.name,
        fail_on=fail_on,
        collection=_collection_of(run, sources, passed_over),
        expectations=expectations,
        rejected=tuple(run.rejected),
        findings=linked.select(*FINDING),
        samples=run.samples.in_order(),
        overview=overview,
        timing=dict(timing),
        command=command,
        baseline=comparison,
        kept=kept,
        store=store,
        linked=counted.select(*FINDING, *LINKS),
        accepted=None if known is None else known.acceptance(linked),
    )


def _judged_checks(run: Finished, suite: Suite, expectations: Sequence[ExpectationResult]) -> list[Check]:
    """Return the checks of a suite whose fields the collection has, and that were judged."""
    unjudged = {e.check for e in expectations if e.unjudged}
    return [
        check
        for check in suite.checks.values()
        if run.columns.keys() >= set(check.needs) and check.name not in unjudged
    ]


def _collection_of(run: Finished, sources: Sequence[Source], passed_over: Sequence[PassedOver]) -> Collection:
    """Return what was read."""
    return Collection(
        articles=run.articles,
        files=len(sources),
        bytes=sum(source.bytes for source in sources),
        columns=run.columns,
        hash=run.hash,
        notes=tuple(dict.fromkeys(run.notes)),
        passed_over=tuple(passed_over),
    )
