"""The check `shared-headline`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.headlines import headline_keys
from copydesk.metadata.stories import publisher_or_host
from copydesk.metadata.urls import forms_of
from copydesk.model.finding import flagged, no_spans
from copydesk.similarity.pairs import repeated_values


@dataclass(frozen=True, kw_only=True)
class SharedHeadline(CollectionCheck):
    """Expect different articles of a publisher to have headlines of their own.

    What it finds:
        A headline that stands above at least `min_articles` different bodies of one publisher, at different addresses.
        Where the publisher is missing, the host of the url stands for it.

    Why it matters:
        The scraper took the title of the site, of a section or of the page before for the headline.

    Known limits:
        A column whose parts all have its name ('Letters to the editor') is found, too: its headline does not tell the
        articles apart. Versions of a story that begin alike count once. Articles without an address are left alone.

    Passes:
        - {url: "https://post.example/1", headline: Bridge reopens, body: The bridge reopened on Monday.}
        - {url: "https://post.example/1", headline: Bridge reopens, body: The bridge is open again.}
        - {url: "https://hill.example/3", headline: Bridge reopens, body: Cars crossed the bridge at six.}

    Fails:
        - {url: "https://post.example/1", headline: News of the valley, body: The bridge reopened on Monday.}
        - url: https://post.example/2
          headline: News of the valley
          body: The school closed in the summer.
          finds: [News of the valley]
        - url: https://post.example/3
          headline: News of the valley
          body: A market moved to the square.
          finds: [News of the valley]

    Options:
        min_articles: the fewest different articles that share a headline.

    Source:
        Titles of sites as headlines are the most frequent fault of generic scrapers; see `headline-placeholder`, which
        knows those that say nothing.
    """

    name: ClassVar[str] = "shared-headline"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "info"
    needs: ClassVar[tuple[str, ...]] = ("headline", "body", "url")
    meet: ClassVar[tuple[str, ...]] = ("key",)

    min_articles: int = 3

    def __post_init__(self) -> None:
        if self.min_articles < 2:
            raise ValueError(f"expected min_articles of 2 or more, got {self.min_articles}")

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return of each article a hash of its headline and publisher, and what tells it from others."""
        first = batch.paragraphs.lazy().filter(pl.col("par") == 0).select("article", opening="key")
        articles = batch.articles.select(
            "article", title=headline_keys(batch), publisher=publisher_or_host(batch), form=forms_of(batch)
        )
        articles = articles.drop_nulls(["title", "publisher", "form"])
        text = batch.articles.select("article", text=pl.col("headline"))
        return (
            articles.lazy()
            .select(
                "article",
                key=pl.struct("title", "publisher").hash(),
                form=pl.when(pl.col("form").is_not_null()).then(pl.col("form").hash()),
            )
            .join(first, on="article", how="inner", maintain_order="left")
            .join(text.lazy(), on="article", how="left", maintain_order="left")
        )

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return every article after the first that has the headline of others."""
        often = repeated_values(keys.select("key").collect().to_series(), self.min_articles)
        if often.is_empty():
            return no_spans()
        alike = keys.filter(pl.col("key").is_in(often.implode())).collect().lazy()
        different = pl.min_horizontal(pl.col("form").n_unique().over("key"), pl.col("opening").n_unique().over("key"))
        first = pl.col("article").min().over("key")
        shared = alike.with_columns(different=different, twin=first).filter(
            pl.col("different") >= self.min_articles, pl.col("article") > pl.col("twin")
        )
        text = pl.col("text").str.strip_chars()
        lead = pl.col("text").str.len_chars() - pl.col("text").str.strip_chars_start().str.len_chars()
        return flagged(
            shared.sort("article").with_columns(start=lead, end=lead + text.str.len_chars()),
            field="headline",
            reason=pl.format("the headline of {} different articles of the publisher", "different"),
            text=text,
            twin=pl.col("twin"),
            group=pl.col("twin"),
        )
