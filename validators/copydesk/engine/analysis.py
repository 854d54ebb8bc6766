"""The one pass over the text: it takes batches of articles, and gives findings, signals and keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl
import polars.selectors as cs

from copydesk.checks import SEVERITIES, ArticleCheck, Check, CollectionCheck, RowCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suite import Judgement
from copydesk.engine.costs import SHARED, Costs
from copydesk.errors import CopydeskError
from copydesk.model.chunk import Rejected
from copydesk.model.finding import LINKS, fingerprints, no_findings
from copydesk.readers.files.encodings import stable_reason
from copydesk.similarity.groups import named_by_group

__all__ = [
    "FAULTS",
    "Analysis",
    "analyse",
    "articles_in",
    "as_findings",
    "collection_findings",
    "identify",
    "rejected_findings",
]


#: What a check may raise by a fault of its own. A panic of polars is no Exception.
FAULTS = (Exception, pl.exceptions.PanicException)


@dataclass(frozen=True, slots=True)
class Analysis:
    """The results of one batch.

    findings: a row a finding, with the columns of FINDING and LINKS. Beside them `article` and `twin`, the numbers of
        the article and of the other one (UInt32), and `key`, the name of the signal.
    signals: a row an article: `article`, the measures, and the columns that the suite names.
    known: a row an article, see `identify`.
    keys: for each collection check, by `Check.key`, the keys of the articles.
    failed: for each check that raised an exception, by `Check.key`, that exception; it has no findings and no keys.
    """

    findings: pl.DataFrame
    signals: pl.DataFrame
    known: pl.DataFrame
    keys: Mapping[str, pl.DataFrame]
    failed: Mapping[str, BaseException]


def analyse(
    batch: Batch, judgements: Iterable[Judgement], columns: Iterable[str], costs: Costs | None = None
) -> Analysis:
    """Run the checks over one batch.

    Args:
        batch: the articles.
        judgements: the checks, and how severe each is.
        columns: columns that the suite names, for the signals.
        costs: what each check takes is added there.
    """
    due = [j for j in judgements if j.applies(batch)]
    article = [j for j in due if isinstance(j.check, ArticleCheck)]
    collection = [j for j in due if isinstance(j.check, CollectionCheck)]
    if costs:
        costs.measure(SHARED, lambda: (batch.paragraphs, batch.measures, batch.body_keys))
    batch.paragraphs, batch.measures, batch.body_keys  # noqa: B018 - made once, before the checks ask side by side
    known = identify(batch)
    failed: dict[str, BaseException] = {}
    try:
        spans, keys = _run(article, collection, batch, costs)
    except CopydeskError:
        raise
    except FAULTS:  # of one of them: the others have their verdict without it
        failed = _failing(article, collection, batch)
        article, collection = ([j for j in js if j.key not in failed] for js in (article, collection))
        spans, keys = _run(article, collection, batch)
    named = [column for column in columns if column in batch.articles.columns]
    signals = pl.concat([batch.measures, batch.articles.select(named)], how="horizontal")
    return Analysis(
        findings=_join_articles(spans, known),
        signals=signals,
        known=known,
        keys=keys,
        failed=failed,
    )


def _run(
    article: Sequence[Judgement], collection: Sequence[Judgement], batch: Batch, costs: Costs | None = None
) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """Return the spans of the article checks, with their texts; and the keys of the collection checks, by their key."""
    judgements = (*article, *collection)
    # The streaming engine is for more than a chunk, and starts threads of its own.
    if costs:
        frames = [
            costs.measure(
                j.check.name, partial(lambda check: _asked(check, batch).collect(engine="in-memory"), j.check)
            )
            for j in judgements
        ]
    else:
        frames = pl.collect_all([_asked(j.check, batch) for j in judgements], engine="in-memory")
    spans = batch.quoted(_join_checks(article, frames[: len(article)]))
    return spans, {j.key: frame for j, frame in zip(collection, frames[len(article) :], strict=True)}


def _asked(check: Check, batch: Batch) -> pl.LazyFrame:
    """Return what a check gives of a batch: its spans, or its keys."""
    if isinstance(check, ArticleCheck):
        return check.find(batch)
    assert isinstance(check, CollectionCheck)
    return check.keys(batch)


def _failing(article: Sequence[Judgement], collection: Sequence[Judgement], batch: Batch) -> dict[str, BaseException]:
    """Run each check alone; return what was raised, by `Check.key`."""
    failed: dict[str, BaseException] = {}
    for judgement in (*article, *collection):
        try:
            _run([judgement] if judgement in article else [], [judgement] if judgement in collection else [], batch)
        except FAULTS as error:
            failed[judgement.key] = error
    return failed


def identify(batch: Batch) -> pl.DataFrame:
    """Return who each article is: `article`, `article_id`, `file`, `row`, `line`, and `identity`.

    article_id is the id; without one the url; without that file and row. identity is for fingerprints, and tells the
    article from all others wherever it stands: id, url, or the headline and the body's first 200 characters.
    """
    names = [pl.when(pl.col(c).str.strip_chars() != "").then(pl.col(c)) for c in ("id", "url")]
    name = batch.articles.select(pl.coalesce(*names)).to_series()
    unnamed = name.is_null().arg_true()
    words = batch.articles[unnamed].select(
        pl.concat_str([pl.col("headline").fill_null(""), pl.col("body").fill_null("").str.head(200)], separator="\n")
    )
    return batch.articles.select(
        "article",
        pl.lit(name).fill_null(pl.format("{}#{}", "file", "row")).alias("article_id"),
        "file",
        "row",
        "line",
        pl.lit(name.clone().scatter(unnamed, words.to_series())).alias("identity"),
    )


def collection_findings(judgement: Judgement, keys: pl.LazyFrame, known: pl.LazyFrame) -> pl.DataFrame:
    """Run a collection check over the keys of all batches; return findings as `analyse` does."""
    assert isinstance(judgement.check, CollectionCheck)
    return as_findings(judgement.check.find(keys).collect(), judgement, known)


def articles_in(spans: pl.DataFrame) -> pl.Series:
    """Return the articles that the spans of a collection check name, each once and in order."""
    numbers = [spans[c].explode() for c in spans.select(cs.by_dtype(pl.UInt32, pl.List(pl.UInt32))).columns]
    return pl.concat(numbers).drop_nulls().unique().sort().alias("article")


def as_findings(spans: pl.DataFrame, judgement: Judgement, known: pl.LazyFrame) -> pl.DataFrame:
    """Return the spans of a collection check as findings.

    Args:
        spans: see `CollectionCheck.find`.
        judgement: the check, and how severe it is.
        known: see `identify`; it has all articles of `articles_in`.
    """
    if spans.is_empty():
        return _NO_FINDINGS
    known = known.filter(pl.col("article").is_in(articles_in(spans).implode())).collect().lazy()
    if "twin" in spans.columns:
        twins = known.select(twin="article", twin_id="article_id", twin_file="file", twin_row="row")
        spans = spans.lazy().join(twins, on="twin", how="left", maintain_order="left").collect()
    if "group" in spans.columns:
        spans = named_by_group(spans, known)
    return _join_articles(_join_checks([judgement], [spans]), known.collect())


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
        identity=stable_reason(
            pl.col("reason")
        ),  # not file and line: they change where rows are added or files are split
        row=pl.lit(None, pl.Int64),
        field=pl.lit(""),
        start=pl.lit(0, pl.Int64),
        end=pl.lit(0, pl.Int64),
        text=pl.lit(""),
        repair=pl.lit("none"),
    )
    return _finish(_join_checks([judgement], [blank]), pl.col("identity"), pl.col("text"))


#: No findings, as `analyse` returns them.
_NO_FINDINGS = pl.concat(
    [
        pl.DataFrame(schema={"article": pl.UInt32, "twin": pl.UInt32, "key": pl.String}),
        no_findings(links=True),
    ],
    how="horizontal",
)

#: What checks may say of a finding; no rows.
_NO_SPANS = _NO_FINDINGS.select(
    "field", "start", "end", "text", "reason", "related", "repair", "replacement", *LINKS
).with_columns(article=pl.lit(None, pl.UInt32), twin=pl.lit(None, pl.UInt32), identity=pl.lit(None, pl.String))


def _join_checks(judgements: Sequence[Judgement], frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put the spans of several checks into one frame; beside each span, what is known of its check."""
    rows = [(j.key, j.check.name, j.check.family, j.severity) for j in judgements]
    checks = pl.DataFrame(rows, dict.fromkeys(("key", "check", "family", "severity"), pl.String), orient="row")
    which = np.repeat(np.arange(len(frames)), np.array([frame.height for frame in frames], np.int64))
    spans = pl.concat([_NO_SPANS, *(frame for frame in frames if frame.height)], how="diagonal_relaxed")
    return pl.concat([spans, checks[which]], how="horizontal")


def _join_articles(spans: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Add to each span what is known of its article, and finish it. A check's own `identity` names it without words."""
    words = pl.when(pl.col("identity").is_null()).then("text").otherwise(pl.lit(""))
    joined = spans.join(known.rename({"identity": "_identity"}), on="article", how="left", maintain_order="left")
    return _finish(joined, pl.coalesce("identity", "_identity"), words)


def _finish(findings: pl.DataFrame, identity: pl.Expr, words: pl.Expr) -> pl.DataFrame:
    """Add fingerprints, and order findings by article, field and place; the worst first where places are equal."""
    rank = pl.col("severity").replace_strict(SEVERITIES, list(range(len(SEVERITIES))), default=len(SEVERITIES))
    place = ("article", pl.col("field") != "headline", "field", "start")
    ordered = findings.sort(*place, rank, "check", maintain_order=True)
    named = ordered.with_columns(fingerprints(ordered, identity, words))
    return named.select(pl.col(c).cast(t) for c, t in _NO_FINDINGS.schema.items())
