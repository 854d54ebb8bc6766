"""The check `boilerplate-page`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.model.finding import flagged
from copydesk_expectations.detection.text.gates import MAX_WORDS, STORY_WORDS, gates_in

#: An index is many lines: fewer may be a brief with its credits.
_LINES = 10

#: So few of its lines end as sentences do, and none is longer than a teaser, in words: a story has prose.
_FEW = 0.25
_TEASER = 40

#: A line of an index is shorter, in characters, and has at least so many words in the middle of all.
_TITLE, _TITLE_WORDS = 80, 3

#: Where more of the words are figures it is a table: results, standings, prices, the weather.
_FIGURES = 0.25


@dataclass(frozen=True, kw_only=True)
class BoilerplatePage(ArticleCheck):
    """Expect an article, not a page that stands in its place.

    What it finds:
        A body of fewer than `max_words` words without a paragraph of a story, but with a line that only error pages,
        blocks, paywalls and log-in forms have ('enable JavaScript', 'not a robot', 'forgot your password'). Also one
        at least half of which is phrases of such pages or of consent pages. Where the address is known, also an index
        or a section page: many short lines, most of them without a mark at the end and no two sentences in a row, at an
        address that names no story.

    Why it matters:
        The scraper was turned away, or followed a link to a section. The row looks like an article in every count, and
        the same text comes back by the thousand.

    Known limits:
        The story behind a paywall's first lines is for other checks. A page whose phrases neither our table nor a
        lexicon has is not known: add them, see `lexicons`. Of the index pages only those are seen whose address is that
        of a section; tables of results, standings and the weather are left alone.

    Passes:
        - body: |-
            “Access denied” was all that the visitors of the town's web site read on Monday.
            The mayor said that the page would be back by noon, and that the fault was a cable in the cellar.

    Fails:
        - body: |-
            Please enable JavaScript to continue.
            Checking your browser before accessing the site.
          finds: ["Please enable JavaScript to continue.\\nChecking your browser before accessing the site."]

    Options:
        max_words: a page that stands in place of an article has fewer words.
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        FakeNewsCorpus#7 (1023 of 1081 rows of a site are its consent page), openwebtext#23 ('not a robot').
    """

    name: ClassVar[str] = "boilerplate-page"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "critical"

    max_words: int = MAX_WORDS
    lexicons: tuple[str, ...] = ()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the bodies that are no article."""
        gates = gates_in(batch, self.max_words, self.lexicons).lazy()
        gates = gates.with_columns(reason=pl.lit("an error page, a gate or a consent page, not an article"))
        return flagged(pl.concat([gates, *self._indexes(batch)]), reason=pl.col("reason"))

    def _indexes(self, batch: Batch) -> Iterator[pl.LazyFrame]:
        """Yield the bodies of many short lines, most without an end, at the address of a section."""
        ends, words = (batch.paragraphs[name].to_numpy() for name in ("ends", "words"))
        some = np.flatnonzero(np.diff(batch.cut.bounds))
        first, lines = batch.cut.bounds[some], np.diff(batch.cut.bounds)[some]
        prose = (np.add.reduceat(ends, first, dtype=np.int64) >= _FEW * lines) | (
            np.maximum.reduceat(words, first) >= _TEASER
        )
        lists = some[(lines >= _LINES) & ~prose]
        if not len(lists):
            return
        path = pl.col("url").str.replace(r"^\w+://[^/]*", "").str.replace(r"[?#].*$", "")
        section = batch.articles.select("article", "url")[lists].filter(
            path.str.contains(r"^/?$|^/[^/\d]{1,30}/?$|/(?:tag|tags|category|section|topic|thema|tema|sujet)/")
            & ~path.str.contains(r"\d{3}|\.html?$|[^/]*-[^/]*-[^/]*-[^/]*/?$")
        )
        yield (
            batch.paragraphs[batch.lines_of(section["article"].to_numpy() - batch.first)]
            .lazy()
            .with_columns(story=pl.col("ends") & (pl.col("words") >= STORY_WORDS))
            .group_by("article", maintain_order=True)
            .agg(
                pl.col("start").min(),
                pl.col("end").max(),
                width=pl.col("chars").median(),
                size=pl.col("words").median(),
                figures=pl.col("text").str.count_matches(r"(?:^|\s)\p{P}*\p{N}").sum() / pl.col("words").sum(),
                story=(pl.col("story") & pl.col("story").shift(1, fill_value=False)).any(),
            )
            .filter(~pl.col("story"))
            .filter(pl.col("width") < _TITLE, pl.col("size") >= _TITLE_WORDS, pl.col("figures") < _FIGURES)
            .select(
                "article", "start", "end", reason=pl.lit("an index of stories at a section's address, not an article")
            )
        )
