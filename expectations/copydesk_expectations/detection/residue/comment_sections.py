"""Readers' comments below a story: where they begin, told by lines of one shape: name and time, text, 'Reply'."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from copydesk.checks.batch import SHORT_LINE, shared
from copydesk.lazy import np, pl
from copydesk_expectations.detection.residue.page_marks import STAMP
from copydesk_expectations.tables import read_table

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = ["comment_sections", "is_author", "is_reply"]

#: 'Reply' may be followed by a few words ('Reply to this comment', 'Reply 3'); a line on the author has more.
_MOST_REPLY_WORDS, _MOST_AUTHOR_WORDS = 6, 16

#: How long ago a comment was made: '3 hours ago', 'vor 3 Stunden', 'il y a 3 heures', '3 часа назад', '3小时前'.
_AGO = (
    r"\d+\s?(?:h|hrs?|mins?|d|w|hours?|minutes?|days?|weeks?|months?|years?)\s+ago|vor \d+ \p{L}+|il y a \d+ \p{L}+"
    r"|hace \d+ \p{L}+|há \d+ \p{L}+|\d+ \p{L}+ fa\b|\d+ \p{L}+ geleden|för \d+ \p{L}+ sedan|for \d+ \p{L}+ siden"
    r"|\d+ \p{L}+ sitten|\d+ \p{L}+ temu|\d+ \p{L}+ назад|\d+ \p{L}+ тому|\d+ \p{L}+ önce|\d+\s?\p{Hangul}+ 전"
    r"|\d+\s?(?:分钟|小时|天|週|周|個月|个月|分鐘|小時|時間|日|分)前|منذ \d+ \p{L}+|\d+ \p{L}+ پیش|\d+ \p{L}+ पहले"
    r"|\d+ \p{L}+ trước|\d+ \p{L}+ (?:yang )?lalu|před \d+ \p{L}+|πριν \d+ \p{L}+"
)

#: A name or nickname with a day and a time, and nothing else: 'Anna K. 12.03.2026, 09:14 Uhr', '@anna · 12 May 2026
#: 9:14 pm'.
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}\.?\s\p{L}{3,12}\.?\s\d{4}|\p{L}{3,9}\.?\s\d{1,2},\s\d{4})"
)
_TIME = r"\d{1,2}\s?[:.h]\s?\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s(?:Uhr|[A-Z]{2,4}))?"
_BETWEEN = r"[\s,·|•–-]+"
_STAMPED = (
    rf"^[@\p{{L}}][\p{{L}}\p{{N}}_.' -]{{1,40}}{_BETWEEN}(?:\p{{L}}{{2,3}}\s)?{_DAY}"
    rf"{_BETWEEN}(?:\p{{L}}{{1,3}}\s)?{_TIME}$"
)
_MOST_STAMPED_WORDS = 10

#: Lines of one shape that make a section.
_FEWEST = 2

#: A line above the author's line is the name of the author if it has no more words.
_NAME_WORDS = 3


@cache
def _any_of(table: str) -> str:
    words = sorted(read_table(table), key=len, reverse=True)
    return "|".join(re.escape(word) for word in words)


def is_reply() -> pl.Expr:
    """Return whether a line is the button below a comment."""
    line = pl.col("text").str.to_lowercase()
    return (pl.col("words") <= _MOST_REPLY_WORDS) & line.str.contains(
        rf"^[^\p{{L}}]*(?:{_any_of('reply_words')})(?:[^\p{{L}}]|$)"
    )


def is_author() -> pl.Expr:
    """Return whether a line says who made a comment and when: a verb of saying with a time, or a time that is past."""
    line = pl.col("text").str.to_lowercase()
    says = line.str.contains(rf"(?:^|[^\p{{L}}])(?:{_any_of('comment_authors')})(?:[^\p{{L}}]|$)")
    colon = line.str.contains(rf"^[^:]{{2,40}}\s(?:{_any_of('comment_authors')})\s?:$")
    timed = says & line.str.contains(STAMP)
    return (pl.col("words") <= _MOST_AUTHOR_WORDS) & ~pl.col("ends") & (timed | colon | line.str.contains(_AGO))


def is_stamped_name() -> pl.Expr:
    """Return whether a line is a name and a moment. Entries of a live blog have such lines, too, and no buttons."""
    return (pl.col("words") <= _MOST_STAMPED_WORDS) & pl.col("text").str.contains(_STAMPED)


@shared
def comment_sections(batch: Batch) -> pl.DataFrame:
    """Return the comments below the stories of a batch.

    A section has two lines on authors and two more of either kind in all, one of them a button or a verb of saying with
    a time; it begins below a paragraph of prose, and runs to the end of the article.

    Returns:
        `first` and `behind`: the places of its first paragraph and behind its last one; `comments`: how many it has.
    """
    paragraphs = batch.paragraphs
    words, chars, ends = (paragraphs[name].to_numpy() for name in ("words", "chars", "ends"))
    short = np.flatnonzero((chars <= SHORT_LINE // 2) & (words <= _MOST_AUTHOR_WORDS) & ~ends)
    lines = paragraphs.select("article", "text", "words", "ends")[short].with_columns(place=pl.Series(short))
    timed = pl.col("text").str.contains(r"\d|:$")
    authors = (
        lines.lazy()
        .filter(timed)
        .with_columns(author=is_author(), stamped=is_stamped_name())
        .filter(pl.col("author") | pl.col("stamped"))
        .select("place", author=pl.col("author") | pl.col("stamped"), sure="author")
        .collect()
    )
    if authors.is_empty():
        return pl.DataFrame(schema={"first": pl.Int64, "behind": pl.Int64, "comments": pl.Int64})
    theirs = paragraphs["article"].gather(authors["place"]).unique()
    told = (
        lines.lazy()
        .filter(pl.col("article").is_in(theirs.implode()))
        .join(authors.lazy(), on="place", how="left", maintain_order="left")
        .with_columns(pl.col("author", "sure").fill_null(False), reply=is_reply())
        .filter(pl.col("reply") | pl.col("author"))
    )
    prose = np.flatnonzero(ends & (words >= 15))
    bounds = batch.cut.bounds
    rows = []
    for (article,), some in told.collect().group_by("article", maintain_order=True):
        replies, signed = int(some["reply"].sum()), int(some["author"].sum())
        if signed < 1 or max(replies, signed) < _FEWEST or replies + signed < _FEWEST + 1:
            continue
        if not replies and not some["sure"].any():
            continue
        start, behind = bounds[article - batch.first], bounds[article - batch.first + 1]
        first = int(some.filter("author")["place"][0])
        if first - 1 > start and words[first - 1] <= _NAME_WORDS and not ends[first - 1]:
            first -= 1
        if ((prose >= start) & (prose < first)).any():
            rows.append((first, int(behind), max(replies, signed)))
    return pl.DataFrame(rows, {"first": pl.Int64, "behind": pl.Int64, "comments": pl.Int64}, orient="row")
