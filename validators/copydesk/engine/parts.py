"""A part: the results of a chunk of articles, small enough to keep, and the same whatever chunk came before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

import polars as pl

from copydesk.checks import ArticleCheck, CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suite import Judgement
from copydesk.engine.analysis import analyse
from copydesk.engine.costs import Costs
from copydesk.engine.ledger import entries
from copydesk.engine.samples import SAMPLED
from copydesk.engine.spool import copy_texts
from copydesk.model.article import FIELDS, MEASURES
from copydesk.model.chunk import Chunk, Note, Rejected
from copydesk.model.finding import no_findings
from copydesk.text.characters import characters
from copydesk.text.scan import compiled

__all__ = ["COMMON", "Frames", "Part", "is_sound", "part_of", "prepare"]

#: The columns of each frame, but for what a check or a suite adds.
_COLUMNS: Mapping[str, Mapping[str, pl.DataType | type[pl.DataType]]] = {
    "findings": {"article": pl.UInt32, "twin": pl.UInt32, "key": pl.String, **no_findings(links=True).schema},
    "signals": {"article": pl.UInt32, **dict.fromkeys(MEASURES, pl.Int64)},
    "known": {
        "article": pl.UInt32,
        "article_id": pl.String,
        "file": pl.String,
        "row": pl.Int64,
        "line": pl.Int64,
        "identity": pl.String,
    },
    "entries": {"name": pl.String, "publisher": pl.UInt64, "day": pl.Date, "hash": pl.UInt64},
    "texts": {"article": pl.UInt32, **dict.fromkeys(FIELDS, pl.String)},
}
#: The frames that have a row for each article, in order.
_ROW_EACH = ("signals", "known", "entries")


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
        return {name: getattr(self, name) for name in COMMON}

    def map(self, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Frames:
        """Return the frames with a change made to each."""
        return Frames(
            **{name: change(frame) for name, frame in self.common().items()},
            keys={key: change(frame) for key, frame in self.keys.items()},
        )

    def numbered(self, first: int) -> Frames:
        """Return the frames with articles numbered from `first`."""
        if not first:
            return self
        by = pl.lit(first, pl.UInt32)
        return self.map(lambda f: f.with_columns(pl.col("article") + by) if "article" in f.columns else f)


#: The names of the frames that every part has.
COMMON = tuple(f.name for f in fields(Frames) if f.name != "keys")


@dataclass(frozen=True, slots=True)
class Part:
    """The results of a chunk.

    frames: None where there is no article.
    height: the number of articles.
    fields: which fields the articles have.
    columns, rejected, bytes, notes: see `copydesk.model.chunk.Chunk`.
    failed: the checks that raised an exception, see `copydesk.engine.analysis.Analysis`.
    """

    frames: Frames | None = None
    height: int = 0
    fields: frozenset[str] = frozenset()
    columns: dict[str, str] = field(default_factory=dict)
    rejected: tuple[Rejected, ...] = ()
    bytes: int = 0
    notes: tuple[Note, ...] = ()
    failed: Mapping[str, BaseException] = field(default_factory=dict)


def prepare(judgements: Iterable[Judgement]) -> None:
    """Load what every chunk needs."""
    judgements = tuple(judgements)
    compiled(_patterns(judgements))
    characters()
    for judgement in judgements:
        judgement.check.prepare()


def is_sound(part: Part, judgements: Iterable[Judgement]) -> bool:
    """Return whether `part_of` can have made a part: for one that comes from a file.

    Its frames have the names, columns and heights that they must have, and name no article that the part lacks.
    """
    if part.frames is None:
        return not part.height
    judgements = tuple(judgements)
    common, keys = part.frames.common(), part.frames.keys
    collection = [j for j in judgements if isinstance(j.check, CollectionCheck)]
    return (
        part.height > 0
        and keys.keys() == {j.key for j in collection if part.fields.issuperset(j.check.needs)}
        and all(columns.items() <= common[name].schema.items() for name, columns in _COLUMNS.items())
        and all(common[name].height == part.height for name in _ROW_EACH)
        and all(_names_articles(frame, part.height) for frame in (*common.values(), *keys.values()))
        and part.frames.findings["key"].is_in([j.key for j in judgements]).all()
    )


def _names_articles(frame: pl.DataFrame, height: int) -> bool:
    if "article" not in frame.columns:
        return True
    articles = frame["article"]
    return articles.dtype == pl.UInt32 and not articles.null_count() and bool((articles < height).all())


def _patterns(judgements: Iterable[Judgement]) -> tuple[bytes, ...]:
    """Return the patterns of all checks, for one scan."""
    return tuple(sorted({p for j in judgements if isinstance(j.check, ArticleCheck) for p in j.check.suspicious}))


def part_of(chunk: Chunk, judgements: Iterable[Judgement], columns: Iterable[str], costs: Costs | None = None) -> Part:
    """Analyse a chunk.

    Args:
        chunk: the articles.
        judgements: the checks, and how severe each is.
        columns: columns that the suite names, for the signals.
        costs: what each check takes is added there.
    """
    empty = Part(columns=chunk.columns, rejected=tuple(chunk.rejected), bytes=chunk.bytes, notes=chunk.notes)
    if chunk.articles.is_empty():
        return empty
    judgements = tuple(judgements)
    batch = Batch(chunk.articles, patterns=_patterns(judgements))
    analysis = analyse(batch, judgements, columns, costs)
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
    return replace(
        empty,
        frames=frames.map(copy_texts),
        height=batch.articles.height,
        fields=batch.fields,
        failed=analysis.failed,
    )
