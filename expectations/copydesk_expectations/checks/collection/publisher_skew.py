"""The check `publisher-skew`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.publishers import publisher_keys
from copydesk.model.finding import flagged


@dataclass(frozen=True, kw_only=True)
class PublisherSkew(CollectionCheck):
    """Expect no publisher to outweigh all others of a collection.

    What it finds:
        A collection of at least `min_articles` articles of at least `min_publishers` publishers, of which one has
        more than `share`. It is a property of the collection, not of an article: the finding stands at that
        publisher's first article, and says its share and the concentration of all (Herfindahl-Hirschman index, from
        near 0 to 1).

    Why it matters:
        What is measured on the whole is measured on one house then: its style, its topics, its errors.

    Known limits:
        A publisher under two names is two, and two sites of one owner are two.

    Passes:
        - options: {min_articles: 4}
        - publisher: Harbour Gazette
        - publisher: Harbour Gazette
        - publisher: The Herald
        - publisher: Quayside Times

    Fails:
        - options: {min_articles: 5}
        - publisher: The Herald
        - publisher: Harbour Gazette
          finds: [Harbour Gazette]
        - publisher: Quayside Times
        - publisher: harbour gazette
        - publisher: Harbour Gazette

    Options:
        share: the share of the articles, from 0 to 1, that no publisher may exceed.
        min_articles: the fewest articles of a collection that is looked at.
        min_publishers: the fewest publishers of a collection that is looked at.

    Source:
        The index is that of competition law: above 0.25 a market counts as highly concentrated (US Horizontal Merger
        Guidelines, 2010).
    """

    name: ClassVar[str] = "publisher-skew"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "info"
    needs: ClassVar[tuple[str, ...]] = ("publisher",)

    share: float = 0.5
    min_articles: int = 100
    min_publishers: int = 3

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise ValueError(f"expected share between 0 and 1, got {self.share}")

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return a row for each publisher of the batch: its first article, its name there, and its articles."""
        articles = batch.articles.lazy().select("article", "publisher", key=publisher_keys(batch))
        named = articles.filter(pl.col("publisher").str.strip_chars() != "")
        counted = named.group_by("key", maintain_order=True)
        return counted.agg(
            pl.col("article").first(), pl.col("publisher").first(), pl.len().cast(pl.Int64).alias("count")
        )

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return the first article of the publisher that has too many."""
        publishers = keys.sort("article").group_by("key", maintain_order=True)
        counts = publishers.agg(pl.col("article").first(), pl.col("publisher").first(), pl.col("count").sum())
        total = pl.col("count").sum()
        shares = counts.with_columns(
            total=total, publishers=pl.len(), part=pl.col("count") / total, hhi=((pl.col("count") / total) ** 2).sum()
        )
        enough = (pl.col("total") >= self.min_articles) & (pl.col("publishers") >= self.min_publishers)
        top = shares.filter(enough & (pl.col("part") > self.share))
        name = pl.col("publisher").str.strip_chars()
        start = pl.col("publisher").str.len_chars() - pl.col("publisher").str.strip_chars_start().str.len_chars()
        return flagged(
            top.with_columns(start=start, end=start + name.str.len_chars()),
            field="publisher",
            reason=pl.format(
                "{}% of the {} articles are of this one of {} publishers (concentration {})",
                (100 * pl.col("part")).floor().cast(pl.Int64),
                "total",
                "publishers",
                pl.col("hhi").round(2),
            ),
            text=name,
            identity=pl.col("key"),
        )
