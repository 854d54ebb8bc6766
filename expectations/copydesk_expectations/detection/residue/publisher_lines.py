"""Lines that a publisher has in article after article: what is kept of each line, and which of them are boilerplate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.checks.batch import shared
from copydesk.lazy import np, pl
from copydesk.metadata.stories import count_stories, has_own_address, publisher_or_host, story_keys
from copydesk.similarity.pairs import repeated_values
from copydesk.text.paragraphs import bare_keys, squeezed_keys

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = ["article_keys", "boilerplate", "line_keys", "lines_of_many"]

#: Lines that are longer than so many characters are not compared; if they end as a sentence does, the second.
_LONGEST, _LONGEST_SENTENCE = 200, 120

#: A sentence of so many words, and a line of no more than so many words ('Analysis'), may repeat by chance or by
#: habit: they must stand in so many articles more than others, or in such a share of them.
_SENTENCE, _BRIEF, _MORE_SENTENCE, _MORE_BRIEF, _MOST = 8, 2, 2, 1, 2 / 3


@shared
def article_keys(batch: Batch) -> pl.DataFrame:
    """Return whose each article is: `article`, `publisher`; `url`, `story`, `body` (UInt64), one of which copies share.

    `publisher` is null where neither the publisher nor the host of the address is known.
    """
    headlines, urls = batch.text("headline"), batch.text("url")
    headline = bare_keys(headlines, headlines.begin, headlines.end)
    named = publisher_or_host(batch)
    own_address = has_own_address(batch.articles["url"])
    return batch.articles.select(
        "article",
        publisher=named.hash().set(named.is_null(), None),
        url=squeezed_keys(urls, urls.begin, urls.end).set(~own_address, None),
        story=story_keys(batch, headline),
        body=batch.body_keys,
    )


@shared
def line_keys(batch: Batch) -> pl.DataFrame:
    """Return the lines that are short enough to be compared, and are not the article's own headline.

    Returns:
        `article`, `par`, `start`, `text`, and `line` (UInt64): equal for equal lines of one publisher, null where that
        is not known or the line has no word. `more` (UInt8): in how many articles more than others it must stand.
    """
    headlines = batch.text("headline")
    headline = bare_keys(headlines, headlines.begin, headlines.end)
    publisher = article_keys(batch)["publisher"]
    chars, ends = (batch.paragraphs[name].to_numpy() for name in ("chars", "ends"))
    short = np.flatnonzero((chars <= _LONGEST) & ~(ends & (chars > _LONGEST_SENTENCE)))
    rows = batch.paragraphs["article"].gather(short) - batch.first
    line = bare_keys(batch.cut.text, batch.cut.begin[short], batch.cut.end[short])
    more = (
        pl.when(pl.col("ends") & (pl.col("words") >= _SENTENCE))
        .then(_MORE_SENTENCE)
        .when(pl.col("words") <= _BRIEF)
        .then(_MORE_BRIEF)
        .otherwise(0)
    )
    lines = batch.paragraphs.select("article", "par", "start", "text", "ends", "words")[short].with_columns(
        line=line, publisher=publisher.gather(rows), headline=headline.gather(rows)
    )
    return lines.filter(pl.col("line").ne_missing(pl.col("headline"))).select(
        "article", "par", "start", "text", line=pl.col("line") ^ pl.col("publisher"), more=more.cast(pl.UInt8)
    )


def lines_of_many(lines: pl.LazyFrame, articles: int) -> pl.LazyFrame:
    """Return the lines with a letter that stand in at least so many articles; and few others."""
    often = repeated_values(lines.select("line").collect().to_series(), articles)
    if often.is_empty():
        return lines.clear()
    lettered = pl.col("text").str.contains(r"\p{L}")
    return lines.filter(pl.col("line").is_in(often.implode())).collect().lazy().filter(lettered)


def boilerplate(repeated: pl.LazyFrame, articles: pl.LazyFrame, *, min_articles: int, min_share: float) -> pl.LazyFrame:
    """Return the lines that stand in enough articles of their publisher.

    Args:
        repeated: see `lines_of_many`; `article`, `line` and `more`.
        articles: see `article_keys`.
        min_articles: in how many of the publisher's articles a line must stand.
        min_share: in which share of them.

    Returns:
        `line`, `articles` (in how many it stands) and `all` (how many there are).
    """
    owned = repeated.join(articles, on="article", maintain_order="left").collect().lazy()
    counted = owned.group_by("line").agg(pl.col("publisher").first(), pl.col("more").max(), articles=count_stories())
    whole = articles.group_by("publisher").agg(all=count_stories())
    return (
        counted.join(whole, on="publisher")
        .filter(
            pl.col("articles") >= min_articles,
            pl.col("articles") >= min_share * pl.col("all"),
            (pl.col("articles") >= min_articles + pl.col("more")) | (pl.col("articles") >= _MOST * pl.col("all")),
        )
        .select("line", "articles", "all")
    )
