"""The work of the executors: read and analyse parts of files, and run the checks of the collection on their keys."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import polars as pl

from copydesk.checks import CollectionCheck, PairCheck
from copydesk.checks.suite import Judgement, Suite
from copydesk.engine.analysis import FAULTS, articles_in, as_findings
from copydesk.engine.ledger import sum_of
from copydesk.engine.parts import part_of
from copydesk.engine.samples import LATE, Samples
from copydesk.errors import CopydeskError
from copydesk.judge.signals import Signals, count_findings, failure_of
from copydesk.model.article import MEASURES
from copydesk.model.chunk import Chunk, Note, Rejected
from copydesk.spark.parcels import Parcel, frame_of_kind, pack, split_into_buckets, unpack

__all__ = [
    "Plan",
    "TaskSummary",
    "analyse_chunks",
    "choose_late",
    "choose_pairs",
    "join_marks",
    "judge_pairs",
    "make_findings",
    "mark_texts",
    "pick_findings",
    "pick_keys",
    "run_check",
    "send_known",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every executor must know.

    buckets: the number of buckets over which keys are spread.
    starts: the number of the first article of each task of the analysis; empty until the analysis has ended.
    """

    suite: Suite
    judgements: Sequence[Judgement]
    buckets: int
    starts: Sequence[int] = ()

    def numbered(self, parcel: Parcel) -> pl.DataFrame:
        """Return the frame of a parcel of the analysis, its articles numbered as in the collection."""
        first = pl.lit(self.starts[parcel.task], pl.UInt32)
        return unpack(parcel.data).with_columns(pl.col("article") + first)

    def check(self, number: int) -> CollectionCheck:
        """Return a check of the collection by its number."""
        check = self.judgements[number].check
        assert isinstance(check, CollectionCheck)
        return check


@dataclass(slots=True)
class TaskSummary:
    """What the driver gets to know of a task of the analysis.

    rows: the number of the last article's row in each file.
    hashes: the sum of the articles' hashes.
    sample_sizes: how many articles the task has as samples for each check.
    """

    signals: Signals
    articles: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    hashes: int = 0
    sample_sizes: dict[str, int] = field(default_factory=dict)

    def join(self, other: TaskSummary) -> int:
        """Add the task that follows; return how many articles there are before it."""
        first = self.articles
        self.articles += other.articles
        self.rejected += other.rejected
        self.notes += other.notes
        self.columns = other.columns | self.columns
        self.rows |= other.rows
        self.hashes += other.hashes
        self.signals.join(other.signals, first)
        return first


def analyse_chunks(plan: Plan, task: int, chunks: Iterable[Chunk]) -> Iterator[Parcel]:
    """Analyse some articles, which are numbered from 0.

    Yields parcels of the kinds "findings" and "known" (see `copydesk.engine.analysis.Analysis`), "keys" for each check
    of the collection and bucket, and at the end "samples" and "summary".
    """
    summary = TaskSummary(Signals(plan.judgements, plan.suite))
    samples = Samples()
    columns = sorted(plan.suite.columns.difference(MEASURES))
    keys: dict[str, list[pl.DataFrame]] = {}
    for chunk in chunks:
        part = part_of(chunk, plan.judgements, columns)
        summary.rejected += part.rejected
        summary.notes += part.notes
        summary.columns = part.columns | summary.columns
        if part.frames is None:
            continue
        frames = part.frames.numbered(summary.articles)
        summary.articles += part.height
        summary.rows |= dict(frames.known.group_by("file").agg(pl.col("row").max()).iter_rows())
        summary.hashes += sum_of(frames.entries)
        summary.signals.add_failed(part.failed)
        summary.signals.add(count_findings(frames.signals, frames.findings, part.fields, plan.judgements))
        samples.add(frames.texts, frames.findings)
        yield Parcel("known", pack(frames.known), task=task)
        if frames.findings.height:
            yield Parcel("findings", pack(frames.findings), task=task)
        for key, frame in frames.keys.items():
            keys.setdefault(key, []).append(frame)
    for number, judgement in enumerate(plan.judgements):
        if judgement.key in keys:
            frame = pl.concat(keys[judgement.key], how="vertical_relaxed")
            for bucket, rows in split_into_buckets(frame, _meeting(plan.check(number)), plan.buckets):
                yield Parcel("keys", pack(rows), number, task, bucket)
    summary.sample_sizes = samples.sizes()
    yield Parcel("samples", pickle.dumps(samples), task=task)
    yield Parcel("summary", pickle.dumps(summary), task=task)


def _meeting(check: CollectionCheck) -> pl.Expr:
    """Return what is equal in keys that must meet, see `CollectionCheck.meet`; null in keys that need not meet any."""
    if not check.meet:
        return pl.lit(0)
    columns = [pl.col(c).max().over("article") for c in check.meet]
    return pl.when(pl.all_horizontal(c.is_not_null() for c in columns)).then(pl.struct(columns))


def _keys(plan: Plan, parcels: Iterable[Parcel]) -> pl.LazyFrame:
    """Return keys in the order of the collection."""
    frames = [plan.numbered(p) for p in sorted(parcels, key=lambda p: p.task)]
    return pl.concat(frames, how="vertical_relaxed").lazy()


