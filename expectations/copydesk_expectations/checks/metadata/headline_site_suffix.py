"""The check `headline-site-suffix`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.headlines import headline_keys
from copydesk.metadata.publishers import own_named, publisher_keys
from copydesk.model.finding import flagged

#: What parts a headline from its site: marks between spaces, bars without, a colon with a space behind, and in
#: Chinese, Japanese and Korean headlines a dash or low line without spaces.
_MARK = r"(?:\s+[-–—:•·»|]+\s+|\s*[|｜»•]\s*|:\s+|－)"
_TAIL = rf"(?s)^.*\S({_MARK}[^\s|｜»•][^|｜»•]{{0,100}})$"
_TAIL_UNSPACED = r"(?s)^.*[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Pe}\p{Pf}？！][^\S\n]*([-_–—][^-_–—]{1,100})$"
_HEAD = r"(?s)^([^-–—•·»|｜\s][^-–—•·»|｜]{1,60}?(?:\s+[-–—•·»|]\s+|\s*[|｜»•]\s*))\S"
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"

#: Found in every headline that can have such a part.
_ANY_MARK = r"\s[-–—:•·»]|[|｜»•－]|:\s|[^\x00-\x{2fff}].*[-_–—]|[\p{Pe}\p{Pf}][-_–—]"

_NAMED = "the name of the site, not a part of the headline"


@dataclass(frozen=True, kw_only=True)
class HeadlineSiteSuffix(CollectionCheck):
    """Expect no headline to carry the name of its site.

    What it finds:
        The end of a headline, from the mark that parts it, that is the name of the article's own publisher or site
        ('Bridge reopens | Harbour Gazette'), or that stands behind a share of at least `share` of the different
        headlines of a publisher, if it has at least `min_headlines`. The same for what stands before a headline.

    Why it matters:
        The scraper read the title of the page and not the headline. The name of a site is in the text of every
        article then: a model learns to tell publishers by it, and equal headlines of two sites are equal no more.

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

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return of each headline a hash, its publisher, and what could be a site's name at its end and beginning."""
        headline, site = pl.col("headline"), publisher_keys(batch)
        articles = batch.articles.select(
            "article",
            text=headline.str.strip_chars(),
            lead=headline.str.len_chars() - headline.str.strip_chars_start().str.len_chars(),
        )
        all_keys = articles.select("article", site=pl.when(site != "").then(site.hash()), title=headline_keys(batch))
        marked = articles.filter(pl.col("text").str.contains(_ANY_MARK))
        last = _tail(pl.col("text"))
        before = pl.col("text").str.strip_suffix(pl.col("last"))
        middle, first = pl.col("second").str.strip_suffix(pl.col("last")), pl.col("first")
        parts = (
            marked.lazy()
            .with_columns(last=last)
            .with_columns(second=pl.concat_str(_tail(pl.when(pl.col("last").is_not_null()).then(before)), "last"))
            .with_columns(first=pl.col("text").str.extract(_HEAD))
            .filter(pl.any_horizontal(pl.col("last", "first").is_not_null()))
            .with_columns(
                length=pl.col("text").str.len_chars(),
                last_named=_unless(pl.col("last"), r"^\s*:"),
                second_named=_unless(middle, r"^\s*:"),
                first_named=pl.when(first.str.contains(r"[|»•·｜]\s*$")).then(first),
            )
            .drop("text")
            .collect()
        )
        names = ("last_named", "second_named", "first_named")
        own = own_named(pl.concat([parts[n] for n in names]), pl.concat([parts["article"]] * len(names)), batch)
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
        found = pl.concat([tails, heads], how="diagonal_relaxed").filter(pl.col("reason").is_not_null())
        return flagged(found, field="headline", reason=pl.col("reason"), text=pl.col("text"), repair="delete").sort(
            "article", "start"
        )


def _unless(text: pl.Expr, pattern: str) -> pl.Expr:
    return pl.when(~text.str.contains(pattern)).then(text)


def _tail(text: pl.Expr) -> pl.Expr:
    """Return the last part of each headline with the mark before it."""
    unspaced = pl.when(text.str.contains(_UNSPACED)).then(text.str.extract(_TAIL_UNSPACED))
    return pl.coalesce(text.str.extract(_TAIL), unspaced)
