"""Parts of the overview, counted at the end: publishers, days, lengths, lines and copies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from copydesk.checks import Check
from copydesk.model.overview import EDGES, Copies, Copy, Lengths, Line, Publisher, Volume, later

__all__ = ["copies_of", "lengths_of", "lines_of", "plausible_days", "publisher_sums", "publishers_of", "volume_of"]

_MOST_PUBLISHERS, _MOST_LINES, _LINES_EACH = 30, 24, 4
_MOST_CLUSTERS, _MOST_COPIES = 60, 5

#: A span of more days is shown by weeks, one of more weeks by months, and one of more months by years.
_MOST_DAYS, _MOST_WEEKS, _MOST_MONTHS = 92, 130, 240

#: This share of the articles, the first and the last ones by date, is left out where that halves the span.
_STRAY = 0.01

#: The units of time, as polars names them.
_EVERY = {"day": "1d", "week": "1w", "month": "1mo", "year": "1y"}


def publisher_sums(signals: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return how many of some articles each publisher has, and for each check the counts of `Publisher.by_check`."""
    each = [(pl.col(k) > 0).sum().alias(f"with findings {k}") for k in keys]
    each += [pl.col(k).count().alias(f"checked {k}") for k in keys]
    return signals.group_by("publisher", maintain_order=True).agg(pl.len().alias("articles"), *each)


def publishers_of(sums: pl.DataFrame, names: pl.DataFrame, keys: list[str]) -> tuple[tuple[Publisher, ...], int]:
    """Return the publishers with most articles, the others as one, and how many there are; see `publisher_sums`."""
    rows = (
        sums.lazy()
        .join(names.lazy(), on="publisher", how="left", maintain_order="left")
        .group_by("key", maintain_order=True)
        .agg(pl.col("name").first(), pl.exclude("key", "name", "publisher").sum())
        .sort("articles", descending=True, maintain_order=True)
        .collect()
    )
    if rows["key"].null_count() == rows.height:
        return (), 0
    listed = rows.head(_MOST_PUBLISHERS)
    others = rows.tail(rows.height - listed.height)

    def publisher(row: Mapping[str, Any], publishers: int = 1) -> Publisher:
        by_check = tuple((row[f"with findings {k}"], row[f"checked {k}"]) for k in keys)
        return Publisher(row.get("name") or "", row["articles"], by_check, publishers)

    out = [publisher(row) for row in listed.iter_rows(named=True)]
    if others.height:
        out.append(publisher(others.drop("key", "name").sum().row(0, named=True), others.height))
    return tuple(out), rows["key"].drop_nulls().len()


def plausible_days(days: pl.Series, findings: pl.LazyFrame, checks: list[str]) -> tuple[pl.Series, int]:
    """Leave out the dates that checks found implausible; return the others, and how many were left out."""
    if not checks:
        return days, 0
    theirs = findings.filter(pl.col("check").is_in(checks) & (pl.col("field") == "published"))
    wrong = theirs.select(pl.col("article").drop_nulls().unique()).collect().to_series()
    kept = np.ones(len(days), bool)
    kept[wrong.to_numpy()] = False
    return days.filter(pl.Series(kept)), len(wrong)


def volume_of(days: pl.Series, implausible: int) -> Volume | None:
    """Return how many articles there are of each day, or of each longer unit; None where no article has a date."""
    dated = days.drop_nulls().sort()
    if dated.is_empty():
        return None
    first, last = dated[0], dated[-1]
    stray = int(len(dated) * _STRAY / 2)
    low, high = dated[stray], dated[-1 - stray]
    if (high - low) * 2 <= last - first:
        first, last = low, high
    inside = dated.filter(dated.is_between(first, last))
    unit = _unit(first, last)
    start = inside.dt.truncate(_EVERY[unit])[0]
    by_unit = dict(inside.to_frame("day").group_by(pl.col("day").dt.truncate(_EVERY[unit])).len().iter_rows())
    counts, at = [], start
    while at <= last:
        counts.append(by_unit.get(at, 0))
        at = later(start, unit, len(counts))
    return Volume(
        unit=unit,
        start=start,
        counts=tuple(counts),
        before=int((dated < first).sum()),
        after=int((dated > last).sum()),
        undated=days.null_count(),
        implausible=implausible,
        first=inside[0],
        last=inside[-1],
    )


