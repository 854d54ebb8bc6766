"""The check `headline-placeholder`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import load
from copydesk.metadata.publishers import is_own_name
from copydesk.model.finding import flagged
from copydesk.text.buffer import Text
from copydesk.text.expressions import normalised
from copydesk_expectations.detection.metadata import headlines as titles
from copydesk_expectations.detection.text.quotations import is_quoted_title

#: A headline that is longer, in characters, and holds white space, says something.
_LONGEST = 60

#: What parts a headline from the name of its site: 'Home | Harbour Gazette', '404 - Page not found'.
_MARK = r"[|–—•·»-]\s"
_PARTED = (r"^(.*\S)\s+[|–—•·»-]\s+(\S.*)$", r"^(.*?\S)\s+[|–—•·»-]\s+(\S.*)$")  # at the last, at the first
_SIDES = 4

#: Characters of a headline that can be one letter and marks around it.
_FEW = 4

_PLACEHOLDER = "a placeholder, not a headline"
_ADDRESSED = "an address or a part of one, not a headline"
_UNFILLED = "a place of a template that nothing was put into"


@dataclass(frozen=True, kw_only=True)
class HeadlinePlaceholder(ArticleCheck):
    """Expect a headline to be one, and not what stands where a headline should be.

    What it finds:
        A headline that is a placeholder or the title of a page that is no article: 'Untitled', 'Home', '404', 'Page not
        found', in the languages of the lexicons, alone or with the site's name behind. A headline that is the name of
        the article's own section or publisher, that is an address or the slug of one, or that has no letter or only
        one. A place of a template that nothing was put into.

    Why it matters:
        The page was an error, a section or a consent notice, or the scraper read the wrong element; often the body
        is not the story either.

    Known limits:
        An empty headline is for `headline-missing`. A story that is named by a year alone ('1984') or by a score is
        found too, but a title in quotation marks is left alone. Slugs are known in Latin, Greek and Cyrillic letters.

    Passes:
        - headline: Home at last, the crew says
          section: News
        - headline: "Error: how the council lost three million"
        - headline: State-of-the-art bridge reopens
        - headline: “Home”

    Fails:
        - headline: Page not found
          finds: [Page not found]
        - headline: " Home | Harbour Gazette "
          publisher: Harbour Gazette
          finds: ["Home | Harbour Gazette"]
        - headline: Local sport
          section: Sport > Local sport
          finds: [Local sport]
        - headline: The Harbour Gazette
          url: https://www.harbour-gazette.example/2026/03/14/bridge
          finds: [The Harbour Gazette]
        - headline: bridge-reopens-after-two-years-of-repairs
          finds: [bridge-reopens-after-two-years-of-repairs]
        - headline: "*** 2026 ***"
          finds: ["*** 2026 ***"]

    Options:
        lexicons: files of your own with further placeholders, named after their language (`en.house.txt`).

    Source:
        Titles that scrapers deliver for error pages and sections (openwebtext#23: 'not a robot'), and the
        default titles of content management systems.
    """

    name: ClassVar[str] = "headline-placeholder"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "critical"
    needs: ClassVar[tuple[str, ...]] = ("headline",)

    lexicons: tuple[str, ...] = ()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the headlines that say nothing; costly predicates see only the few that may meet them."""
        headlines = batch.articles.select(
            "article",
            "headline",
            "section",
            text=pl.col("headline").str.strip_chars(),
            phrase=load(self.lexicons).can_be(batch.text("headline"), self.name),
        )
        looks = self._looks(batch)
        likely = headlines.select(can.fill_null(False).alias(str(n)) for n, (can, _, _) in enumerate(looks))
        parts = [
            which(headlines.filter(can)).with_columns(reason=pl.lit(why))
            for can, (_, which, why) in zip(likely, looks, strict=True)
            if can.any()
        ]
        text, chars = pl.col("text"), pl.col("text").str.len_chars()
        first = pl.concat([headlines.clear().with_columns(reason=pl.lit("")), *parts]).unique("article", keep="first")
        spans = first.lazy().filter(
            ~is_quoted_title(), (text != "") & ((chars <= _LONGEST) | ~text.str.contains(r"\s"))
        )
        start = pl.col("headline").str.len_chars() - pl.col("headline").str.strip_chars_start().str.len_chars()
        spans = spans.sort("article").with_columns(start=start.cast(pl.Int64))
        return flagged(spans.with_columns(end=pl.col("start") + chars), field="headline", reason=pl.col("reason"))

    def _looks(self, batch: Batch) -> tuple[tuple[pl.Expr, Callable[[pl.DataFrame], pl.DataFrame], str], ...]:
        """Return what may be wrong, in order: a cheap look for where it may be, a filter for where it is, why."""
        lexicon, text, chars = load(self.lexicons), pl.col("text"), pl.col("text").str.len_chars()
        # In lower case a text has twice as many characters at most.
        fits = chars <= 2 * pl.col("section").str.len_chars()
        bare = ~text.str.contains(" ", literal=True)

        def those(predicate: pl.Expr) -> Callable[[pl.DataFrame], pl.DataFrame]:
            return lambda some: some.filter(predicate)

        return (
            (~text.str.contains("[A-Za-z]"), those(titles.has_no_letter()), "the headline holds no letter"),
            (chars <= _FEW, those((chars <= _FEW) & titles.is_one_letter()), "one letter, not a headline"),
            (pl.col("phrase"), those(lexicon.is_phrase(normalised(text), self.name)), _PLACEHOLDER),
            (text.str.contains(_MARK), lambda some: self._beside(some, batch), _PLACEHOLDER),
            (
                text.is_not_null(),
                lambda some: some.filter(is_own_name(some["text"], some["article"], batch)),
                "the publisher's name, not a headline",
            ),
            (fits, those(titles.is_section()), "the name of the article's section, not a headline"),
            (bare & text.str.contains_any(["-", "_"]), those(titles.is_slug()), _ADDRESSED),
            (bare & text.str.contains_any(["://", "."]), those(titles.is_address()), _ADDRESSED),
            (text.str.contains(r"^[{$%\[]"), those(titles.is_template_place()), _UNFILLED),
        )

    def _beside(self, parted: pl.DataFrame, batch: Batch) -> pl.DataFrame:
        """Return the headlines that are a placeholder beside the name of their site, or beside another one."""
        lexicon, text = load(self.lexicons), pl.col("text")
        # One side of all after the other: left and right of the last mark, left and right of the first.
        cut = parted.select(pl.concat([text.str.extract(pattern, n) for pattern in _PARTED for n in (1, 2)]))
        sides = cut.to_series().fill_null("")
        can = np.any(lexicon.can_be(Text(sides), self.name).to_numpy().reshape(_SIDES, -1), axis=0)
        some, sides = parted.filter(pl.Series(can)), sides.filter(pl.Series(np.tile(can, _SIDES)))
        if some.is_empty():
            return some
        phrase = sides.to_frame().select(lexicon.is_phrase(normalised(pl.first()), self.name)).to_series()
        own = is_own_name(sides, pl.concat([some["article"]] * _SIDES), batch)
        named, owned = (flags.to_numpy().reshape(_SIDES // 2, 2, -1) for flags in (phrase, own))
        beside = (named[:, 0] & (owned[:, 1] | named[:, 1])) | (owned[:, 0] & named[:, 1])
        return some.filter(pl.Series(np.any(beside, axis=0)))
