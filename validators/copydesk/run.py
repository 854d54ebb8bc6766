"""A run: from files to a result."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import polars as pl

import copydesk
from copydesk.analysis import (
    MEASURES,
    Analysed,
    Judgement,
    analyse,
    collection_findings,
    rejected_findings,
)
from copydesk.article import FIELDS
from copydesk.batch import Batch
from copydesk.checks import CollectionCheck, RowCheck
from copydesk.errors import InputError
from copydesk.finding import FINDING, SEVERITIES
from copydesk.readers import find_files, read
from copydesk.reading import Chunk, Rejected
from copydesk.result import Collection, Result
from copydesk.samples import Samples
from copydesk.spool import Spool
from copydesk.suite import Suite, load_suite

__all__ = ["check"]

#: How many bytes each spool (findings, keys of a collection check, articles known) holds before it writes to disk.
_SPOOL = 64 << 20


def check(
    paths: Sequence[str | Path],
    *,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | None = None,
    fail_on: str = "critical",
    stdin: BinaryIO | None = None,
    progress: Callable[[Chunk], None] | None = None,
    command: str = "",
) -> Result:
    """Hold a collection against a suite.

    Args:
        paths: files, folders, globs, or "-" for JSON lines on standard input.
        suite: the name of an installed suite, a suite file, or a suite.
        mapped: field to column, for columns that are not recognised.
        fail_on: the mildest severity whose failure shuts the gate: critical, warning, info, or never.
        stdin: where "-" is read from; standard input if None.
        progress: called with each chunk once it was analysed.
        command: how to repeat the run, for the report.

    Raises:
        UsageError: the suite or the map is wrong.
        InputError: a file cannot be read at all, or there are no articles.
    """
    if not isinstance(suite, Suite):
        suite = load_suite(suite)
    clock = _Clock()
    sources = find_files(paths)
    # Great Expectations takes seconds to import: let it, while the files are read.
    importing = _Import("copydesk.judge")
    expectations = None
    if any(entry.check is None for entry in suite.entries):  # a slip in one of its own shows before the work
        expectations = importing.module().expectations_of(suite)
        clock.stop("import")
    run = _Run(suite)
    try:
        extra = suite.columns.difference(FIELDS, MEASURES)
        for chunk in read(paths, mapped=mapped, extra=extra, stdin=stdin):
            clock.stop("read")
            run.add(chunk)
            clock.stop("analyse")
            if progress:
                progress(chunk)
        if not run.articles and not run.rejected:
            raise InputError(f"{', '.join(str(p) for p in paths)}: holds no articles.")
        run.finish()
        clock.stop("collection")
        judging = importing.module()
        clock.stop("import")
        judged = judging.judge(run.signals(), suite, expectations or judging.expectations_of(suite))
        clock.stop("judge")
        findings = run.findings.scan().select(*FINDING).collect()
    finally:
        run.close()
    return Result(
        version=copydesk.__version__,
        suite=suite.name,
        fail_on=fail_on,
        collection=Collection(
            articles=run.articles,
            files=len(sources),
            bytes=sum(s.bytes for s in sources),
            columns=run.columns,
        ),
        expectations=judged,
        rejected=tuple(run.rejected),
        findings=findings.lazy(),
        samples=run.samples.chosen(),
        timing=clock.seconds,
        command=command,
    )


class _Run:
    """What has been gathered so far."""

    def __init__(self, suite: Suite) -> None:
        self.judgements = [
            Judgement(check, min((e.severity for e in suite.entries if e.check == check), key=SEVERITIES.index))
            for check in suite.checks.values()
        ]
        self._columns = sorted(suite.columns.difference(MEASURES))
        self.articles = 0
        self.rejected: list[Rejected] = []
        self.columns: dict[str, str] = {}
        self.findings = Spool(_SPOOL)
        self.samples = Samples()
        self._known = Spool(_SPOOL)
        self._keys: dict[str, Spool] = {}
        self._signals: list[pl.DataFrame] = []

    def add(self, chunk: Chunk) -> None:
        """Analyse a chunk."""
        self.rejected += chunk.rejected
        for field, column in chunk.columns.items():
            self.columns.setdefault(field, column)
        if chunk.articles.is_empty():
            return
        batch = Batch(chunk.articles, first=self.articles)
        self.articles += batch.articles.height
        analysed = analyse(batch, self.judgements, self._columns)
        self._known.put(analysed.known)
        for key, frame in analysed.keys.items():
            self._keys.setdefault(key, Spool(_SPOOL)).put(frame)
        self.samples.add(batch, analysed.findings)
        self._signals.append(self._counted(batch, analysed))
        self.findings.put(analysed.findings)

    def finish(self) -> None:
        """Run the checks of the collection, and put the rejected rows among the findings."""
        for judgement in self.judgements:
            found = None
            if isinstance(judgement.check, CollectionCheck) and judgement.key in self._keys:
                found = collection_findings(judgement, self._keys[judgement.key].scan(), self._known.scan())
            elif isinstance(judgement.check, RowCheck) and self.rejected:
                found = rejected_findings(judgement, self.rejected)
            if found is not None and found.height:
                self.findings.put(found)
                self.samples.add_late(found)
                if isinstance(judgement.check, CollectionCheck):
                    self._signals = self._with_counts(judgement.key, found)

    def signals(self) -> pl.DataFrame:
        """Return a row for each article, then a row for each rejected row, in which only row checks count."""
        rows = [j.key for j in self.judgements if isinstance(j.check, RowCheck)]
        readable = pl.concat(self._signals, how="diagonal_relaxed") if self._signals else pl.DataFrame()
        unreadable = pl.DataFrame({key: [1] * len(self.rejected) for key in rows}, schema=dict.fromkeys(rows, pl.Int32))
        signals = pl.concat([readable, unreadable], how="diagonal_relaxed").drop("article", strict=False)
        keys = [j.key for j in self.judgements]
        missing = [n for n in (*keys, *self._columns) if n not in signals.columns]
        return signals.with_columns(pl.lit(None, pl.Int32 if n in keys else pl.String).alias(n) for n in missing)

    def close(self) -> None:
        """Remove what was spilled to disk."""
        for spool in (self.findings, self._known, *self._keys.values()):
            spool.close()

    def _counted(self, batch: Batch, analysed: Analysed) -> pl.DataFrame:
        """Return the signals of a batch, with a column for each check: 0 where it found nothing, null where it does not apply."""
        counts = analysed.findings.group_by("article", "key").len()
        wide = counts.pivot("key", index="article", values="len") if counts.height else counts.select("article")
        signals = analysed.signals.join(wide, on="article", how="left", maintain_order="left")
        return signals.with_columns(
            (pl.col(j.key).fill_null(0) if j.key in signals.columns else pl.lit(0)).cast(pl.Int32).alias(j.key)
            if j.applies(batch)
            else pl.lit(None, pl.Int32).alias(j.key)
            for j in self.judgements
        )

    def _with_counts(self, key: str, found: pl.DataFrame) -> list[pl.DataFrame]:
        counts = found.group_by("article").agg(pl.len().cast(pl.Int32).alias("_found"))
        signals = pl.concat(self._signals, how="diagonal_relaxed")
        joined = signals.join(counts, on="article", how="left", maintain_order="left")
        return [joined.with_columns((pl.col(key) + pl.col("_found").fill_null(0)).alias(key)).drop("_found")]


class _Import:
    """A module that is imported in the background."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thread = threading.Thread(target=self._load, daemon=True)
        self._thread.start()

    def _load(self) -> None:
        import contextlib

        with contextlib.suppress(BaseException):  # `module` raises it again, where it can be seen
            import_module(self._name)

    def module(self):  # type: ignore[no-untyped-def]  # a module's type is not known here
        self._thread.join()
        return import_module(self._name)


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now