def _unit(first: date, last: date) -> str:
    days = (last - first).days + 1
    if days <= _MOST_DAYS:
        return "day"
    if days <= 7 * _MOST_WEEKS:
        return "week"
    return "month" if days <= 30 * _MOST_MONTHS else "year"


def lengths_of(words: pl.Series, check: Check | None) -> Lengths | None:
    """Return how long articles are, by their words, and what a check expects of them; None where all are empty."""
    some = words.filter(words > 0)
    if some.is_empty():
        return None
    bins = np.searchsorted(EDGES, some.to_numpy(), side="right") - 1
    quartiles = [round(float(some.quantile(q) or 0)) for q in (0.25, 0.5, 0.75)]
    return Lengths(
        counts=tuple(np.bincount(bins, minlength=len(EDGES)).tolist()),
        quartiles=(quartiles[0], quartiles[1], quartiles[2]),
        empty=len(words) - len(some),
        fewest=getattr(check, "min_words", None),
        most=getattr(check, "max_words", None),
    )


def lines_of(
    owners: pl.DataFrame, names: pl.DataFrame, findings: pl.LazyFrame, checks: list[str]
) -> tuple[tuple[Line, ...], int]:
    """Return the lines that some checks find in most articles of a publisher, and how many such lines there are."""
    theirs = findings.filter(pl.col("check").is_in(checks) & pl.col("article").is_not_null())
    places = theirs.select("article", "text", "file", "row").collect()
    if places.is_empty():
        return (), 0
    owners = owners.join(names, on="publisher", how="left", maintain_order="left")
    sizes = owners.group_by("key").agg(of=pl.len())
    lines = (
        places.lazy()
        .join(owners.lazy(), on="article", maintain_order="left")
        .with_columns(words=pl.col("text").str.to_lowercase().str.strip_chars().hash())
        .group_by("key", "words", maintain_order=True)
        .agg(
            pl.col("name", "text", "file", "row").first(),
            articles=pl.col("article").n_unique(),
        )
        .join(sizes.lazy(), on="key", nulls_equal=True, maintain_order="left")
        .sort("articles", descending=True, maintain_order=True)
        .collect()
    )
    most = lines.group_by("key", maintain_order=True).head(_LINES_EACH)
    most = most.sort("articles", descending=True, maintain_order=True).head(_MOST_LINES)
    rows = most.select("name", "text", "articles", "of", "file", "row").iter_rows()
    return tuple(Line(name or "", *rest) for name, *rest in rows), lines.height


def copies_of(
    findings: pl.LazyFrame, known: pl.LazyFrame, exact: list[str], near: list[str]
) -> tuple[tuple[Copies, ...], int]:
    """Return the articles with most copies, and some that stand early; and how many articles have copies."""
    theirs = findings.filter(pl.col("check").is_in([*exact, *near]) & pl.col("twin").is_not_null())
    copies = theirs.select("check", "twin", "article", "article_id", "file", "row", "reason").collect()
    if copies.is_empty():
        return (), 0
    clusters = copies.group_by("check", "twin", maintain_order=True).agg(
        pl.len().alias("copies"), pl.struct("article_id", "file", "row", "reason").head(_MOST_COPIES).alias("first")
    )
    largest = clusters.sort("copies", descending=True, maintain_order=True).head(_MOST_CLUSTERS)
    # The largest, and as many that stand early in the collection: their texts are soon read again.
    chosen = pl.concat([largest, clusters.sort("twin").head(_MOST_CLUSTERS)])
    chosen = chosen.unique(["check", "twin"], keep="first", maintain_order=True)
    originals = known.filter(pl.col("article").is_in(chosen["twin"].unique().implode()))
    where = {
        n: Copy(i, f, r)
        for n, i, f, r in originals.select("article", "article_id", "file", "row").collect().iter_rows()
    }
    return tuple(
        Copies(
            check=row["check"],
            size=row["copies"] + 1,
            original=where[row["twin"]],
            copies=tuple(Copy(c["article_id"], c["file"], c["row"], c["reason"]) for c in row["first"]),
            near=row["check"] in near,
        )
        for row in chosen.iter_rows(named=True)
    ), clusters.height
