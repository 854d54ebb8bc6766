"""The check `headline-placeholder`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import load
from copydesk.metadata.publishers import own_named
from copydesk.model.finding import flagged
from copydesk.text.buffer import Text
from copydesk.text.expressions import normalised

#: A headline that is longer, in characters, and holds white space, says something.
_LONGEST = 60

#: What parts a headline from the name of its site: 'Home | Harbour Gazette', '404 - Page not found'.
_MARK = r"[|–—•·»-]\s"
_PARTED = (r"^(.*\S)\s+[|–—•·»-]\s+(\S.*)$", r"^(.*?\S)\s+[|–—•·»-]\s+(\S.*)$")  # at the last, at the first
_SIDES = 4

#: Words joined by hyphens or underscores, as in an address: four or more, or some and a number or a file's ending.
_SLUG = (
    r"^/?(?:[\p{Ll}\p{N}]+[-_]){3,}[\p{Ll}\p{N}]+(?:\.\p{Ll}{3,5})?/?$"
    r"|^/?[\p{Ll}\p{N}]+(?:[-_][\p{Ll}\p{N}]+)+(?:\.(?:s?html?|php|aspx?|ece)|[-_]\d{5,})/?$"
)

#: So many characters has a slug of a story at least; 'up-to-the-minute' has fewer.
_SLUG_SHORTEST = 20

#: An address, or a place in a template that nothing was put into.
_ADDRESS = r"(?i)^(?:https?://|www\.)\S+$"
_TEMPLATE = r"^(?:\{\{.*\}\}|\{%.*%\}|\$\{.*\}|%[a-z_]+%|\[object Object\])$"

_PLACEHOLDER = "a placeholder, not a headline"
_ADDRESSED = "an address or a part of one, not a headline"


@dataclass(frozen=True, kw_only=True)
class HeadlinePlaceholder(ArticleCheck):
    """Expect a headline to be one, and not what stands where a headline should be.

    What it finds:
        A headline that is a placeholder or the title of a page that is no article ('Untitled', 'Home', '404', 'Page
        not found', in the languages of the lexicons, alone or with the site's name behind), the name of the
        article's own section or publisher, without a single letter, an address or the slug of one, or an unfilled
        place of a template.

    Why it matters:
        The page was an error, a section or a consent notice, or the scraper read the wrong element; often the body
        is not the story either.

    Known limits:
        An empty headline is for `headline-missing`. A story that is named by a year alone ('1984') or by a score is
        found too. Slugs are known in Latin, Greek and Cyrillic letters.

    Passes:
        - headline: Home at last, the crew says
          section: News
        - headline: "Error: how the council lost three million"
        - headline: State-of-the-art bridge reopens

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
        """Return the headlines that say nothing; what is dear is asked only of the few of which it may be true."""
        headlines = batch.articles.select(
            "article",
            "headline",
            "section",
            text=pl.col("headline").str.strip_chars(),
            phrase=load(self.lexicons).can_be(batch.text("headline"), self.name),
        )
        looks = self._looks(batch)
        likely = headlines.select(can.fill_null(False).alias(str(n)) for n, (can, _, _) in enumerate(looks))
        found = [
            which(headlines.filter(can)).with_columns(reason=pl.lit(why))
            for can, (_, which, why) in zip(likely, looks, strict=True)
            if can.any()
        ]
        text, chars = pl.col("text"), pl.col("text").str.len_chars()
        first = pl.concat([headlines.clear().with_columns(reason=pl.lit("")), *found]).unique("article", keep="first")
        spans = first.lazy().filter((text != "") & ((chars <= _LONGEST) | ~text.str.contains(r"\s")))
        start = pl.col("headline").str.len_chars() - pl.col("headline").str.strip_chars_start().str.len_chars()
        spans = spans.sort("article").with_columns(start=start.cast(pl.Int64))
        return flagged(spans.with_columns(end=pl.col("start") + chars), field="headline", reason=pl.col("reason"))

    def _looks(self, batch: Batch) -> tuple[tuple[pl.Expr, Callable[[pl.DataFrame], pl.DataFrame], str], ...]:
        """Return what may be wrong, first things first: where it can be, told quickly; which it is; and why."""
        lexicon, text, chars = load(self.lexicons), pl.col("text"), pl.col("text").str.len_chars()
        # In lower case a text has twice as many characters at most.
        fits = chars <= 2 * pl.col("section").str.len_chars()
        bare = ~text.str.contains(" ", literal=True)
        return (
            (
                ~text.str.contains("[A-Za-z]"),
                lambda some: some.filter(~text.str.contains(r"\p{L}")),
                "the headline holds no letter",
            ),
            (
                pl.col("phrase"),
                lambda some: some.filter(lexicon.is_phrase(normalised(text), self.name)),
                _PLACEHOLDER,
            ),
            (text.str.contains(_MARK), lambda some: self._beside(some, batch), _PLACEHOLDER),
            (
                pl.col("text").is_not_null(),
                lambda some: some.filter(own_named(some["text"], some["article"], batch)),
                "the publisher's name, not a headline",
            ),
            (fits, _sections, "the name of the article's section, not a headline"),
            (bare & text.str.contains_any(["-", "_"]), _slugs, _ADDRESSED),
            (
                bare & text.str.contains_any(["://", "."]),
                lambda some: some.filter(text.str.contains(_ADDRESS)),
                _ADDRESSED,
            ),
            (
                text.str.contains(r"^[{$%\[]"),
                lambda some: some.filter(text.str.contains(_TEMPLATE)),
                "a place of a template that nothing was put into",
            ),
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
        own = own_named(sides, pl.concat([some["article"]] * _SIDES), batch)
        named, owned = (said.to_numpy().reshape(_SIDES // 2, 2, -1) for said in (phrase, own))
        beside = (named[:, 0] & (owned[:, 1] | named[:, 1])) | (owned[:, 0] & named[:, 1])
        return some.filter(pl.Series(np.any(beside, axis=0)))


def _sections(some: pl.DataFrame) -> pl.DataFrame:
    """Return the headlines that are the name of their section, or of one of several."""
    sections = pl.col("section").str.to_lowercase().str.replace_all(r"\s*[,;>|/»›]\s*", "\x1f").str.strip_chars()
    edge = pl.lit("\x1f")
    mine = pl.concat_str(edge, pl.col("text").str.to_lowercase(), edge)
    return some.filter(pl.concat_str(edge, sections, edge).str.contains(mine, literal=True))


def _slugs(some: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    some = some.filter(text.str.len_chars() >= _SLUG_SHORTEST)
    return some.filter(text.str.contains(_SLUG) & text.str.contains(r"\p{L}")) if some.height else some
