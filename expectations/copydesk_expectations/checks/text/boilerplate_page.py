"""The check `boilerplate-page`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import kind_bits, line_hits
from copydesk.model.finding import flagged

#: Words that no story but every gate, error and consent page has, where a page is as short as `max_words`.
_GATES = (
    r"(?i:enable javascript|javascript is (?:disabled|required)|not a robot|checking your browser"
    r"|verify you are (?:a )?human|access denied|page (?:you (?:requested|are looking for)|cannot be found|not found)"
    r"|error code: ?\d|ddos protection|cloudflare ray id|unusual traffic|your browser does not support"
    r"|activez? javascript|javascript aktivieren"
    r"|habilit[ae] javascript|включите javascript|włącz javascript|activar javascript|abilit[ae] javascript)"
)

#: So much of the text makes it such a page.
_HALF = 0.5

#: An index is many lines: fewer may be a brief with its credits.
_LINES = 10

#: So few of its lines end as sentences do, and none is longer than a teaser, in words: a story has prose.
_FEW = 0.25
_TEASER = 40

#: A line of an index is shorter, in characters.
_TITLE = 80


@dataclass(frozen=True, kw_only=True)
class BoilerplatePage(ArticleCheck):
    """Expect an article, not a page that stands in its place.

    What it finds:
        A body of fewer than `max_words` words, at least half of which is phrases of error pages, of gates ('enable
        JavaScript', 'not a robot') or of consent pages. Where the address is known, also an index or a section page:
        many short lines, most of them without a mark at the end, at an address that names no story.

    Why it matters:
        The scraper was turned away, or followed a link to a section. The row looks like an article in every count, and
        the same text comes back by the thousand.

    Known limits:
        The story behind a paywall's first lines is for other checks. A page whose phrases no lexicon has is not known:
        add them, see `lexicons`. Of the index pages only those are seen whose address is that of a section.

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

    max_words: int = 120
    lexicons: tuple[str, ...] = ()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the bodies that are no article."""
        brief = batch.measures.select(pl.col("words").is_between(1, self.max_words - 1).arg_true()).to_series()
        page = (pl.col("kinds") & kind_bits("page", "consent")) > 0
        known = line_hits(batch, self.lexicons).filter(page).select("article", "par", known=pl.lit(True))
        lines = (
            batch.paragraphs[batch.lines_of(brief.to_numpy())]
            .lazy()
            .join(known.lazy(), on=["article", "par"], how="left")
            .with_columns(gate=pl.col("known").fill_null(False) | pl.col("text").str.contains(_GATES))
        )
        gates = (
            lines.group_by("article")
            .agg(
                pl.col("start").min(),
                pl.col("end").max(),
                share=pl.col("chars").filter("gate").sum() / pl.col("chars").sum(),
            )
            .filter(pl.col("share") >= _HALF)
            .select("article", "start", "end", reason=pl.lit("an error page, a gate or a consent page, not an article"))
        )
        return flagged(pl.concat([gates, self._indexes(batch)]), reason=pl.col("reason"))

    def _indexes(self, batch: Batch) -> pl.LazyFrame:
        """Return the bodies of many short lines, most without an end, at the address of a section."""
        ends, words = (batch.paragraphs[name].to_numpy() for name in ("ends", "words"))
        some = np.flatnonzero(np.diff(batch.cut.bounds))
        first, lines = batch.cut.bounds[some], np.diff(batch.cut.bounds)[some]
        prose = (np.add.reduceat(ends, first, dtype=np.int64) >= _FEW * lines) | (
            np.maximum.reduceat(words, first) >= _TEASER
        )
        lists = some[(lines >= _LINES) & ~prose]
        path = pl.col("url").str.replace(r"^\w+://[^/]*", "").str.replace(r"[?#].*$", "")
        section = batch.articles.select("article", "url")[lists].filter(
            path.str.contains(r"^/?$|^/[^/\d]{1,30}/?$|/(?:tag|tags|category|section|topic|thema|tema|sujet)/")
            & ~path.str.contains(r"\d{3}|\.html?$|[^/]*-[^/]*-[^/]*-[^/]*/?$")
        )
        return (
            batch.paragraphs[batch.lines_of(section["article"].to_numpy() - batch.first)]
            .lazy()
            .group_by("article")
            .agg(pl.col("start").min(), pl.col("end").max(), width=pl.col("chars").median())
            .filter(pl.col("width") < _TITLE)
            .select(
                "article", "start", "end", reason=pl.lit("an index of stories at a section's address, not an article")
            )
        )
