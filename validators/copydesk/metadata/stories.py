"""Stories and whose they are: so that copies of an article count once among those of a publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.checks.batch import Batch, shared
from copydesk.lazy import pl

if TYPE_CHECKING:
    from polars import Expr, Series

__all__ = ["count_stories", "has_own_address", "publisher_or_host", "story_keys"]

#: An address with something behind its host.
_OWN_ADDRESS = r"^\s*(?:[A-Za-z]+:)?(?://)?[^/:?#]+(?::\d+)?/*[/?][^/#\s]"


def has_own_address(urls: Series) -> Series:
    """Return whether addresses tell articles apart; the front page, which some scrapers give for each, does not."""
    return urls.str.contains(_OWN_ADDRESS)


@shared
def publisher_or_host(batch: Batch) -> Series:
    """Return the publisher of each article, or else the host of its address, in lower case."""
    publishers = batch.distinct("publisher")
    names = publishers.values.str.strip_chars().str.to_lowercase()
    named = publishers.spread(names.set(names == "", None))
    unnamed = named.is_null().arg_true()
    if len(unnamed):
        urls = batch.articles["url"].gather(unnamed).str.strip_chars().str.to_lowercase()
        named = named.scatter(unnamed, urls.str.extract(r"^(?:[a-z]+:)?//(?:www\.)?([^/?#]+)"))
    return named


def story_keys(batch: Batch, headline: Series) -> Series:
    """Return what tells the stories apart: the key of its headline or, without one, that of its longest paragraph."""
    unnamed = headline.is_null().arg_true()
    if unnamed.is_empty():
        return headline
    articles = batch.articles["article"].gather(unnamed)
    theirs = batch.paragraphs.select("article", "chars", "key")[batch.lines_of(unnamed.to_numpy())]
    longest = theirs.filter(pl.col("chars") == pl.col("chars").max().over("article"))
    longest = longest.unique("article", keep="first", maintain_order=True)
    keys = articles.to_frame().join(longest, on="article", how="left", maintain_order="left")["key"]
    return headline.clone().scatter(unnamed, keys)


def count_stories() -> Expr:
    """Count articles of a group, copies once: by their urls, their stories and their bodies, whichever are fewest."""
    urls = pl.when(pl.col("url").null_count() == 0).then(pl.col("url").n_unique())
    return pl.min_horizontal(urls, pl.col("story").n_unique(), pl.col("body").n_unique())
