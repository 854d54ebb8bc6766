"""A part: all that a chunk of articles gave, small enough to keep, and the same whatever came before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from copydesk.checks import ArticleCheck, CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suite import Judgement
from copydesk.engine.analysis import analyse
from copydesk.engine.ledger import entries
from copydesk.engine.samples import SAMPLED
from copydesk.engine.spool import owned
from copydesk.model.article import FIELDS, MEASURES
from copydesk.model.chunk import Chunk, Rejected
from copydesk.model.finding import no_findings
from copydesk.text.characters import characters
from copydesk.text.scan import compiled

__all__ = ["Part", "is_sound", "part_of", "prepare"]

_KEYS = "keys "

#: The columns of each frame, but for what a check or a suite adds.
_COLUMNS: Mapping[str, Mapping[str, pl.DataType | type[pl.DataType]]] = {
    "findings": {"article": pl.UInt32, "twin": pl.UInt32, "key": pl.String, **no_findings().schema},
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
class Part:
    """What a chunk gave. Articles are numbered from 0, as `article` (UInt32) in all frames.

    frames: `findings`, `signals` and `known`, see `copydesk.engine.analysis.Analysed`; `keys <signal>` for each
        collection check; `entries`, see `copydesk.engine.ledger.entries`; `texts`: the fields of the articles that may
        be samples.
    height: the number of articles.
    fields: which fields they have.
    columns, rejected, bytes: see `copydesk.model.chunk.Chunk`.
    """

    frames: dict[str, pl.DataFrame]
    height: int
    fields: frozenset[str] = frozenset()
    columns: dict[str, str] = field(default_factory=dict)
    rejected: tuple[Rejected, ...] = ()
    bytes: int = 0

    def numbered(self, first: int) -> dict[str, pl.DataFrame]:
        """Return the frames with articles numbered from `first`."""
        by = pl.lit(first, pl.UInt32)
        return {
            name: frame.with_columns(pl.col("article") + by) if "article" in frame.columns else frame
            for name, frame in self.frames.items()
        }


def prepare(judgements: Iterable[Judgement]) -> None:
    """Load what the first chunk needs, and others after it."""
    judgements = tuple(judgements)
    compiled(_patterns(judgements))
    characters()
    for judgement in judgements:
        judgement.check.prepare()


def is_sound(part: Part, judgements: Iterable[Judgement]) -> bool:
    """Say whether a part can be one that `part_of` has made: for one that comes from a file.

    Its frames have the names, columns and heights that they must have, and name no article that the part has not.
    """
    if not part.height:
        return not part.frames
    judgements = tuple(judgements)
    keys = [j for j in judgements if isinstance(j.check, CollectionCheck) and part.fields.issuperset(j.check.needs)]
    if part.frames.keys() != {*_COLUMNS, *(_KEYS + j.key for j in keys)}:
        return False
    return (
        all(columns.items() <= part.frames[name].schema.items() for name, columns in _COLUMNS.items())
        and all(part.frames[name].height == part.height for name in _ROW_EACH)
        and all(_names_articles(frame, part.height) for frame in part.frames.values())
        and part.frames["findings"]["key"].is_in([j.key for j in judgements]).all()
    )


def _names_articles(frame: pl.DataFrame, height: int) -> bool:
    if "article" not in frame.columns:
        return True
    articles = frame["article"]
    return articles.dtype == pl.UInt32 and not articles.null_count() and bool((articles < height).all())


def _patterns(judgements: Iterable[Judgement]) -> tuple[bytes, ...]:
    """Return all that is looked for in one pass."""
    return tuple(sorted({p for j in judgements if isinstance(j.check, ArticleCheck) for p in j.check.suspicious}))


def part_of(chunk: Chunk, judgements: Iterable[Judgement], columns: Iterable[str]) -> Part:
    """Analyse a chunk.

    Args:
        chunk: the articles.
        judgements: the checks, and how severe each is.
        columns: columns that the suite names, for the signals.
    """
    empty = Part({}, 0, frozenset(), chunk.columns, tuple(chunk.rejected), chunk.bytes)
    if chunk.articles.is_empty():
        return empty
    judgements = tuple(judgements)
    batch = Batch(chunk.articles, patterns=_patterns(judgements))
    analysed = analyse(batch, judgements, columns)
    first = analysed.findings.lazy().unique(["check", "article"], maintain_order=True)
    chosen = first.group_by("check", maintain_order=True).head(SAMPLED).select("article").unique().sort("article")
    frames = {
        "findings": analysed.findings,
        "signals": analysed.signals,
        "known": analysed.known,
        "entries": entries(batch),
        "texts": batch.articles[chosen.collect(engine="in-memory")["article"]].select("article", *FIELDS),
        **{_KEYS + key: frame for key, frame in analysed.keys.items()},
    }
    frames = {name: owned(frame) for name, frame in frames.items()}
    return replace(empty, frames=frames, height=batch.articles.height, fields=batch.fields)
