"""A check on a frame of Spark: how many of its articles have findings, and the first findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from copydesk.checks import Check
from copydesk.checks.suite import Entry, Suite
from copydesk.judge.signals import ARTICLES
from copydesk.model.article import recognise
from copydesk.model.finding import FINDING
from copydesk.readers.fields.columns import Columns
from copydesk.spark.run import Run
from copydesk.spark.session import undisturbed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["run_on_frame"]


def run_on_frame(
    frame: DataFrame, check: Check, columns: Mapping[str, str], evidence: int
) -> tuple[int, int, list[dict[str, Any]]]:
    """Run a check over a frame of articles, where they are.

    Args:
        frame: a row an article; columns named as any known scraper names them.
        check: the check.
        columns: field to column, for columns that are not recognised.
        evidence: how many findings to return.

    Returns:
        The number of articles, the number of articles with findings, and the first findings (see FINDING).

    Raises:
        copydesk.errors.MappingError: no column holds the body, or a mapped column is not there.
        ValueError: the check cannot be run on such a frame.
    """
    fields = recognise(frame.columns, mapped=columns)
    check.must_fit(fields)
    suite = Suite(check.name, (Entry(check.name, check.severity, {}, check, "", {}),))
    with undisturbed():
        run = Run(frame.sparkSession, suite)
        run.read_frame(frame, Columns("", fields))
        run.finish()
        first = run.findings.lazy().select(*FINDING).head(evidence).collect().to_dicts()
        run.findings.forget()
    tally = run.summary.signals.tally()
    rows = zip(tally[check.key], tally[ARTICLES], strict=True)
    return run.summary.articles, sum(articles or 0 for findings, articles in rows if findings), first
