"""A part: the results of a chunk of articles, small enough to keep, and the same whatever chunk came before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

import polars as pl

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suite import Judgement
from copydesk.engine.analysis import analyse
from copydesk.engine.ledger import entries
from copydesk.engine.samples import SAMPLED
from copydesk.engine.spool import copy_texts
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk, Rejected
from copydesk.text.characters import characters
from copydesk.text.scan import compiled

__all__ = ["Frames", "Part", "part_of", "prepare"]


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a part. Articles are numbered from 0, as `article` (UInt32) in all frames but `entries`.

    findings, signals, known: see `copydesk.engine.analysis.Analysis`.
    entries: see `copydesk.engine.ledger.entries`.
    texts: the fields of the articles that may become samples.
    keys: the keys of each collection check, by `Check.key`.
    """

    findings: pl.DataFrame
    signals: pl.DataFrame
    known: pl.DataFrame
    entries: pl.DataFrame
    texts: pl.DataFrame
    keys: Mapping[str, pl.DataFrame]

    def common(self) -> dict[str, pl.DataFrame]:
        """Return the frames that every part has, by the names of their attributes."""
        return {name: getattr(self, name) for name in _COMMON}

    def map(self, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Frames:
        """Return the frames with a change made to each."""
        return Frames(
            **{name: change(frame) for name, frame in self.common().items()},
            keys={key: change(frame) for key, frame in self.keys.items()},
        )

    def numbered(self, first: int) -> Frames:
        """Return the frames with articles numbered from `first`."""
        by = pl.lit(first, pl.UInt32)
        return self.map(lambda f: f.with_columns(pl.col("article") + by) if "article" in f.columns else f)


_COMMON = tuple(f.name for f in fields(Frames) if f.name != "keys")


@dataclass(frozen=True, slots=True)
class Part:
    """The results of a chunk.

    frames: None where there is no article.
    height: the number of articles.
    fields: which fields the articles have.
    columns, rejected, bytes: see `copydesk.model.chunk.Chunk`.
    """

    frames: Frames | None = None
    height: int = 0
    fields: frozenset[str] = frozenset()
    columns: dict[str, str] = field(default_factory=dict)
    rejected: tuple[Rejected, ...] = ()
    bytes: int = 0


def prepare(judgements: Iterable[Judgement]) -> None:
    """Load what every chunk needs."""
    judgements = tuple(judgements)
    compiled(_patterns(judgements))
    characters()
    for judgement in judgements:
        judgement.check.prepare()


def _patterns(judgements: Iterable[Judgement]) -> tuple[bytes, ...]:
    """Return the patterns of all checks, for one scan."""
    return tuple(sorted({p for j in judgements if isinstance(j.check, ArticleCheck) for p in j.check.suspicious}))


def part_of(chunk: Chunk, judgements: Iterable[Judgement], columns: Iterable[str]) -> Part:
    """Analyse a chunk.

    Args:
        chunk: the articles.
        judgements: the checks, and how severe each is.
        columns: columns that the suite names, for the signals.
    """
    empty = Part(columns=chunk.columns, rejected=tuple(chunk.rejected), bytes=chunk.bytes)
    if chunk.articles.is_empty():
        return empty
    judgements = tuple(judgements)
    batch = Batch(chunk.articles, patterns=_patterns(judgements))
    analysis = analyse(batch, judgements, columns)
    first = analysis.findings.lazy().unique(["check", "article"], maintain_order=True)
    chosen = first.group_by("check", maintain_order=True).head(SAMPLED).select("article").unique().sort("article")
    frames = Frames(
        findings=analysis.findings,
        signals=analysis.signals,
        known=analysis.known,
        entries=entries(batch),
        texts=batch.articles[chosen.collect(engine="in-memory")["article"]].select("article", *FIELDS),
        keys=analysis.keys,
    )
    return replace(empty, frames=frames.map(copy_texts), height=batch.articles.height, fields=batch.fields)
