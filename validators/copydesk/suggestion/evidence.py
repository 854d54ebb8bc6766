"""Evidence: what a suggestion is made from, collected in one pass, with no text kept."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.checks.batch import Batch
from copydesk.checks.suite import Suite
from copydesk.engine.collection import Gathering
from copydesk.engine.spool import Memory, Spool
from copydesk.lazy import pl
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk

__all__ = ["Evidence"]

#: The columns of which the values matter.
_VALUES = ("publisher", "language", "section")


class Evidence:
    """What was seen of a collection.

    Args:
        suite: the checks that are tried.
        memory: how many bytes are held in memory before they are written to disk.

    Attributes:
        run: the findings of the suite's checks.
    """

    def __init__(self, suite: Suite, memory: int) -> None:
        self.run = Gathering(suite, memory=memory)
        self._rows = Spool(Memory(memory))

    def add(self, chunk: Chunk) -> None:
        """Add a chunk."""
        self.run.add(self.run.analyse(chunk))
        if chunk.articles.is_empty():
            return
        batch = Batch(chunk.articles)
        there = [pl.col(f).is_not_null().alias(f"{f} there") for f in FIELDS if f in batch.fields]
        year = pl.col("published").str.extract(r"^\s*(\d{4})-\d\d").alias("year")
        values = [pl.col(name) for name in _VALUES]
        self._rows.put(pl.concat([batch.measures, batch.articles.select(*values, year, *there)], how="horizontal"))

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return self.run.articles

    def with_findings(self) -> dict[str, int]:
        """Return how many articles have a finding of each check, by the name of its signal; of rows, how many rows."""
        counted = (
            self.run.findings.scan()
            .group_by("key")
            .agg(articles=pl.col("article").n_unique(), rows=pl.col("article").is_null().sum())
        )
        return {key: int(rows or articles) for key, articles, rows in counted.collect().iter_rows()}

    def examples(self, key: str, count: int) -> list[tuple[str, str]]:
        """Return the article and the reason of the first findings of a check."""
        rows = self.run.findings.scan().filter(pl.col("key") == key).select("article_id", "reason")
        return [(str(article), str(reason)) for article, reason in rows.head(count).collect().iter_rows()]

    def filled(self) -> dict[str, int]:
        """Return how many articles have a value in each field that the data has."""
        rows = self._rows.scan()
        fields = [name for name in rows.collect_schema().names() if name.endswith(" there")]
        sums = rows.select(pl.col(name).fill_null(False).sum() for name in fields).collect()
        return {name.removesuffix(" there"): int(sums[name][0]) for name in fields}

    def values(self, column: str) -> list[tuple[str, int]]:
        """Return the values of a column and how many articles have each, the most frequent first."""
        counted = self._rows.scan().filter(pl.col(column).is_not_null()).group_by(column).len().collect()
        return [(str(v), int(n)) for v, n in counted.sort("len", column, descending=[True, False]).iter_rows()]

    def lengths(self, *conditions: pl.Expr) -> Sequence[int]:
        """Return how many words the bodies have that have some, in order: of all articles that meet the conditions."""
        rows = self._rows.scan().filter(pl.col("words") > 0, *conditions).sort("words")
        words: list[int] = rows.select("words").collect()["words"].to_list()
        return words

    def close(self) -> None:
        """Remove what was written to disk."""
        self.run.close()
        self.run.findings.close()
        self._rows.close()
