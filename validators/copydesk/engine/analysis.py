"""The pass over the text: batches of articles in, findings, signals and keys out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
import polars.selectors as cs

from copydesk.checks import SEVERITIES, ArticleCheck, CollectionCheck, RowCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suite import Judgement
from copydesk.model.chunk import Rejected
from copydesk.model.finding import fingerprints, no_findings
from copydesk.similarity.groups import named_by_group

__all__ = [
    "Analysed",
    "analyse",
    "articles_known",
    "articles_named",
    "collection_findings",
    "completed",
    "rejected_findings",
]


@dataclass(frozen=True, slots=True)
class Analysed:
    """What one batch gave.

    findings: a row a finding, see FINDING, with `article` and `twin`, the article that is meant (UInt32), and `key`
        (the signal) beside.
    signals: a row an article: `article`, the measures, the columns that were asked for.
    known: a row an article: see `articles_known`.
    keys: for each collection check, by its signal's name, what it keeps of the batch.
    """

    findings: pl.DataFrame
    signals: pl.DataFrame
    known: pl.DataFrame
    keys: dict[str, pl.DataFrame]


def analyse(batch: Batch, judgements: Iterable[Judgement], columns: Iterable[str]) -> Analysed:
    """Run the checks over one batch.

    Args:
        batch: the articles.
        judgements: the checks, and how severe each is.
        columns: columns that the suite names, for the signals.
    """
    due = [j for j in judgements if j.applies(batch)]
    article = [j for j in due if isinstance(j.check, ArticleCheck)]
    collection = [j for j in due if isinstance(j.check, CollectionCheck)]
    batch.paragraphs, batch.measures, batch.body_keys  # noqa: B018 - made once, before the checks ask side by side
    frames = pl.collect_all(
        [j.check.find(batch) for j in article if isinstance(j.check, ArticleCheck)]
        + [j.check.keys(batch) for j in collection if isinstance(j.check, CollectionCheck)],
        engine="in-memory",  # that of streams is for more than a chunk, and has threads of its own
    )
    known = articles_known(batch)
    found = batch.quoted(_joined(article, frames[: len(article)]))
    counted = [n for n in columns if n in batch.articles.columns]
    signals = pl.concat([batch.measures, batch.articles.select(counted)], how="horizontal")
    return Analysed(
        findings=_complete(found, known),
        signals=signals,
        known=known,
        keys={j.key: frame for j, frame in zip(collection, frames[len(article) :], strict=True)},
    )


def articles_known(batch: Batch) -> pl.DataFrame:
    """Return what is kept of every article: `article`, `article_id`, `file`, `row`, `line`, and `identity`.

    article_id is the id; without one the url; without that file and row. identity tells the article from all others
    whatever its place in the files, for fingerprints: id, url, or the headline and the body's first 200 characters.
    """
    there = [pl.when(pl.col(c).str.strip_chars() != "").then(pl.col(c)) for c in ("id", "url")]
    named = batch.articles.select(pl.coalesce(*there)).to_series()
    unnamed = named.is_null().arg_true()
    words = batch.articles[unnamed].select(
        pl.concat_str([pl.col("headline").fill_null(""), pl.col("body").fill_null("").str.head(200)], separator="\n")
    )
    return batch.articles.select(
        "article",
        pl.lit(named).fill_null(pl.format("{}#{}", "file", "row")).alias("article_id"),
        "file",
        "row",
        "line",
        pl.lit(named.clone().scatter(unnamed, words.to_series())).alias("identity"),
    )


def collection_findings(judgement: Judgement, keys: pl.LazyFrame, known: pl.LazyFrame) -> pl.DataFrame:
    """Run a collection check over the keys of all batches; return findings as `analyse` does."""
    assert isinstance(judgement.check, CollectionCheck)
    return completed(judgement.check.find(keys).collect(), judgement, known)


def articles_named(found: pl.DataFrame) -> pl.Series:
    """Return the articles, each once and in order, that are named in what a collection check found."""
    named = [found[c].explode() for c in found.select(cs.by_dtype(pl.UInt32, pl.List(pl.UInt32))).columns]
    return pl.concat(named).drop_nulls().unique().sort().alias("article")


def completed(found: pl.DataFrame, judgement: Judgement, known: pl.LazyFrame) -> pl.DataFrame:
    """Return what a collection check found as findings; `known` has all articles whose numbers stand in it."""
    if found.is_empty():
        return _complete(_joined([], []), known.head(0).collect())
    known = known.filter(pl.col("article").is_in(articles_named(found).implode())).collect().lazy()
    if "twin" in found.columns:
        twins = known.select(
            pl.col("article").alias("twin"),
            pl.format("{} ({}, row {})", "article_id", "file", "row").alias("_twin"),
        )
        found = found.lazy().join(twins, on="twin", how="left", maintain_order="left").collect()
        found = found.with_columns(related=pl.coalesce("_twin", "related")).drop("_twin")
    if "group" in found.columns:
        found = named_by_group(found, known)
    return _complete(_joined([judgement], [found]), known.collect())


def rejected_findings(judgement: Judgement, rejected: Iterable[Rejected]) -> pl.DataFrame:
    """Return the rejected rows as findings of a row check; they belong to no article."""
    assert isinstance(judgement.check, RowCheck)
    rows = pl.DataFrame(
        [{"file": r.file, "line": r.line, "reason": r.reason} for r in rejected],
        schema={"file": pl.String, "line": pl.Int64, "reason": pl.String},
    )
    blank = rows.with_columns(
        article=pl.lit(None, pl.UInt32),
        article_id=pl.format("{}#line {}", "file", pl.col("line").fill_null(0)),
        identity=pl.col("reason"),  # and not its file and line, which change where rows are added or files are split
        row=pl.lit(None, pl.Int64),
        field=pl.lit(""),
        start=pl.lit(0, pl.Int64),
        end=pl.lit(0, pl.Int64),
        text=pl.lit(""),
        repair=pl.lit("none"),
    )
    return _finished(_joined([judgement], [blank]), pl.col("identity"), pl.col("text"))


#: What checks may say of a finding; no rows.
_NOTHING = (
    no_findings()
    .select("field", "start", "end", "text", "reason", "related", "repair", "replacement")
    .with_columns(article=pl.lit(None, pl.UInt32), twin=pl.lit(None, pl.UInt32), identity=pl.lit(None, pl.String))
)


def _joined(judgements: Sequence[Judgement], frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put what checks found into one frame, with what is known of the check beside each finding."""
    checks = [(j.key, j.check.name, j.check.family, j.severity) for j in judgements]
    said = pl.DataFrame(checks, dict.fromkeys(("key", "check", "family", "severity"), pl.String), orient="row")
    which = np.repeat(np.arange(len(frames)), np.array([frame.height for frame in frames], np.int64))
    found = pl.concat([_NOTHING, *(frame for frame in frames if frame.height)], how="diagonal_relaxed")
    return pl.concat([found, said[which]], how="horizontal")


def _complete(found: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Join to each finding what is known of its article; `identity`, if the check gave one, is all that names it."""
    words = pl.when(pl.col("identity").is_null()).then("text").otherwise(pl.lit(""))
    told = found.join(known.rename({"identity": "_identity"}), on="article", how="left", maintain_order="left")
    return _finished(told, pl.coalesce("identity", "_identity"), words)


def _finished(found: pl.DataFrame, identity: pl.Expr, words: pl.Expr) -> pl.DataFrame:
    """Name findings, in the order of articles, fields and places; worst first where they meet."""
    rank = pl.col("severity").replace_strict(SEVERITIES, list(range(len(SEVERITIES))), default=len(SEVERITIES))
    place = ("article", pl.col("field") != "headline", "field", "start")
    ordered = found.sort(*place, rank, "check", maintain_order=True)
    named = ordered.with_columns(fingerprints(ordered, identity, words))
    types = no_findings().schema
    return named.select("article", "twin", "key", *(pl.col(c).cast(t) for c, t in types.items()))
