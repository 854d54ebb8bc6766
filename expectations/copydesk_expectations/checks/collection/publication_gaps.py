"""The check `publication-gaps`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.dates import dates_of
from copydesk.metadata.publishers import publisher_keys
from copydesk.model.finding import flagged

#: A weekday on which so large a share of the weeks has no article is one on which the publisher rests.
_REST = 0.5

#: ... if there are so many of them.
_WEEKS = 3


@dataclass(frozen=True, kw_only=True)
class PublicationGaps(CollectionCheck):
    """Expect a publisher of daily news to have news every day.

    What it finds:
        Days without any article of a publisher that has a median of at least `per_day` articles a day over at least
        `min_days` days. It is a property of the collection, not of an article: the finding stands at the date of the
        first article after the gap, and says how many days are missing.

    Why it matters:
        A gap is a scraper that stood still, a feed that moved or a file that was lost; what happened in those days
        is missing from every analysis.

    Known limits:
        Days before the first and after the last article of a publisher are not known to be missing. A weekday on
        which it mostly has nothing is its day of rest. Dates whose day and month may be taken for each other are
        left out; days are those of UTC where a zone is given.

    Passes:
        - options: {per_day: 1, min_days: 3}
        - {publisher: Harbour Gazette, published: "2026-03-10"}
        - {publisher: Harbour Gazette, published: "2026-03-11"}
        - {publisher: Harbour Gazette, published: "2026-03-12"}

    Fails:
        - options: {per_day: 1, min_days: 5}
        - {publisher: Harbour Gazette, published: "2026-03-10"}
        - {publisher: Harbour Gazette, published: "2026-03-11"}
        - {publisher: Harbour Gazette, published: "2026-03-16"}
        - {publisher: Harbour Gazette, published: "2026-03-15", finds: ["2026-03-15"]}
        - {publisher: Harbour Gazette, published: "2026-03-12"}

    Options:
        per_day: the fewest articles that a publisher has on a day in the median.
        min_days: the fewest days from the first to the last article of a publisher.

    Source:
        news-crawl#46: days that are missing from a crawl of news, found by users years later.
    """

    name: ClassVar[str] = "publication-gaps"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "info"
    needs: ClassVar[tuple[str, ...]] = ("publisher", "published")
    meet: ClassVar[tuple[str, ...]] = ("key",)

    per_day: int = 3
    min_days: int = 14

    def __post_init__(self) -> None:
        if self.per_day < 1 or self.min_days < 3:
            raise ValueError(
                "expected per_day of 1 or more and min_days of 3 or more, got"
                f" per_day={self.per_day} and min_days={self.min_days}"
            )

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return a row for each publisher and day: the first article, its date as it stands, the name, and a count."""
        low = pl.col("low")
        articles = batch.articles.lazy().select("article", "published", name=publisher_keys(batch))
        dated = pl.concat([articles, dates_of(batch, "published").lazy()], how="horizontal")
        known = (low == pl.col("high")) & low.dt.year().is_between(1900, 2200) & pl.col("name").is_not_null()
        keyed = dated.filter(known).with_columns(key=pl.col("name").hash(), day=low.dt.date())
        return keyed.group_by("key", "day", maintain_order=True).agg(
            pl.col("article", "published", "name").first(), pl.len().cast(pl.Int64).alias("count")
        )

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return the first article after each gap."""
        each_day = keys.sort("article").group_by("key", "day", maintain_order=True)
        counts = each_day.agg(pl.col("article", "published", "name").first(), pl.col("count").sum())
        spans = counts.group_by("key").agg(
            first=pl.col("day").min(), last=pl.col("day").max(), all=pl.col("count").sum()
        )
        days = (pl.col("last") - pl.col("first")).dt.total_days() + 1
        # A median of so many needs half the days with as many, so that no calendar outgrows its articles.
        spans = spans.filter((days >= self.min_days) & (2 * pl.col("all") >= self.per_day * days))
        calendar = spans.select("key", day=pl.date_ranges("first", "last")).explode("day", empty_as_null=True)
        filled = calendar.join(counts, on=["key", "day"], how="left").sort("key", "day")
        none, week = pl.col("count").is_null(), pl.col("day").dt.weekday()
        rests = (none.mean().over("key", week) > _REST) & (pl.len().over("key", week) >= _WEEKS)
        judged = filled.with_columns(
            often=pl.col("count").fill_null(0).median().over("key") >= self.per_day,
            missing=none & ~rests,
            after=pl.col("article").backward_fill().over("key"),
            date=pl.col("published").backward_fill().over("key"),
            name=pl.col("name").backward_fill().over("key"),
        )
        gaps = judged.filter(pl.col("often") & pl.col("missing")).group_by("key", "after", "date", "name")
        spans = gaps.agg(missing=pl.len(), first=pl.col("day").min(), last=pl.col("day").max())
        text = pl.col("date").str.strip_chars()
        start = pl.col("date").str.len_chars() - pl.col("date").str.strip_chars_start().str.len_chars()
        return flagged(
            spans.rename({"after": "article"}).with_columns(start=start, end=start + text.str.len_chars()),
            field="published",
            reason=pl.format(
                "no article of this publisher on {} days before: from {} to {}",
                "missing",
                pl.col("first").dt.to_string("%Y-%m-%d"),
                pl.col("last").dt.to_string("%Y-%m-%d"),
            ),
            text=text,
            identity=pl.format("{} {}", "name", pl.col("first").dt.to_string("%Y-%m-%d")),
        ).sort("article")
