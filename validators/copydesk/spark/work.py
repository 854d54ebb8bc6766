"""What the executors do: read and analyse parts of files, and judge keys that meet."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from copydesk.checks import CollectionCheck, PairCheck
from copydesk.checks.suite import Judgement, Suite
from copydesk.engine.analysis import articles_named, completed
from copydesk.engine.ledger import sum_of
from copydesk.engine.parts import part_of
from copydesk.engine.samples import LATE, Samples
from copydesk.judge.signals import Signals, counted
from copydesk.model.article import MEASURES
from copydesk.model.chunk import Chunk, Rejected
from copydesk.spark.parcels import Parcel, frame_of, opened, sealed, shared_out

__all__ = ["Plan", "Told", "analysed"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every executor must know.

    buckets: to how many places keys are shared out.
    starts: the number of the first article of each task of the analysis; empty before that is known.
    """

    suite: Suite
    judgements: Sequence[Judgement]
    buckets: int
    starts: Sequence[int] = ()

    def numbered(self, parcel: Parcel) -> pl.DataFrame:
        """Return the frame of a parcel of the analysis, its articles numbered as in the collection."""
        first = pl.lit(self.starts[parcel.task], pl.UInt32)
        return opened(parcel.data).with_columns(pl.col("article") + first)

    def check(self, number: int) -> CollectionCheck:
        """Return a check of the collection by its number."""
        check = self.judgements[number].check
        assert isinstance(check, CollectionCheck)
        return check


@dataclass(slots=True)
class Told:
    """What a task of the analysis tells the driver.

    rows: the number of the last article's row in each file.
    hashes: the sum of the articles' hashes.
    sampled: how many articles were kept for each check.
    """

    signals: Signals
    articles: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    hashes: int = 0
    sampled: dict[str, int] = field(default_factory=dict)

    def join(self, other: Told) -> int:
        """Add what the task that follows tells; return how many articles there were before it."""
        first = self.articles
        self.articles += other.articles
        self.rejected += other.rejected
        self.columns = other.columns | self.columns
        self.rows |= other.rows
        self.hashes += other.hashes
        self.signals.join(other.signals, first)
        return first


def analysed(plan: Plan, task: int, chunks: Iterable[Chunk]) -> Iterator[Parcel]:
    """Analyse some articles, which are numbered from 0.

    Gives parcels of the kinds "findings" and "known" (see `copydesk.engine.analysis.Analysed`), "keys" for each check
    of the collection and bucket, and at the end "samples" and "told".
    """
    told = Told(Signals(plan.judgements, plan.suite))
    samples = Samples()
    asked = sorted(plan.suite.columns.difference(MEASURES))
    keys: dict[str, list[pl.DataFrame]] = {}
    for chunk in chunks:
        part = part_of(chunk, plan.judgements, asked)
        told.rejected += part.rejected
        told.columns = part.columns | told.columns
        if not part.height:
            continue
        frames = part.numbered(told.articles)
        told.articles += part.height
        told.rows |= dict(frames["known"].group_by("file").agg(pl.col("row").max()).iter_rows())
        told.hashes += sum_of(frames["entries"])
        told.signals.add(counted(frames["signals"], frames["findings"], part.fields, plan.judgements))
        samples.add(frames["texts"], frames["findings"])
        yield Parcel("known", sealed(frames["known"]), task=task)
        if frames["findings"].height:
            yield Parcel("findings", sealed(frames["findings"]), task=task)
        for name in frames.keys() - {"known", "findings", "signals", "entries", "texts"}:
            keys.setdefault(name, []).append(frames[name])
    for number, judgement in enumerate(plan.judgements):
        if f"keys {judgement.key}" in keys:
            frame = pl.concat(keys[f"keys {judgement.key}"], how="vertical_relaxed")
            for bucket, rows in shared_out(frame, _meeting(plan.check(number)), plan.buckets):
                yield Parcel("keys", sealed(rows), number, task, bucket)
    told.sampled = samples.kept()
    yield Parcel("samples", pickle.dumps(samples), task=task)
    yield Parcel("told", pickle.dumps(told), task=task)


def _meeting(check: CollectionCheck) -> pl.Expr:
    """Return what is equal in keys that must meet; null in keys that need not meet any."""
    if not check.meet:
        return pl.lit(0)
    of_article = [pl.col(c).max().over("article") for c in check.meet]
    return pl.when(pl.all_horizontal(c.is_not_null() for c in of_article)).then(pl.struct(of_article))


