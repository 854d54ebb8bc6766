"""The ledger: keeps a few bytes of every article while a collection is read, and makes its overview at the end.

It keeps the publisher and the day, twelve bytes. The rest is counted in the signals and the findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl

from copydesk.checks import Check
from copydesk.checks.batch import Batch
from copydesk.engine.overview_parts import (
    copies_of,
    lengths_of,
    lines_of,
    plausible_days,
    publisher_sums,
    publishers_of,
    volume_of,
)
from copydesk.engine.workload import work_of
from copydesk.metadata.dates import dates_of
from copydesk.metadata.publishers import compact, hosts
from copydesk.model.article import FIELDS
from copydesk.model.overview import Overview, Shown

__all__ = ["Ledger", "entries", "hash_of", "sum_of"]


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
            sums.append(publisher_sums(part.with_columns(owners["publisher"].slice(at, part.height)), list(checks)))
            at += part.height
        summed = pl.concat(sums)
        failing = {key: check.name for key, check in checks.items() if summed[f"with findings {key}"].sum()}
        publishers, in_all = publishers_of(summed, names, list(failing))
        lines, lines_in_all = lines_of(owners, names, findings, _names(checks, "lines"))
        copies, clusters = copies_of(findings, known, _names(checks, "copies"), _names(checks, "near-copies"))
        return Overview(
            checks=tuple(failing.values()),
            publishers=publishers,
            publishers_in_all=in_all,
            volume=volume_of(*plausible_days(articles["day"], findings, _names(checks, "dates"))),
            lengths=lengths_of(
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
