"""The ledger: keeps a few bytes of every article while a collection is read, and makes its overview at the end.

It keeps the publisher and the day, twelve bytes. The rest is counted in the signals and the findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from copydesk.checks import Check
from copydesk.checks.batch import Batch
from copydesk.engine.workload import work_of
from copydesk.metadata.dates import dates_of
from copydesk.metadata.publishers import compact, hosts
from copydesk.model.article import FIELDS
from copydesk.model.overview import (
    EDGES,
    Copies,
    Copy,
    Lengths,
    Line,
    Overview,
    Publisher,
    Shown,
    Volume,
    later,
)

__all__ = ["Ledger", "entries", "hash_of", "sum_of"]

_MOST_PUBLISHERS, _MOST_LINES, _LINES_EACH = 30, 24, 4
_MOST_CLUSTERS, _MOST_COPIES = 60, 5

#: A span of more days is shown by weeks, one of more weeks by months, and one of more months by years.
_MOST_DAYS, _MOST_WEEKS, _MOST_MONTHS = 92, 130, 240

#: This share of the articles, the first and the last ones by date, is left out where that halves the span.
_STRAY = 0.01


def entries(batch: Batch) -> pl.DataFrame:
    """Return the entry of each article: `name` of the publisher, its hash `publisher`, `day`, `hash` of all fields."""
    publishers = batch.distinct("publisher")
    names = publishers.values.str.strip_chars()
    name = publishers.spread(names.set(names == "", None))
    unnamed = name.is_null().arg_true()
    if len(unnamed) and "url" in batch.fields:
        name = name.scatter(unnamed, hosts(batch).gather(unnamed))
    day = pl.lit(None, pl.Date)
    if "published" in batch.fields:
        dates = dates_of(batch, "published")
        is_day = (pl.col("low") == pl.col("high")) & pl.col("low").dt.year().is_between(1900, 2200)
        day = pl.lit(dates.select(pl.when(is_day).then("low")).to_series())
    return name.to_frame("name").with_columns(
        publisher=pl.col("name").hash(), day=day.dt.date(), hash=batch.articles.select(FIELDS).hash_rows()
    )


def sum_of(entries: pl.DataFrame) -> int:
    """Return the sum of the articles' hashes, see `entries`."""
    return int(entries["hash"].to_numpy().sum(dtype=np.uint64))


def hash_of(total: int) -> str:
    """Return the name of a collection whose articles' hashes have this sum."""
    return f"{total % 2**64:016x}"


