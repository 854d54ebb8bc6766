"""Giveaways: what says which label an article has, without being the story.

Counted are the words of the body, the publisher, the host, the byline and the section, the form in which the date is
written, and a dateline with the agency that it names. A feature gives a label away if it stands in at least 1 % of the
articles, and at least 99 % of these have the label, and chance cannot explain it.
"""

from __future__ import annotations

import re

from copydesk.checks.batch import Batch
from copydesk.lazy import pl

__all__ = ["LEAST_SHARE", "LEAST_SUPPORT", "feature_keys", "giveaway_spans", "label_counts"]

#: The least share of all articles that have a feature, and of these the least that have the label.
LEAST_SUPPORT, LEAST_SHARE = 0.01, 0.99

#: The logarithm of the chance that as many articles have the label as have the feature: one in a hundred million.
_CHANCE = -18.4

#: A feature of fewer articles proves nothing.
_FEWEST = 10

#: Features of a batch that fewer of its articles have, of so many, are forgotten: their share is then wrong by less.
_FORGOTTEN = 10_000

#: So many words are named, of the articles most have first. Features of other kinds are all named.
_WORDS = 20

#: A feature that so much of a label has is a giveaway; one that less has, a hint.
_MUCH = 0.2

#: A dateline: capitals at the start of the body, a dash within its first words, perhaps with an agency before it.
_DATELINE = (
    r"^\s*(?P<place>\p{Lu}[\p{Lu}\p{M} .,'’/-]{2,60}?(?:,? [\p{Lu}][\p{L}. ]{1,30})?)"
    r"\s*(?:\((?P<agency>[^()]{2,30})\))?\s*[-–—]\s"
)


def label_counts(batch: Batch) -> pl.DataFrame:
    """Return how many articles of a batch have each label: `label`, `count`."""
    return batch.articles.group_by("label", maintain_order=True).agg(count=pl.len().cast(pl.Int64))


def feature_keys(batch: Batch) -> pl.DataFrame:
    """Count the features of a batch: `kind`, `value`, `label`, `count`, and of the first article that has one its
    `article`, and the words in it: `field`, `start`, `text`.
    """
    articles = batch.articles.filter(pl.col("label").is_not_null())
    words = (
        articles.lazy()
        .select(
            "article",
            "label",
            value=pl.col("body").fill_null("").str.to_lowercase().str.extract_all(r"[\p{L}\p{M}]{2,}"),
        )
        .with_columns(pl.col("value").list.unique())
        .explode("value", empty_as_null=False)
        .with_columns(kind=pl.lit("word"), field=pl.lit("body"))
    )
    others = [_of_field(articles, kind, field, value) for kind, field, value in _values()]
    rows = pl.concat([words, *others], how="diagonal").filter(pl.col("value").is_not_null())
    counted = (
        rows.group_by("kind", "value", "label")
        .agg(pl.col("article").min(), count=pl.len().cast(pl.Int64), field=pl.col("field").first())
        .filter(pl.col("count").sum().over("kind", "value") * _FORGOTTEN >= articles.height)
        .sort("article", "kind", "value", "label")
        .collect()
    )
    return _placed(counted, batch)


def _values() -> list[tuple[str, str, pl.Expr]]:
    """Return the kinds of features that are no words: the name, the field, and what is counted."""
    dateline = pl.col("body").fill_null("").str.slice(0, 200)
    agency = dateline.str.extract_groups(_DATELINE).struct.field("agency")
    return [
        ("publisher", "publisher", _bare("publisher")),
        ("host", "url", pl.col("url").str.extract(r"^\s*(?:[A-Za-z]+:)?//(?:www\.)?([^/?#\s]+)")),
        ("byline", "byline", _bare("byline")),
        ("section", "section", _bare("section")),
        (
            "form of the date",
            "published",
            _bare("published").str.replace_all(r"\d", "0").str.replace_all(r"\p{L}+", "a"),
        ),
        (
            "dateline",
            "body",
            pl.when(dateline.str.contains(_DATELINE)).then(pl.lit("a place in capitals, then a dash")),
        ),
        ("dateline of the agency", "body", agency.str.strip_chars()),
    ]


def _bare(field: str) -> pl.Expr:
    return pl.col(field).str.strip_chars().replace("", None)


def _of_field(articles: pl.DataFrame, kind: str, field: str, value: pl.Expr) -> pl.LazyFrame:
    return articles.lazy().select("article", "label", value=value, kind=pl.lit(kind), field=pl.lit(field))


def _placed(counted: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Add where the first article has the words."""
    starts, texts = [], []
    columns = {field: batch.articles[field] for field in counted["field"].unique()}
    for kind, value, article, field, count in counted.select("kind", "value", "article", "field", "count").iter_rows():
        text = columns[field][article - batch.first] or ""
        start, end = 0, min(len(text), 80)
        if count * 2 >= LEAST_SUPPORT * batch.articles.height:  # else it has a place in another batch
            pattern = (
                rf"(?<!\w){re.escape(value)}(?!\w)"
                if kind in ("word", "dateline of the agency", "host")
                else r"\S.{0,79}"
            )
            match = re.search(pattern, text, re.IGNORECASE)
            start, end = match.span() if match else (start, end)
        starts.append(start)
        texts.append(text[start:end])
    return counted.with_columns(pl.Series("start", starts, pl.Int64), pl.Series("text", texts, pl.String))


def giveaway_spans(features: pl.LazyFrame, labels: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return the spans of giveaways and hints, each in the first article that has the feature.

    Args:
        features: what `feature_keys` returns of all batches.
        labels: how many articles of the collection have each label: `label`, `count`.
    """
    known = labels.filter(pl.col("label").is_not_null())
    total = int(known["count"].sum())
    of_label = known.select("label", base=pl.col("count") / max(total, 1), of_label="count").lazy()
    found = (
        features.group_by("kind", "value", "label")
        .agg(pl.col("count").sum(), pl.col("article", "field", "start", "text").sort_by("article").first())
        .with_columns(all=pl.col("count").sum().over("kind", "value"))
        .filter(
            pl.col("all") >= max(_FEWEST, LEAST_SUPPORT * total),
            pl.col("count") >= LEAST_SHARE * pl.col("all"),
        )
        .join(of_label, on="label")
        .filter(pl.col("base").log() * pl.col("all") < _CHANCE)
        .with_columns(covers=pl.col("count") / pl.col("of_label"))
        .sort("count", "kind", "value", descending=[True, False, False])
        .collect()
    )
    words = pl.col("kind") == "word"
    found = pl.concat([found.filter(~words), found.filter(words).head(_WORDS)])
    spans = found.select(
        "article",
        "field",
        "start",
        end=pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64),
        reason=pl.format(
            "the {} “{}” gives the label {} away: {} of {} articles that have it, {} % of the label",
            "kind",
            "value",
            "label",
            "count",
            "all",
            (100 * pl.col("covers")).round(1),
        ),
        related=pl.lit(None, pl.String),
        repair=pl.lit("none"),
        replacement=pl.lit(None, pl.String),
        text="text",
        identity=pl.concat_str("kind", "value", "label", separator="\x1f"),
        covers="covers",
    )
    much = pl.col("covers") >= _MUCH
    return {
        "label-giveaway": spans.filter(much).drop("covers"),
        "label-hint": spans.filter(~much).drop("covers"),
    }
