"""Candidates for rules: lines, and lines with figures, that stand in several articles of a publisher."""

from __future__ import annotations

from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.rules import numbered
from copydesk.metadata.stories import count_stories, has_own_address, publisher_or_host, story_keys
from copydesk.similarity.pairs import repeated_values
from copydesk.text.expressions import normalised
from copydesk.text.paragraphs import bare_keys, squeezed_keys

__all__ = ["article_keys", "candidates", "line_keys"]

#: Lines that are longer than so many characters are not compared; if they end as a sentence does, the second.
_LONGEST, _LONGEST_SENTENCE = 200, 120

#: A template must keep so many letters, or it would match by chance.
_LETTERS = 8

#: A template of which so few forms are seen is no template.
_FORMS = 3

#: A sentence of so many words, and a line of no more than so many, may repeat by habit: more articles are asked for.
_SENTENCE, _BRIEF, _MORE_SENTENCE, _MORE_BRIEF, _MOST = 8, 2, 2, 1, 2 / 3


def article_keys(batch: Batch) -> pl.DataFrame:
    """Return whose each article is, and by what copies of a story are told: a row an article that has a publisher."""
    headlines, urls = batch.text("headline"), batch.text("url")
    headline = bare_keys(headlines, headlines.begin, headlines.end)
    own = has_own_address(batch.articles["url"])
    return batch.articles.select(
        "article",
        publisher=publisher_or_host(batch),
        url=squeezed_keys(urls, urls.begin, urls.end).set(~own, None),
        story=story_keys(batch, headline),
        body=batch.body_keys,
        day=pl.col("published").str.extract(r"^\s*(\d{4}-\d\d-\d\d)"),
    ).filter(pl.col("publisher").is_not_null())


def line_keys(batch: Batch) -> pl.DataFrame:
    """Return the short lines: `article`, `line` (UInt64, a publisher's line), `form` (UInt64, the same without its
    figures; null if it has none), `text`, `words`, `ends`.
    """
    headlines = batch.text("headline")
    headline = bare_keys(headlines, headlines.begin, headlines.end)
    chars, ends = (batch.paragraphs[name].to_numpy() for name in ("chars", "ends"))
    short = np.flatnonzero((chars <= _LONGEST) & ~(ends & (chars > _LONGEST_SENTENCE)))
    rows = batch.paragraphs["article"].gather(short) - batch.first
    whose = publisher_or_host(batch).hash().set(publisher_or_host(batch).is_null(), None)
    lines = batch.paragraphs.select("article", "text", "words", "ends")[short].with_columns(
        line=bare_keys(batch.cut.text, batch.cut.begin[short], batch.cut.end[short]),
        whose=whose.gather(rows),
        headline=headline.gather(rows),
    )
    lettered = pl.col("text").str.contains(r"\p{L}")
    lines = lines.filter(pl.col("line", "whose").is_not_null(), pl.col("line").ne_missing(pl.col("headline")), lettered)
    figures = pl.col("text").str.contains(r"\d")
    masked = pl.when(figures).then(normalised(numbered(pl.col("text"))).hash())
    return lines.select(
        "article", "text", "words", "ends", line=pl.col("line") ^ pl.col("whose"), form=masked ^ pl.col("whose")
    )


def candidates(lines: pl.LazyFrame, articles: pl.LazyFrame, least: int, share: float) -> pl.DataFrame:
    """Return the lines and templates that stand in enough articles of their publisher.

    Args:
        lines: what `line_keys` returns of all batches.
        articles: what `article_keys` returns of all batches.
        least: the fewest articles, copies of a story counted once.
        share: the least share of the publisher's articles.

    Returns:
        `publisher`, `line` (String, perhaps with slots), `articles`, `all` (of the publisher), `first` and `last`
        (String, days), `words` (in all copies), `samples` (List[String]), `sure` (Boolean).
    """
    whole = articles.group_by("publisher").agg(all=count_stories())
    plain = _counted(lines, articles, whole, "line", least, share)
    forms = _counted(lines.filter(pl.col("form").is_not_null()), articles, whole, "form", least, share)
    letters = pl.col("text").str.count_matches(r"\p{L}")
    forms = forms.filter(pl.col("forms") >= _FORMS, letters >= _LETTERS)
    templates = forms.with_columns(line=numbered(pl.col("text")), sure=pl.col("sure") & ~pl.col("ends"))
    lines_found = plain.join(forms.select(form="key"), on="form", how="anti", nulls_equal=False)
    found = pl.concat([lines_found.with_columns(line="text"), templates], how="diagonal")
    return found.select("publisher", "line", "articles", "all", "first", "last", "words", "samples", "sure").sort(
        "words", "publisher", "line", descending=[True, False, False]
    )


def _counted(
    lines: pl.LazyFrame, articles: pl.LazyFrame, whole: pl.LazyFrame, by: str, least: int, share: float
) -> pl.DataFrame:
    """Count the articles in which a line stands, by one of its keys."""
    often = repeated_values(lines.select(by).collect().to_series(), least)
    rows = lines.filter(pl.col(by).is_in(often.implode())).collect().lazy().join(articles, on="article")
    brief = pl.when(pl.col("brief")).then(_MORE_BRIEF).otherwise(0)
    more = pl.when(pl.col("sentence")).then(_MORE_SENTENCE).otherwise(brief)
    return (
        rows.sort("article")
        .group_by(pl.col(by).alias("key"), maintain_order=True)
        .agg(
            pl.col("publisher", "text", "ends", "form").first(),
            articles=count_stories(),
            first=pl.col("day").min(),
            last=pl.col("day").max(),
            days=pl.col("day").n_unique(),
            undated=pl.col("day").is_null().all(),
            words=pl.col("words").sum(),
            forms=pl.col("line").n_unique(),
            samples=pl.col("text").unique(maintain_order=True).head(2),
            sentence=(pl.col("ends") & (pl.col("words") >= _SENTENCE)).any(),
            brief=(pl.col("words") <= _BRIEF).all(),
        )
        .join(whole, on="publisher")
        .filter(pl.col("articles") >= least, pl.col("articles") >= share * pl.col("all"))
        .with_columns(
            sure=((pl.col("articles") >= least + more) | (pl.col("articles") >= _MOST * pl.col("all")))
            & (pl.col("undated") | (pl.col("days") > 1))
        )
        .sort("key")
        .collect()
    )
