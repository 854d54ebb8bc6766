"""The check `publisher-boilerplate`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.rules import load_rules
from copydesk.metadata.stories import count_stories, has_own_address, publisher_or_host, story_keys
from copydesk.model.finding import flagged
from copydesk.model.overview import Shown
from copydesk.similarity.pairs import repeated_values
from copydesk.text.paragraphs import bare_keys, squeezed_keys
from copydesk_expectations.detection.ruled_lines import ruled_lines

#: Lines that are longer than so many characters are not compared; if they end as a sentence does, the second.
_LONGEST, _LONGEST_SENTENCE = 200, 120

#: A sentence of so many words, and a line of no more than so many words ('Analysis'), may repeat by chance or by
#: habit: they must stand in so many articles more than others, or in such a share of them.
_SENTENCE, _BRIEF, _MORE_SENTENCE, _MORE_BRIEF, _MOST = 8, 2, 2, 1, 2 / 3


@dataclass(frozen=True, kw_only=True)
class PublisherBoilerplate(CollectionCheck):
    """Expect no line to stand in article after article of one publisher.

    What it finds:
        A line that is the same in at least `min_articles` articles of one publisher and in at least `min_share` of
        them. Case, spacing and marks at its edges make no difference. Copies of an article (one url, or one headline)
        count once. Where the publisher is missing, the host of the url stands for it.

    Why it matters:
        No lexicon knows every publisher's own lines: the invitation to its app, its list of sections, its notice of
        rights. They are not the story, and repeat with every article.

    Known limits:
        A publisher of whom the collection holds fewer than `min_articles` articles is not judged. Long lines, lines
        without a letter, and an article's own headline are left alone. A heading that a publisher always uses ('What
        happened next?') is found too, and so is the byline of a busy reporter.

    Passes:
        - {publisher: The Valley Post, headline: Bridge, body: "Analysis\\nThe bridge reopened on Monday."}
        - {publisher: The Valley Post, headline: School, body: "Analysis\\nThe school closed on Monday."}
        - {publisher: The Hill Post, headline: Market, body: "Analysis\\nThe market moved on Monday."}

    Fails:
        - publisher: The Valley Post
          headline: Bridge
          body: |-
            The bridge reopened on Monday.
            Take the Post with you: our app
          finds: ["Take the Post with you: our app"]
        - publisher: The Valley Post
          headline: School
          body: |-
            The school closed on Monday.
            TAKE THE POST WITH YOU: OUR APP »
          finds: ["TAKE THE POST WITH YOU: OUR APP »"]
        - publisher: The Valley Post
          headline: Market
          body: |-
            The market moved on Monday.
            Take the Post with you: our app
          finds: ["Take the Post with you: our app"]

    Options:
        rules: rule files that `copydesk mine` wrote and a person decided on. Lines to delete are found wherever they
            stand, and lines to keep never.
        min_articles: in how many articles of the publisher a line must stand; sentences in two more, lines of one or
            two words in one more.
        min_share: in which share of the publisher's articles it must stand.

    Source:
        Measured on labelled pages of some 400 publishers: of the lines in three articles of one, 0.99 are residue.
        CCNet drops paragraphs that it has seen before.
    """

    name: ClassVar[str] = "publisher-boilerplate"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "warning"
    meet: ClassVar[tuple[str, ...]] = ("publisher",)
    overview: ClassVar[Shown] = "lines"

    min_articles: int = 3
    min_share: float = 0.02
    rules: tuple[str, ...] = ()

    def prepare(self) -> None:
        """Read the rules."""
        load_rules(self.rules)

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return the lines that are short enough, with whose they are; and a row without a line for each article."""
        headlines = batch.text("headline")
        headline = bare_keys(headlines, headlines.begin, headlines.end)
        urls = batch.text("url")
        named = publisher_or_host(batch)
        publisher = named.hash().set(named.is_null(), None)
        own_address = has_own_address(batch.articles["url"])
        articles = batch.articles.select(
            "article",
            publisher=publisher,
            url=squeezed_keys(urls, urls.begin, urls.end).set(~own_address, None),
            story=story_keys(batch, headline),
        ).filter(publisher.is_not_null())
        chars, ends = (batch.paragraphs[name].to_numpy() for name in ("chars", "ends"))
        short = np.flatnonzero((chars <= _LONGEST) & ~(ends & (chars > _LONGEST_SENTENCE)))
        rows = batch.paragraphs["article"].gather(short) - batch.first
        line = bare_keys(batch.cut.text, batch.cut.begin[short], batch.cut.end[short])
        lines = (
            batch.paragraphs.select("article", "start", "text", "ends", "words")[short]
            .lazy()
            .with_columns(line=line, publisher=publisher.gather(rows), headline=headline.gather(rows))
            .with_columns(ruled_lines(batch, short, self.rules))
            .filter(pl.col("line", "publisher").is_not_null(), pl.col("line").ne_missing(pl.col("headline")))
            .filter(pl.col("action").ne_missing("keep"))
            .select(
                "article",
                line=pl.col("line") ^ pl.col("publisher"),
                more=pl.when(pl.col("ends") & (pl.col("words") >= _SENTENCE))
                .then(_MORE_SENTENCE)
                .when(pl.col("words") <= _BRIEF)
                .then(_MORE_BRIEF)
                .otherwise(0)
                .cast(pl.UInt8),
                start="start",
                text="text",
                ruled=pl.col("action").eq_missing("delete"),
            )
        )
        return pl.concat([articles.lazy(), lines if self.rules else lines.drop("ruled")], how="diagonal")

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return every line that stands in enough articles of its publisher."""
        articles = keys.filter(pl.col("line").is_null()).select("article", "publisher", "url", "story").collect().lazy()
        lines = keys.filter(pl.col("line").is_not_null()).select("article", "line", "more", "start", "text")
        often = repeated_values(lines.select("line").collect().to_series(), self.min_articles)
        lettered = pl.col("text").str.contains(r"\p{L}")
        repeated = lines.filter(pl.col("line").is_in(often.implode())).collect().lazy().filter(lettered)
        repeated = repeated.join(articles, on="article", maintain_order="left").collect().lazy()
        counted = repeated.group_by("line").agg(
            pl.col("publisher").first(), pl.col("more").max(), articles=count_stories()
        )
        whole = articles.group_by("publisher").agg(all=count_stories())
        pages = (
            counted.join(whole, on="publisher")
            .filter(
                pl.col("articles") >= self.min_articles,
                pl.col("articles") >= self.min_share * pl.col("all"),
                (pl.col("articles") >= self.min_articles + pl.col("more"))
                | (pl.col("articles") >= _MOST * pl.col("all")),
            )
            .select("line", "articles", "all")
        )
        lines = repeated.join(pages, on="line", maintain_order="left").sort("article", "start")
        reason = pl.format("the same line stands in {} of the publisher's {} articles", "articles", "all")
        if not self.rules:
            return _to_delete(lines, reason)
        ruled = keys.filter(pl.col("ruled")).select("article", "start", "text").collect().lazy()
        lines = lines.join(ruled, on=["article", "start"], how="anti", maintain_order="left")
        by_rule = _to_delete(ruled, pl.lit("a rule says that this line is the publisher's, and no part of a story"))
        return pl.concat([_to_delete(lines, reason), by_rule]).sort("article", "start")


def _to_delete(lines: pl.LazyFrame, reason: pl.Expr) -> pl.LazyFrame:
    end = pl.col("start") + pl.col("text").str.len_chars()
    return flagged(lines.with_columns(end=end), reason=reason, repair="delete", text=pl.col("text"))
