"""A run on Spark, from files to a result: the work of the driver."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from copydesk.checks import CollectionCheck, PairCheck, RowCheck
from copydesk.checks.suite import Suite, judgements_of, load_suite
from copydesk.engine.analysis import rejected_findings
from copydesk.engine.ledger import hash_of
from copydesk.engine.rereading import Rereading
from copydesk.engine.samples import Samples
from copydesk.errors import UsageError
from copydesk.gate.outcome import Clock, expect_articles, expect_fail_on, result_of
from copydesk.judge.signals import Signals
from copydesk.model.article import FIELDS, MEASURES
from copydesk.model.chunk import Chunk, Note, Rejected
from copydesk.model.result import Result
from copydesk.readers import Paths, ReadOptions, Source, find, list_paths
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.parts import Measure, Part, cut, measure_part, number_parts, read_parts, share_out
from copydesk.readers.tables.parquet import articles_of
from copydesk.spark import work
from copydesk.spark.findings import Findings
from copydesk.spark.parcels import (
    Parcel,
    collect,
    column,
    frames_by_check,
    map_groups,
    map_numbers,
    map_parcels,
    map_partitions,
    of_kind,
    pack,
    persist,
    send,
    unpack,
)
from copydesk.spark.session import session, undisturbed
from copydesk.spark.shared_files import expect_shared_files

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Run", "check"]

#: How many bytes a task reads: at most, so that its results fit in memory, and at least.
_MOST_BYTES, _LEAST_BYTES = 64 << 20, 1 << 20

#: Keys are spread over one bucket a core, or over one for so many bytes of articles if these are more.
_BUCKET_BYTES = 256 << 20


def check(
    paths: Paths,
    *,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | None = None,
    fail_on: str = "critical",
    command: str = "",
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
    options: ReadOptions | None = None,
) -> Result:
    """Check a collection against a suite on Spark; see `copydesk.check`.

    The active session of Spark is used, or one is started and left running. The findings of the result stay with the
    executors: they come to the driver when they are collected, and need the session.

    Raises:
        UsageError: the suite or the map is wrong, a path is '-', or pyspark or Java are not there.
        InputError: a file cannot be read at all, or there are no articles.
    """
    clock = Clock()
    paths = list_paths(paths)
    if not isinstance(suite, Suite):
        suite = load_suite(suite)
    found = find(paths, options)
    sources = found.sources
    if guard:
        guard(sources, suite)
    for source in sources:
        if source.path is None or not source.regular:
            kind = "standard input" if source.path is None else "a pipe or a device"
            raise UsageError(f"{source.name}: Spark cannot read {kind}. Give it files, or leave out --engine spark.")
    # An executor has a working folder of its own.
    sources = [replace(source, path=source.path.absolute()) for source in sources if source.path is not None]
    expect_fail_on(fail_on)
    with undisturbed():
        from copydesk.judge.verdicts import expectations_of, judge

        expectations = expectations_of(suite)
        run = Run(session(), suite)
        clock.stop("start")
        run.read(sources, Wanted(dict(mapped or {}), tuple(suite.columns.difference(FIELDS, MEASURES))))
        expect_articles(run.articles, paths, run.rejected)
        clock.stop("analyse")
        run.finish()
        run.complete(sources, mapped)
        clock.stop("collection")
        run.summary.signals.add_fields(run.columns)
        verdicts = judge(run.summary.signals, suite, expectations)
        clock.stop("judge")
    return result_of(
        run,
        suite=suite,
        sources=sources,
        passed_over=found.passed_over,
        expectations=verdicts,
        fail_on=fail_on,
        timing=clock.seconds,
        command=command,
        store=run.findings.write,
    )


class Run:
    """One run: call `read`, then `finish`. It raises a UsageError for a file that executors cannot find.

    Attributes:
        summary: of the whole collection.
        samples: articles as evidence.
        findings: all of them, with the executors; there once the run is finished.
    """

    findings: Findings

    def __init__(self, spark: SparkSession, suite: Suite) -> None:
        expect_shared_files(suite, spark.sparkContext.master or "local")
        self._spark = spark
        self._cores = spark.sparkContext.defaultParallelism
        self._plan = work.Plan(suite, judgements_of(suite), self._cores)
        self.summary = work.TaskSummary(Signals(self._plan.judgements, suite))
        self.samples = Samples()
        self._intermediate: list[DataFrame] = []

    @property
    def articles(self) -> int:
        """The number of articles."""
        return self.summary.articles

    @property
    def rejected(self) -> list[Rejected]:
        """The rows that could not be read."""
        return self.summary.rejected

    @property
    def columns(self) -> dict[str, str]:
        """The column that each field was read from."""
        return self.summary.columns

    @property
    def notes(self) -> list[Note]:
        """What readers have decided."""
        return self.summary.notes

    @property
    def hash(self) -> str:
        """The hash over all articles, see `copydesk.model.result.Collection`."""
        return hash_of(self.summary.hashes)

    def linked(self) -> pl.LazyFrame:
        """Return all findings, see `copydesk.gate.outcome.Finished`: there is no baseline, so that all are new."""
        return self.findings.lazy().with_columns(new=pl.lit(True))

    def read(self, sources: Sequence[Source], wanted: Wanted) -> None:
        """Read and analyse the articles of files."""
        size = sum(source.bytes for source in sources)
        task_bytes = min(max(size // (3 * self._cores), _LEAST_BYTES), _MOST_BYTES)
        plan = self._plan = replace(self._plan, buckets=max(self._cores, size // _BUCKET_BYTES))
        parts = [part for source in sources for part in cut(source, task_bytes)]
        measures = self._measures([part for part in parts if part.must_be_measured], wanted)
        tasks = share_out(number_parts(parts, measures), task_bytes)

        def analyse(task: int) -> Iterator[Parcel]:
            return work.analyse_chunks(plan, task, read_parts(tasks[task], wanted))

        self._take(map_numbers(self._spark, len(tasks), analyse))
        # The samples come task by task: after the first few tasks there is no room for more.
        for task, summary in enumerate(self._summaries):
            if self.samples.wants(summary.sample_sizes):
                (parcel,) = collect(self._parcels.where(column("task") == task), "samples")
                self.samples.join(pickle.loads(parcel.data), self._plan.starts[task])

    def read_frame(self, frame: DataFrame, columns: Columns) -> None:
        """Analyse the articles of a frame of Spark, in the order of its partitions."""
        plan = self._plan

        def chunks(batches: Iterator[pa.RecordBatch]) -> Iterator[Chunk]:
            row = 0
            for batch in batches:
                yield Chunk(*articles_of(batch, columns, row))
                row += batch.num_rows

        def analyse(task: int, batches: Iterator[pa.RecordBatch]) -> Iterator[Parcel]:
            return work.analyse_chunks(plan, task, chunks(batches))

        self._take(map_partitions(frame.select(*(column(f"`{name}`") for name in columns.needed)), analyse))

    def _measures(self, parts: Sequence[Part], wanted: Wanted) -> list[Measure]:
        if not parts:
            return []

        def measure(task: int) -> Iterator[Parcel]:
            yield Parcel("measure", pickle.dumps(measure_part(parts[task], wanted)), task=task)

        return [pickle.loads(p.data) for p in collect(map_numbers(self._spark, len(parts), measure), "measure")]

    def _take(self, parcels: DataFrame) -> None:
        """Take the parcels of the analysis, and number its articles."""
        self._parcels = self._persist(parcels)
        by_task = {p.task: pickle.loads(p.data) for p in collect(self._parcels, "summary")}
        empty = work.TaskSummary(Signals(self._plan.judgements, self._plan.suite))
        tasks = range(max(by_task, default=-1) + 1)
        self._summaries: list[work.TaskSummary] = [by_task.get(task, empty) for task in tasks]
        self._plan = replace(self._plan, starts=[self.summary.join(task) for task in self._summaries])

    def finish(self) -> None:
        """Run the checks of the collection, and put the rejected rows among the findings."""
        of_collection = self._check_collection()
        late = {}
        if of_collection is not None:
            for parcel in collect(of_collection, "counts"):
                self.summary.signals.add_late(self._plan.judgements[parcel.check].key, unpack(parcel.data))
            late = frames_by_check(collect(self._map_groups(of_kind(of_collection, "late"), work.choose_late), "late"))
        rejected = []
        rows = [j.key for j in self._plan.judgements if isinstance(j.check, RowCheck)]
        self.summary.signals.add_rejected(len(self.summary.rejected), dict.fromkeys(rows, len(self.summary.rejected)))
        for number, judgement in enumerate(self._plan.judgements):
            if isinstance(judgement.check, RowCheck) and self.summary.rejected:
                late[number] = rejected_findings(judgement, self.summary.rejected)
                rejected.append(Parcel("findings", pack(late[number]), number))
            if number in late:
                self.samples.add_late(late[number])
        findings = of_kind(self._parcels, "findings").unionByName(send(self._spark, rejected))
        if of_collection is not None:
            findings = findings.unionByName(of_kind(of_collection, "findings"))
        findings = persist(findings)
        findings.count()  # so that they are made before what they are made from is dropped
        self.findings = Findings(findings)
        for parcels in self._intermediate:
            parcels.unpersist()

    def complete(self, sources: Sequence[Source], mapped: Mapping[str, str] | None) -> None:
        """Give the samples the texts that they lack and all their findings, as `Gathering.overview` does."""
        again = Rereading(sources, self.summary.rows, mapped)
        lacking = self.samples.without_text()
        for place in lacking.values():
            again.ask([place])
        if not lacking:
            return
        pick = partial(work.pick_findings, list(lacking), self._plan)
        theirs = collect(map_parcels(self.findings.parcels, pick), "findings")
        if theirs:
            theirs.sort(key=lambda p: (p.task < 0, p.task, p.check))
            self.samples.complete(again.read(), pl.concat([unpack(p.data) for p in theirs]).lazy())

    def _check_collection(self) -> DataFrame | None:
        """Return the findings of the checks of the collection and their counts; None if the suite has no such check."""
        if not any(isinstance(j.check, CollectionCheck) for j in self._plan.judgements):
            return None
        spans = self._persist(self._spans())
        known = of_kind(self._parcels, "known").withColumn("bucket", column("task"))
        known = self._map_groups(known.unionByName(of_kind(spans, "wanted")), work.send_known)
        return self._persist(self._map_groups(known.unionByName(of_kind(spans, "spans")), work.make_findings))

    def _spans(self) -> DataFrame:
        """Return the spans of the checks of the collection, as parcels "spans" and "wanted"."""
        keys = of_kind(self._parcels, "keys")
        pairing = [n for n, j in enumerate(self._plan.judgements) if isinstance(j.check, PairCheck)]
        spans = self._map_groups(keys.where(~column("check").isin(pairing)), work.run_check)
        keys = keys.where(column("check").isin(pairing))
        marks = self._map_groups(keys, work.mark_texts)
        meetings = self._map_groups(marks, work.join_marks)
        pairs = frames_by_check(collect(self._map_groups(meetings, work.choose_pairs), "pairs"))
        if pairs:
            keys = self._map_groups(keys, partial(work.pick_keys, pairs))
            spans = spans.unionByName(self._map_groups(keys, partial(work.judge_pairs, pairs)))
        return spans

    def _persist(self, parcels: DataFrame) -> DataFrame:
        """Return parcels that are made once, and stay until the run is finished."""
        self._intermediate.append(persist(parcels))
        return self._intermediate[-1]

    def _map_groups(self, parcels: DataFrame, step: Callable[..., Iterator[Parcel]]) -> DataFrame:
        return map_groups(parcels, partial(step, self._plan), self._plan.buckets)
