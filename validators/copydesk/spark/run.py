"""A run on Spark, from files to a result: the driver's part."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

import copydesk
from copydesk.checks import SEVERITIES, CollectionCheck, PairCheck, RowCheck
from copydesk.checks.suite import Suite, judgements_of, load_suite
from copydesk.engine.analysis import rejected_findings
from copydesk.engine.ledger import hash_of
from copydesk.engine.rereading import Rereading
from copydesk.engine.samples import Samples
from copydesk.errors import InputError, UsageError
from copydesk.judge.signals import Signals
from copydesk.model.article import FIELDS, MEASURES
from copydesk.model.chunk import Chunk
from copydesk.model.result import Collection, Result
from copydesk.readers import Source, find_files
from copydesk.readers.columns import Columns, Wanted
from copydesk.readers.parquet import articles_of
from copydesk.readers.parts import Measure, Part, cut, measure_part, number_parts, read_parts, share_out
from copydesk.run import nothing_read
from copydesk.spark import work
from copydesk.spark.findings import Findings
from copydesk.spark.parcels import (
    Parcel,
    collected,
    column,
    each,
    frames_of,
    grouped,
    kept,
    mapped,
    of,
    opened,
    sealed,
    sent,
    worked,
)
from copydesk.spark.session import session, undisturbed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Run", "check"]

#: How many bytes a task reads: at most, so that what it keeps of them fits in memory, and at least.
_MOST_BYTES, _LEAST_BYTES = 64 << 20, 1 << 20

#: Keys are shared out to as many places as there are cores, and at least to one for so many bytes of articles.
_BUCKET_BYTES = 256 << 20


def check(
    paths: Sequence[str | Path],
    *,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | None = None,
    fail_on: str = "critical",
    command: str = "",
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
) -> Result:
    """Hold a collection against a suite on Spark; see `copydesk.check`.

    The active session of Spark is used, or one is started, which stays. The result's findings stay with the
    executors: they come to the driver when they are collected, and need the session.

    Raises:
        UsageError: the suite or the map is wrong, a path is '-', or pyspark or Java are not there.
        InputError: a file cannot be read at all, or there are no articles.
    """
    clock = [time.perf_counter()]
    if not isinstance(suite, Suite):
        suite = load_suite(suite)
    sources = find_files(paths)
    if guard:
        guard(sources, suite)
    for source in sources:
        if source.path is None or not source.regular:
            kind = "standard input" if source.path is None else "a pipe or a device"
            raise UsageError(f"{source.name}: Spark cannot read {kind}. Give it files, or leave out --engine spark.")
    # An executor has a working folder of its own.
    sources = [replace(source, path=source.path.absolute()) for source in sources if source.path is not None]
    if fail_on not in (*SEVERITIES, "never"):
        raise UsageError(f"fail_on: expected one of {', '.join(SEVERITIES)} or never, got {fail_on!r}.")
    with undisturbed():
        from copydesk.judge.verdicts import expectations_of, judge

        expectations = expectations_of(suite)
        run = Run(session(), suite)
        clock.append(time.perf_counter())
        run.read(sources, Wanted(dict(mapped or {}), tuple(suite.columns.difference(FIELDS, MEASURES))))
        if not run.told.articles:
            raise InputError(nothing_read(paths, run.told.rejected))
        clock.append(time.perf_counter())
        run.finish()
        run.complete(sources, mapped)
        clock.append(time.perf_counter())
        judged = judge(run.told.signals, suite, expectations)
        clock.append(time.perf_counter())
    stages = ("start", "analyse", "collection", "judge")
    return Result(
        version=copydesk.__version__,
        suite=suite.name,
        fail_on=fail_on,
        collection=Collection(
            articles=run.told.articles,
            files=len(sources),
            bytes=sum(source.bytes for source in sources),
            columns=run.told.columns,
            hash=hash_of(run.told.hashes),
        ),
        expectations=judged,
        rejected=tuple(run.told.rejected),
        findings=run.findings.lazy(),
        samples=run.samples.chosen(),
        timing={stage: end - start for stage, start, end in zip(stages, clock[:-1], clock[1:], strict=True)},
        command=command,
        store=run.findings.write,
    )


class Run:
    """One run: call `read`, then `finish`.

    Attributes:
        told: what is known of the whole collection.
        samples: articles kept as evidence.
        findings: all of them, with the executors; there once the run is finished.
    """

    findings: Findings

    def __init__(self, spark: SparkSession, suite: Suite) -> None:
        self._spark = spark
        self._cores = spark.sparkContext.defaultParallelism
        self._plan = work.Plan(suite, judgements_of(suite), self._cores)
        self.told = work.Told(Signals(self._plan.judgements, suite))
        self.samples = Samples()
        self._intermediate: list[DataFrame] = []

    def read(self, sources: Sequence[Source], wanted: Wanted) -> None:
        """Read and analyse the articles of files."""
        size = sum(source.bytes for source in sources)
        task_bytes = min(max(size // (3 * self._cores), _LEAST_BYTES), _MOST_BYTES)
        plan = self._plan = replace(self._plan, buckets=max(self._cores, size // _BUCKET_BYTES))
        parts = [part for source in sources for part in cut(source, task_bytes)]
        measures = self._measures([part for part in parts if part.must_be_measured], wanted)
        tasks = share_out(number_parts(parts, measures), task_bytes)

        def analysed(task: int) -> Iterator[Parcel]:
            return work.analysed(plan, task, read_parts(tasks[task], wanted))

        self._take(each(self._spark, len(tasks), analysed))
        # Tasks are asked for their samples one after the other: after the first few there is no room for more.
        for task, told in enumerate(self._told):
            if self.samples.wants(told.sampled):
                (mine,) = collected(self._parcels.where(column("task") == task), "samples")
                self.samples.join(pickle.loads(mine.data), self._plan.starts[task])

    def read_frame(self, frame: DataFrame, columns: Columns) -> None:
        """Analyse the articles of a frame of Spark, in the order of its partitions."""
        plan = self._plan

        def chunks(batches: Iterator[pa.RecordBatch]) -> Iterator[Chunk]:
            row = 0
            for batch in batches:
                yield Chunk(*articles_of(batch, columns, row))
                row += batch.num_rows

        def analysed(task: int, batches: Iterator[pa.RecordBatch]) -> Iterator[Parcel]:
            return work.analysed(plan, task, chunks(batches))

        self._take(mapped(frame.select(*(column(f"`{name}`") for name in columns.needed)), analysed))

    def _measures(self, parts: Sequence[Part], wanted: Wanted) -> list[Measure]:
        if not parts:
            return []

        def measure(task: int) -> Iterator[Parcel]:
            yield Parcel("measure", pickle.dumps(measure_part(parts[task], wanted)), task=task)

        return [pickle.loads(p.data) for p in collected(each(self._spark, len(parts), measure), "measure")]

    def _take(self, parcels: DataFrame) -> None:
        """Take what the analysis gives, and number its articles."""
        self._parcels = self._keep(parcels)
        told = {p.task: pickle.loads(p.data) for p in collected(self._parcels, "told")}
        nothing = work.Told(Signals(self._plan.judgements, self._plan.suite))
        self._told: list[work.Told] = [told.get(task, nothing) for task in range(max(told, default=-1) + 1)]
        self._plan = replace(self._plan, starts=[self.told.join(task) for task in self._told])

    def finish(self) -> None:
        """Run the checks of the collection, and put the rejected rows among the findings."""
        made = self._of_collection()
        late = {}
        if made is not None:
            for parcel in collected(made, "counts"):
                self.told.signals.add_found(self._plan.judgements[parcel.check].key, opened(parcel.data))
            late = frames_of(collected(self._grouped(of(made, "late"), work.earliest), "late"))
        rejected = []
        rows = [j.key for j in self._plan.judgements if isinstance(j.check, RowCheck)]
        self.told.signals.add_rejected(len(self.told.rejected), dict.fromkeys(rows, len(self.told.rejected)))
        for number, judgement in enumerate(self._plan.judgements):
            if isinstance(judgement.check, RowCheck) and self.told.rejected:
                late[number] = rejected_findings(judgement, self.told.rejected)
                rejected.append(Parcel("findings", sealed(late[number]), number))
            if number in late:
                self.samples.add_late(late[number])
        findings = of(self._parcels, "findings").unionByName(sent(self._spark, rejected))
        findings = kept(findings.unionByName(of(made, "findings")) if made is not None else findings)
        findings.count()  # so that they are there before all else is forgotten
        self.findings = Findings(findings)
        for done in self._intermediate:
            done.unpersist()

    def complete(self, sources: Sequence[Source], mapped: Mapping[str, str] | None) -> None:
        """Give the samples the texts that they lack, and all their findings, as `Gathering.overview` does."""
        again = Rereading(sources, self.told.rows, mapped)
        lacking = self.samples.without_text()
        for place in lacking.values():
            again.ask([place])
        picked = partial(work.picked, list(lacking), self._plan)
        mine = collected(worked(self.findings.parcels, picked), "findings") if lacking else []
        if mine:
            mine.sort(key=lambda p: (p.task < 0, p.task, p.check))
            self.samples.complete(again.read(), pl.concat([opened(p.data) for p in mine]).lazy())

    def _of_collection(self) -> DataFrame | None:
        """Return the findings of the checks of the collection, counted; None where the suite has no such check."""
        if not any(isinstance(j.check, CollectionCheck) for j in self._plan.judgements):
            return None
        found = self._keep(self._found())
        known = of(self._parcels, "known").withColumn("bucket", column("task"))
        told = self._grouped(known.unionByName(of(found, "asked")), work.told_of)
        return self._keep(self._grouped(told.unionByName(of(found, "found")), work.findings))

    def _found(self) -> DataFrame:
        """Return what the checks of the collection find, as parcels "found" and "asked"."""
        keys = of(self._parcels, "keys")
        pairing = [n for n, j in enumerate(self._plan.judgements) if isinstance(j.check, PairCheck)]
        found = self._grouped(keys.where(~column("check").isin(pairing)), work.found)
        keys = keys.where(column("check").isin(pairing))
        marks = self._grouped(keys, work.marks)
        meetings = self._grouped(marks, work.meetings)
        pairs = frames_of(collected(self._grouped(meetings, work.pairs), "pairs"))
        if pairs:
            paired = self._grouped(keys, partial(work.paired, pairs))
            found = found.unionByName(self._grouped(paired, partial(work.judged, pairs)))
        return found

    def _keep(self, parcels: DataFrame) -> DataFrame:
        """Have parcels made once, until the run is finished."""
        self._intermediate.append(kept(parcels))
        return self._intermediate[-1]

    def _grouped(self, parcels: DataFrame, done: Callable[..., Iterator[Parcel]]) -> DataFrame:
        return grouped(parcels, partial(done, self._plan), self._plan.buckets)
