"""The check `headline-site-suffix`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.headlines import headline_keys
from copydesk.metadata.publishers import is_own_name, publisher_keys
from copydesk.model.finding import flagged
from copydesk_expectations.detection.metadata.site_names import site_names

_NAMED = "the name of the site, not a part of the headline"


@dataclass(frozen=True, kw_only=True)
class HeadlineSiteSuffix(CollectionCheck):
    """Expect no headline to carry the name of its site.

    What it finds:
        The end of a headline, from the mark that parts it, that is the name of the article's own publisher or site
        ('Bridge reopens | Harbour Gazette'). The same end behind a share of at least `share` of the different headlines
        of a publisher, if it has at least `min_headlines`. The same for what stands before a headline.

    Why it matters:
        The scraper read the title of the page and not the headline. The name of a site is then in the text of every
        article. A model learns to tell publishers by it, and equal headlines of two sites are no longer equal.

    Known limits:
        A name that is not like the publisher's or its domain ('The Herald' of nzh.example) is found only where the
        publisher has headlines enough. What stands before a colon ('Watch: ') is left alone: it is content. A
        column, a section or a live blog whose headlines all end alike is taken for a site.

    Passes:
        - headline: Mayor to resign – report
          publisher: Harbour Gazette
        - headline: "Watch: Bridge reopens"
          publisher: Harbour Gazette

    Fails:
        - headline: Bridge reopens | Harbour Gazette
          url: https://www.harbourgazette.example/2026/03/14/bridge
          finds: [" | Harbour Gazette"]
        - headline: Harbour Gazette » Ferry sails again
          publisher: Harbour Gazette
          finds: ["Harbour Gazette » "]
        - {headline: Mill to close - HG Online, publisher: The Herald, finds: [" - HG Online"]}
        - {headline: School to open - HG Online, publisher: The Herald, finds: [" - HG Online"]}
        - {headline: Rain - and more of it - HG Online, publisher: The Herald, finds: [" - HG Online"]}
        - {headline: Council meets - HG Online, publisher: The Herald, finds: [" - HG Online"]}
        - {headline: Mayor to resign - report, publisher: The Herald}

    Options:
        share: the share of a publisher's headlines, from 0 to 1, that must end or begin alike.
        min_headlines: the fewest different headlines of a publisher from which this is learned.

    Source:
        trafilatura#284 and the title rules of readability and newspaper4k, which cut at such marks whatever stands
        behind; here the publisher's own headlines decide.
    """

    name: ClassVar[str] = "headline-site-suffix"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("headline",)
    meet: ClassVar[tuple[str, ...]] = ("site",)

    share: float = 0.8
    min_headlines: int = 5

    def __post_init__(self) -> None:
        if not 0.5 <= self.share <= 1 or self.min_headlines < 2:
            raise ValueError(
                "expected share from 0.5 to 1 and min_headlines of 2 or more, got"
                f" share={self.share} and min_headlines={self.min_headlines}"
            )

    def is_certain(self, text: str, start: int, end: int, replacement: str) -> bool:
        """What stands behind the headline is; what stands before it may be its subject."""
        return bool(text[:start].strip())

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return of each headline a hash, its publisher, and what could be a site's name at its end and beginning."""
        headline, site = pl.col("headline"), publisher_keys(batch)
        articles = batch.articles.select(
            "article",
            text=headline.str.strip_chars(),
            lead=headline.str.len_chars() - headline.str.strip_chars_start().str.len_chars(),
        )
        all_keys = articles.select("article", site=pl.when(site != "").then(site.hash()), title=headline_keys(batch))
        parts = site_names(articles)
        names = ("last_named", "second_named", "first_named")
        own = is_own_name(pl.concat([parts[n] for n in names]), pl.concat([parts["article"]] * len(names)), batch)
        named = parts.with_columns(own.slice(at * len(parts), len(parts)).alias(n) for at, n in enumerate(names))
        return all_keys.lazy().join(named.lazy(), on="article", how="left")

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return what stands behind or before the headlines of a publisher, at most one of each an article."""
        keys = keys.collect().lazy()
        titles = keys.filter(pl.col("site").is_not_null()).group_by("site").agg(titles=pl.col("title").n_unique())
        judged = keys.filter(pl.any_horizontal(pl.col("last", "first").is_not_null()))
        judged = judged.join(titles, on="site", how="left")
        for part in ("last", "second", "first"):
            alike = judged.filter(pl.col(part).is_not_null()).group_by("site", part)
            counted = alike.agg(pl.col("title").n_unique().alias(f"{part}_alike"))
            judged = judged.join(counted, on=["site", part], how="left")
            shared = pl.col(f"{part}_alike") / pl.col("titles")
            learned = (shared >= self.share) & (pl.col("titles") >= self.min_headlines)
            judged = judged.with_columns(
                pl.when(pl.col(f"{part}_named"))
                .then(pl.lit(_NAMED))
                .when(learned)
                .then(pl.format("stands in {}% of the publisher's headlines", (100 * shared).floor().cast(pl.Int64)))
                .alias(f"{part}_reason")
            )
        long = pl.col("second_reason").is_not_null()
        tails = judged.select(
            "article",
            text=pl.when(long).then("second").otherwise("last"),
            reason=pl.coalesce("second_reason", "last_reason"),
            end=pl.col("lead") + pl.col("length"),
        ).with_columns(start=pl.col("end") - pl.col("text").str.len_chars())
        heads = judged.select("article", text="first", reason="first_reason", start="lead").with_columns(
            end=pl.col("start") + pl.col("text").str.len_chars()
        )
        spans = pl.concat([tails, heads], how="diagonal_relaxed").filter(pl.col("reason").is_not_null())
        findings = flagged(spans, field="headline", reason=pl.col("reason"), text=pl.col("text"), repair="delete")
        return findings.sort("article", "start")
