"""Lines that are of the page by their form alone: time stamps, pointers to the parts of a series, names of code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from copydesk.checks.batch import SHORT_LINE, shared
from copydesk.lazy import np, pl
from copydesk_expectations.tables import read_table

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = ["MARK", "STAMP", "is_code_name", "is_credit_end", "is_part_of_series", "is_stamp", "page_marks"]

#: A clock time, in any digits.
_CLOCK = r"\d{1,2}\s?[:.h：時时点點시]\s?\d\d(?:\D|$)|\d{1,2}\s?[ap]\.?m\b"

#: A clock time, or a day with its year.
STAMP = (
    rf"{_CLOCK}|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}[.,]?\s+(?:de\s+)?\p{L}{3,}\.?,?\s+(?:de\s+)?\d{4}|\p{L}{3,}\.?\s+\d{1,2},?\s+\d{4}|\d{4}\s?[年년]"
)

#: A label of a time has so many words beside it at most: a day of the week, a month, a zone, a name.
_MOST_WORDS, _MOST_OTHERS = 14, 7

#: So many parts of a series stand one below the other.
_PARTS = 2

#: Parts of names of classes. The first ones are no words of a story; of the others it takes two.
_OF_CLASSES = r"(?:icon|btn|widget|nav|navbar|wrapper|container|img|teaser|sidebar|modal|thumbnail|svg|href)"
_PERHAPS_OF_CLASSES = (
    r"(?:icon|btn|button|share|social|ad|ads|widget|nav|menu|header|footer|wrapper|container|item|link|img|image|caption"
    r"|content|article|body|teaser|block|title|logo|banner|modal|toggle|inner|outer|list|text|lead|byline|sidebar)"
)

#: What a name of a class, a variable or a template looks like, alone on its line.
_CODE = (
    r"^(?:[a-z][a-z0-9]*(?:(?:__|--|_)[a-z0-9]+)+(?:-[a-z0-9]+)*|[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:__|--)[a-z0-9-]+"
    r"|(?:js|wp|ad|ads|btn|icon|widget|div|gpt|dfp)-[a-z0-9]+(?:-[a-z0-9]+)+|\.[a-z][\w-]{2,}|\{\{.*\}\}"
    r"|\{%.*%\}|%[a-z_]{3,}%|\[object Object\]|undefined|NaN|\$\{.*\}"
    rf"|(?:[a-z0-9]+-){{0,4}}{_PERHAPS_OF_CLASSES}-(?:[a-z0-9]+-){{0,4}}{_PERHAPS_OF_CLASSES}(?:-[a-z0-9]+){{0,4}}"
    rf"|{_OF_CLASSES}-[a-z0-9]+-[a-z0-9-]+|[a-z0-9]+-{_OF_CLASSES}-[a-z0-9-]+|[a-z0-9]+-[a-z0-9]+-{_OF_CLASSES})$"
)

#: What a mark is called in the reason of a finding.
MARK = {
    "stamp": "the time stamp of a page",
    "series": "a pointer to another part of a series",
    "code": "a name of the page's code",
    "credit": "the end of a picture credit",
}


@cache
def _any_of(table: str) -> str:
    words = sorted(read_table(table), key=len, reverse=True)
    return "|".join(re.escape(word) for word in words)


def is_stamp() -> pl.Expr:
    """Return whether a line is a label with a clock time: few other words stand there, and no sentence ends."""
    line = pl.col("text").str.to_lowercase()
    labelled = line.str.contains(rf"(?:^|[^\p{{L}}])(?:{_any_of('stamp_words')})(?:[^\p{{L}}]|$)") & line.str.contains(
        _CLOCK
    )
    others = line.str.replace_all(rf"(?:{_any_of('stamp_words')})", " ").str.count_matches(r"\p{L}{2,}")
    return labelled & (others <= _MOST_OTHERS) & (pl.col("words") <= _MOST_WORDS) & ~pl.col("ends")


def is_part_of_series() -> pl.Expr:
    """Return whether a line names a part of a series by its number, and then its title."""
    return pl.col("text").str.to_lowercase().str.contains(
        rf"^(?:{_any_of('series_words')})\s+\d{{1,2}}\s?[:：–—-]\s?\p{{L}}"
    ) & ~pl.col("ends")


def is_code_name() -> pl.Expr:
    """Return whether a line is a name of a class, a variable or a template."""
    return pl.col("text").str.contains(_CODE)


def is_credit_end() -> pl.Expr:
    """Return whether a line is the end of a credit: the name of an agency, and a bracket that was opened elsewhere."""
    line = pl.col("text")
    agencies = _any_of("agencies")
    return (
        line.str.ends_with(")")
        & ~line.str.contains(r"[(（]")
        & (pl.col("words") <= 6)
        & line.str.to_lowercase().str.contains(
            rf"(?:^|[^\p{{L}}])(?:{agencies}|getty|istock|shutterstock)(?:[^\p{{L}}]|$)"
        )
    )


@shared
def page_marks(batch: Batch) -> pl.DataFrame:
    """Return the marks in the bodies of a batch: `place` among the paragraphs, and `reason`."""
    paragraphs = batch.paragraphs
    chars, ends = paragraphs["chars"].to_numpy(), paragraphs["ends"].to_numpy()
    short = np.flatnonzero((chars <= SHORT_LINE // 2) & ~ends)
    lines = paragraphs.select("article", "text", "words", "ends")[short].with_columns(place=pl.Series(short))
    digits = pl.col("text").str.contains(r"\d")
    marked = lines.lazy().with_columns(
        mark=pl.when(digits & is_stamp())
        .then(pl.lit("stamp"))
        .when(digits & is_part_of_series())
        .then(pl.lit("series"))
        .when((pl.col("words") <= 4) & is_code_name())
        .then(pl.lit("code"))
        .when(is_credit_end())
        .then(pl.lit("credit"))
    )
    found = marked.filter(pl.col("mark").is_not_null()).select("article", "place", "mark").collect()
    return _without_stories(found, batch).select("place", reason=pl.col("mark").replace_strict(MARK))


def _without_stories(found: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Leave out the parts of a series that stand alone, or above prose: they are the headings of the story."""
    paragraphs = batch.paragraphs
    prose = paragraphs["ends"].to_numpy() & (paragraphs["words"].to_numpy() >= 15)
    last = np.full(batch.articles.height, -1)
    article = paragraphs["article"].to_numpy() - batch.first
    at = np.flatnonzero(prose)
    last[article[at]] = at
    below = found["place"].to_numpy() > last[found["article"].to_numpy() - batch.first]
    parts = pl.col("mark") == "series"
    many = parts.sum().over("article") >= _PARTS
    return found.with_columns(below=pl.Series(below)).filter(~parts | (many & pl.col("below")))