def _keys(plan: Plan, parcels: Iterable[Parcel]) -> pl.LazyFrame:
    """Return keys in the order of the collection."""
    frames = [plan.numbered(p) for p in sorted(parcels, key=lambda p: p.task)]
    return pl.concat(frames, how="vertical_relaxed").lazy()


def found(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Run a check on keys that meet; give what it found, and ask for the articles that are named in it."""
    check = plan.check(number)
    yield from _found(plan, number, bucket, check.find(_keys(plan, parcels)).collect())


def _found(plan: Plan, number: int, bucket: int, frame: pl.DataFrame) -> Iterator[Parcel]:
    if frame.is_empty():
        return
    yield Parcel("found", sealed(frame), number, bucket=bucket)
    articles = articles_named(frame).to_frame()
    task = pl.Series("_task", plan.starts).search_sorted(articles["article"], side="right") - 1
    for (at,), asked in articles.with_columns(_task=task).partition_by("_task", as_dict=True).items():
        asked = asked.select("article", for_check=pl.lit(number), for_bucket=pl.lit(bucket))
        yield Parcel("asked", sealed(asked), bucket=at)


def told_of(plan: Plan, check: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Send what is known of a task's articles to where it was asked for; the task is the bucket."""
    asked = frame_of(parcels, "asked")
    if asked is None:
        return
    known = pl.concat([plan.numbered(p) for p in parcels if p.kind == "known"])
    for (number, at), articles in asked.partition_by("for_check", "for_bucket", as_dict=True).items():
        mine = known.join(articles, on="article", how="semi")
        yield Parcel("known", sealed(mine), number, bucket, at)


def findings(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Complete what a check found to findings; count them by article, and choose the first for the samples."""
    frame, known = frame_of(parcels, "found"), frame_of(parcels, "known")
    assert frame is not None and known is not None
    made = completed(frame, plan.judgements[number], known.lazy())
    counts = made.group_by("article").len("findings")
    yield Parcel("findings", sealed(made), number, bucket=bucket)
    yield Parcel("counts", sealed(counts), number, bucket=bucket)
    yield Parcel("late", sealed(made.head(LATE)), number)


def earliest(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Choose the first findings of a check from the first ones of all buckets."""
    late = frame_of(parcels, "late")
    assert late is not None
    yield Parcel("late", sealed(late.sort("article", maintain_order=True).head(LATE)), number)


def picked(articles: Sequence[int], plan: Plan, parcel: Parcel) -> Iterator[Parcel]:
    """Give the findings in some articles."""
    found = plan.numbered(parcel) if parcel.task >= 0 else opened(parcel.data)
    mine = found.filter(pl.col("article").is_in(articles))
    if mine.height:
        yield Parcel("findings", sealed(mine), parcel.check, parcel.task)


def marks(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Give the marks of texts."""
    made = _pairing(plan, number).marks(_keys(plan, parcels))
    for at, some in shared_out(made, pl.col("mark"), plan.buckets):
        yield Parcel("marks", sealed(some), number, bucket=at)


def meetings(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Bring together the texts that share marks."""
    frame = frame_of(parcels, "marks")
    assert frame is not None
    for at, some in shared_out(_pairing(plan, number).meetings(frame), pl.col("text"), plan.buckets):
        yield Parcel("meetings", sealed(some), number, bucket=at)


def pairs(plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Choose the pairs that are worth judging."""
    frame = frame_of(parcels, "meetings")
    assert frame is not None
    made = _pairing(plan, number).likeliest(frame)
    if made.height:
        yield Parcel("pairs", sealed(made), number)


def paired(
    pairs: Mapping[int, pl.DataFrame], plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]
) -> Iterator[Parcel]:
    """Give the keys of the texts in pairs."""
    if number in pairs:
        named = pl.concat([pairs[number]["text"], pairs[number]["twin"]]).unique()
        (text,) = plan.check(number).meet
        mine = _keys(plan, parcels).filter(pl.col(text).is_in(named.implode())).collect()
        if mine.height:
            yield Parcel("keys", sealed(mine), number)


def judged(
    pairs: Mapping[int, pl.DataFrame], plan: Plan, number: int, bucket: int, parcels: Sequence[Parcel]
) -> Iterator[Parcel]:
    """Judge the pairs, given the keys of all texts in them."""
    keys = frame_of(parcels, "keys")
    assert keys is not None
    found = _pairing(plan, number).judged(keys.sort("article", maintain_order=True).lazy(), pairs[number])
    yield from _found(plan, number, bucket, found.collect())


def _pairing(plan: Plan, number: int) -> PairCheck:
    check = plan.check(number)
    assert isinstance(check, PairCheck)
    return check