class Ledger:
    """Keeps what the overview needs of every article, and a hash over all articles."""

    def __init__(self) -> None:
        self._articles: list[pl.DataFrame] = []
        self._names: list[pl.DataFrame] = []
        self._sum = 0

    def add(self, entries: pl.DataFrame) -> None:
        """Enter the articles of a batch, see `entries`."""
        self._names.append(entries.select("name", "publisher").unique("publisher", keep="first", maintain_order=True))
        self._articles.append(
            entries.select(publisher=pl.when(pl.col("name").is_not_null()).then("publisher"), day="day")
        )
        # A sum is the same in any order of the articles and files.
        self._sum += sum_of(entries)

    @property
    def hash(self) -> str:
        """A hash over the articles' fields, the same in whatever order and files they come.

        Equal hashes mean the same articles. It is polars' own hash, which another version may compute otherwise: so
        different hashes mean other articles only where both runs had the same polars.
        """
        return hash_of(self._sum)

    def overview(
        self,
        signals: Iterable[pl.DataFrame],
        findings: pl.LazyFrame,
        known: pl.LazyFrame,
        checks: Mapping[str, Check],
    ) -> Overview:
        """Return the overview of the collection.

        Args:
            signals: a row for each article, in order and in parts: `words`, and a column of counts for each check.
            findings: all findings, with `article` and `twin`.
            known: see `copydesk.engine.analysis.identify`.
            checks: the checks of the suite, by the names of their columns.
        """
        articles = (
            pl.concat(self._articles)
            if self._articles
            else pl.DataFrame(schema={"publisher": pl.UInt64, "day": pl.Date})
        )
        owners, names = articles.select("publisher").with_row_index("article"), self._spellings()
        words, sums, at = [], [], 0
        for part in signals:
            words.append(part["words"])
            sums.append(_sums(part.with_columns(owners["publisher"].slice(at, part.height)), list(checks)))
            at += part.height
        summed = pl.concat(sums)
        failing = {key: check.name for key, check in checks.items() if summed[f"with findings {key}"].sum()}
        publishers, in_all = _publishers(summed, names, list(failing))
        lines, lines_in_all = _lines(owners, names, findings, _names(checks, "lines"))
        copies, clusters = _copies(findings, known, _names(checks, "copies"), _names(checks, "near-copies"))
        return Overview(
            checks=tuple(failing.values()),
            publishers=publishers,
            publishers_in_all=in_all,
            volume=_volume(*_plausible(articles["day"], findings, _names(checks, "dates"))),
            lengths=_lengths(
                pl.concat(words), next((c for c in checks.values() if c.overview == "length-limits"), None)
            ),
            lines=lines,
            lines_in_all=lines_in_all,
            copies=copies,
            clusters=clusters,
            work=work_of(findings, owners.join(names, on="publisher", how="left", maintain_order="left")),
        )

    def _spellings(self) -> pl.DataFrame:
        """Return for each `publisher` its first `name` and its `key`, which is the same for all spellings of a name."""
        if not self._names:
            return pl.DataFrame(schema={"publisher": pl.UInt64, "key": pl.UInt64, "name": pl.String})
        names = pl.concat(self._names).unique("publisher", keep="first", maintain_order=True).drop_nulls()
        names = names.with_columns(key=compact(pl.col("name")).hash())
        return names.with_columns(pl.col("name").first().over("key")).select("publisher", "key", "name")


def _names(checks: Mapping[str, Check], shown: Shown) -> list[str]:
    """Return the names of the checks of which the overview shows this."""
    return [check.name for check in checks.values() if check.overview == shown]


def _sums(signals: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return how many of some articles each publisher has, and for each check the counts of `Publisher.by_check`."""
    each = [(pl.col(k) > 0).sum().alias(f"with findings {k}") for k in keys]
    each += [pl.col(k).count().alias(f"checked {k}") for k in keys]
    return signals.group_by("publisher", maintain_order=True).agg(pl.len().alias("articles"), *each)


def _publishers(sums: pl.DataFrame, names: pl.DataFrame, keys: list[str]) -> tuple[tuple[Publisher, ...], int]:
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


def _plausible(days: pl.Series, findings: pl.LazyFrame, checks: list[str]) -> tuple[pl.Series, int]:
    """Leave out the dates that checks found implausible; return the others, and how many were left out."""
    if not checks:
        return days, 0
    theirs = findings.filter(pl.col("check").is_in(checks) & (pl.col("field") == "published"))
    wrong = theirs.select(pl.col("article").drop_nulls().unique()).collect().to_series()
    kept = np.ones(len(days), bool)
    kept[wrong.to_numpy()] = False
    return days.filter(pl.Series(kept)), len(wrong)


def _volume(days: pl.Series, implausible: int) -> Volume | None:
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


_EVERY = {"day": "1d", "week": "1w", "month": "1mo", "year": "1y"}


def _unit(first: date, last: date) -> str:
    days = (last - first).days + 1
    if days <= _MOST_DAYS:
        return "day"
    if days <= 7 * _MOST_WEEKS:
        return "week"
    return "month" if days <= 30 * _MOST_MONTHS else "year"


def _lengths(words: pl.Series, check: Check | None) -> Lengths | None:
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


def _lines(
    owners: pl.DataFrame, names: pl.DataFrame, findings: pl.LazyFrame, checks: list[str]
) -> tuple[tuple[Line, ...], int]:
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


def _copies(
    findings: pl.LazyFrame, known: pl.LazyFrame, exact: list[str], near: list[str]
) -> tuple[tuple[Copies, ...], int]:
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
