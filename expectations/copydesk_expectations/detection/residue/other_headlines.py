"""Lines that are the headline of another article of the publisher: links to it, left over from the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl

if TYPE_CHECKING:
    from polars import LazyFrame

__all__ = ["HEADLINE", "headline_lines", "may_be_headline"]

#: A headline of fewer words (or, where there are none, characters) may be a section's or a column's name.
_WORDS, _UNSPACED = 4, 12

#: A headline that so many stories have names no story.
_MOST_STORIES = 3

#: A sentence of so many words is prose.
_SENTENCE = 15

#: The reason of a finding.
HEADLINE = "the headline of another article of the publisher"


def may_be_headline() -> pl.Expr:
    """Return whether a line, by its `words`, `chars` and `ends`, may be the headline of a story."""
    long = (pl.col("words") >= _WORDS) | ((pl.col("chars") >= _UNSPACED) & (pl.col("words") * 2 + 2 >= pl.col("chars")))
    return long & ~(pl.col("ends") & (pl.col("words") >= _SENTENCE))


def headline_lines(keys: LazyFrame) -> LazyFrame:
    """Return the lines that are another article's headline.

    Args:
        keys: rows of articles (`article`, `story`, `headline`) and of lines (`article`, `par`, `start`, `text`, `line`,
            `title`: whether it may be a headline). `headline` and `line` are equal for equal words of one publisher.

    Returns:
        `article`, `start`, `text`, and `twin`, the first article with the headline.
    """
    articles = keys.filter(pl.col("par").is_null()).select("article", "story", "headline")
    grouped = (
        articles.filter(pl.col("headline").is_not_null()).sort("article").group_by("headline", maintain_order=True)
    )
    heads = grouped.agg(
        twin=pl.col("article").first(), other=pl.col("story").first(), stories=pl.col("story").n_unique()
    )
    heads = heads.filter(pl.col("stories") <= _MOST_STORIES)
    lines = keys.filter("title", pl.col("line").is_not_null()).select("article", "start", "text", "line")
    return (
        lines.join(heads, left_on="line", right_on="headline")
        .join(articles.select("article", "story"), on="article")
        .filter(pl.col("story").ne_missing(pl.col("other")))
        .select("article", "start", "text", "twin")
    )
