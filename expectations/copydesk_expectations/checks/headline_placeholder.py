"""The check `headline-placeholder`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.batch import Batch
from copydesk.checks import ArticleCheck
from copydesk.columns import pl
from copydesk.finding import flagged
from copydesk.lexicon import load
from copydesk.publishers import LONGEST_NAME, is_publisher, own_names
from copydesk.text import normalised

#: A headline that is longer, in characters, and holds white space, says something.
_LONGEST = 60

#: A headline without white space or without letters, or one that begins as a place in a template does.
_ODD = r"^\S*$|^\P{L}*$|^[{$%\[]"

#: What parts a headline from the name of its site: 'Home | Harbour Gazette', '404 - Page not found'.
_MARK = r"\s[|–—•·»-]\s"
_PARTED = r"^(.*\S)\s+[|–—•·»-]\s+(\S.*)$"

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
        """Return the headlines that say nothing."""
        lexicon = load(self.lexicons)
        text = pl.col("text")
        likely = _likely(batch, lexicon.can_be(batch.text("headline"), self.name))
        short = (
            likely.lazy()
            .filter((text != "") & ((text.str.len_chars() <= _LONGEST) | ~text.str.contains(r"\s")))
            .with_columns(line=normalised(text))
            .collect()
            .lazy()
        )
        parted = short.filter(text.str.contains(_MARK)).with_columns(
            left=text.str.extract(_PARTED, 1), right=text.str.extract(_PARTED, 2)
        )
        left, right = (lexicon.is_phrase(normalised(pl.col(c)), self.name) for c in ("left", "right"))
        named = is_publisher(pl.col("left")), is_publisher(pl.col("right"))
        beside = parted.filter((left & (named[1] | right)) | (named[0] & right)).select("article", beside=pl.lit(True))
        placeholder = lexicon.is_phrase(pl.col("line"), self.name) | pl.col("beside")
        sections = pl.col("section").str.to_lowercase().str.replace_all(r"\s*[,;>|/»›]\s*", "\x1f")
        mine = pl.concat_str(pl.lit("\x1f"), text.str.to_lowercase(), pl.lit("\x1f"))
        section = pl.concat_str(pl.lit("\x1f"), sections.str.strip_chars(), pl.lit("\x1f")).str.contains(
            mine, literal=True
        )
        slug = text.str.contains(_SLUG) & text.str.contains(r"\p{L}") & (text.str.len_chars() >= _SLUG_SHORTEST)
        reasons = (
            (~text.str.contains(r"\p{L}"), "the headline holds no letter"),
            (placeholder, "a placeholder, not a headline"),
            (is_publisher(text), "the publisher's name, not a headline"),
            (section, "the name of the article's section, not a headline"),
            (slug | text.str.contains(_ADDRESS), "an address or a part of one, not a headline"),
            (text.str.contains(_TEMPLATE), "a place of a template that nothing was put into"),
        )
        reason = pl.coalesce(
            *(pl.when(condition.fill_null(False)).then(pl.lit(why)) for condition, why in reasons),
        )
        start = pl.col("headline").str.len_chars() - pl.col("headline").str.strip_chars_start().str.len_chars()
        short = short.join(beside, on="article", how="left", maintain_order="left")
        found = short.with_columns(reason=reason, start=start.cast(pl.Int64)).filter(pl.col("reason").is_not_null())
        return flagged(
            found.with_columns(end=pl.col("start") + text.str.len_chars()), field="headline", reason=pl.col("reason")
        )


def _likely(batch: Batch, phrase: pl.Series) -> pl.DataFrame:
    """Return the headlines that are worth to be looked into: few more than are found, told by cheap properties."""
    text, chars = pl.col("text"), pl.col("text").str.len_chars()
    headlines = batch.articles.select("article", "headline", "section", text=pl.col("headline").str.strip_chars())
    headlines = headlines.with_columns(names=own_names(batch))
    # Lower case doubles the length at most.
    section = chars <= 2 * pl.col("section").str.len_chars()
    likely = headlines.select(phrase | section | text.str.contains(_ODD) | text.str.contains(_MARK)).to_series()
    brief = headlines.select(chars <= LONGEST_NAME).to_series().arg_true()
    named = headlines[brief].select(is_publisher(text)).to_series()
    return headlines.filter(likely.fill_null(False).scatter(brief.filter(named), True))