def _of_one_check(step: Callable[..., Iterator[Parcel]]) -> Callable[..., Iterator[Parcel]]:
    """Make what a step raises a parcel "failed" of its check, and pass on those of the steps before.

    The last arguments of the step are the number of the check, the bucket and the parcels.
    """

    @wraps(step)
    def run(*arguments: Any) -> Iterator[Parcel]:
        number, _, parcels = arguments[-3:]
        failed = [parcel for parcel in parcels if parcel.kind == "failed"]
        if failed:
            return iter([Parcel("failed", failed[0].data, number)])
        try:
            return iter(list(step(*arguments)))
        except CopydeskError:
            raise
        except FAULTS as error:
            return iter([Parcel("failed", failure_of(error).encode(), number)])

    return run


@_of_one_check
def run_check(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Run a check on keys that meet: yield its spans, and which articles are named in them."""
    check = plan.check(number)
    yield from _send_spans(plan, number, bucket, check.find(_keys(plan, parcels)).collect())


def _send_spans(plan: Plan, number: int, bucket: int, spans: pl.DataFrame) -> Iterator[Parcel]:
    if spans.is_empty():
        return
    yield Parcel("spans", pack(spans), number, bucket=bucket)
    articles = articles_in(spans).to_frame()
    task = pl.Series("_task", plan.starts).search_sorted(articles["article"], side="right") - 1
    for (at,), wanted in articles.with_columns(_task=task).partition_by("_task", as_dict=True).items():
        wanted = wanted.select("article", for_check=pl.lit(number), for_bucket=pl.lit(bucket))
        yield Parcel("wanted", pack(wanted), bucket=at)


def send_known(plan: Plan, check: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Send what is known of a task's articles to the buckets that want it; the task is the bucket here."""
    wanted = frame_of_kind(parcels, "wanted")
    if wanted is None:
        return
    known = pl.concat([plan.numbered(p) for p in parcels if p.kind == "known"])
    for (number, at), articles in wanted.partition_by("for_check", "for_bucket", as_dict=True).items():
        theirs = known.join(articles, on="article", how="semi")
        yield Parcel("known", pack(theirs), number, bucket, at)


@_of_one_check
def make_findings(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Make findings of the spans of a check, count them by article, and choose the first for the samples."""
    spans, known = frame_of_kind(parcels, "spans"), frame_of_kind(parcels, "known")
    if spans is None:  # those of a check that failed in another bucket were dropped
        return
    assert known is not None
    findings = as_findings(spans, plan.judgements[number], known.lazy())
    yield Parcel("findings", pack(findings), number, bucket=bucket)
    yield Parcel("counts", pack(findings.group_by("article").len("findings")), number, bucket=bucket)
    yield Parcel("late", pack(findings.head(LATE)), number)


def choose_late(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Choose the first findings of a check from the first ones of all buckets."""
    late = frame_of_kind(parcels, "late")
    assert late is not None
    yield Parcel("late", pack(late.sort("article", maintain_order=True).head(LATE)), number)


def pick_findings(articles: Sequence[int], plan: Plan, parcel: Parcel) -> Iterator[Parcel]:
    """Yield the findings in some articles."""
    findings = plan.numbered(parcel) if parcel.task >= 0 else unpack(parcel.data)
    theirs = findings.filter(pl.col("article").is_in(articles))
    if theirs.height:
        yield Parcel("findings", pack(theirs), parcel.check, parcel.task)


@_of_one_check
def mark_texts(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Yield the marks of texts, see `PairCheck.marks`."""
    marks = _pair_check(plan, number).marks(_keys(plan, parcels))
    for at, some in split_into_buckets(marks, pl.col("mark"), plan.buckets):
        yield Parcel("marks", pack(some), number, bucket=at)


@_of_one_check
def join_marks(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Yield pairs of texts that share marks, see `PairCheck.meetings`."""
    marks = frame_of_kind(parcels, "marks")
    assert marks is not None
    for at, some in split_into_buckets(_pair_check(plan, number).meetings(marks), pl.col("text"), plan.buckets):
        yield Parcel("meetings", pack(some), number, bucket=at)


@_of_one_check
def choose_pairs(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Yield the pairs that are worth a judgement, see `PairCheck.likeliest`."""
    meetings = frame_of_kind(parcels, "meetings")
    assert meetings is not None
    pairs = _pair_check(plan, number).likeliest(meetings)
    if pairs.height:
        yield Parcel("pairs", pack(pairs), number)


def pick_keys(
    pairs: Mapping[int, pl.DataFrame], plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]
) -> Iterator[Parcel]:
    """Yield the keys of the texts in pairs."""
    if number in pairs:
        texts = pl.concat([pairs[number]["text"], pairs[number]["twin"]]).unique()
        (text,) = plan.check(number).meet
        keys = _keys(plan, parcels).filter(pl.col(text).is_in(texts.implode())).collect()
        if keys.height:
            yield Parcel("keys", pack(keys), number)


@_of_one_check
def judge_pairs(
    pairs: Mapping[int, pl.DataFrame], plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]
) -> Iterator[Parcel]:
    """Judge the pairs, given the keys of all texts in them; yield as `run_check` does."""
    keys = frame_of_kind(parcels, "keys")
    assert keys is not None
    spans = _pair_check(plan, number).judge_pairs(keys.sort("article", maintain_order=True).lazy(), pairs[number])
    yield from _send_spans(plan, number, bucket, spans.collect())


def _pair_check(plan: Plan, number: int) -> PairCheck:
    check = plan.check(number)
    assert isinstance(check, PairCheck)
    return check
