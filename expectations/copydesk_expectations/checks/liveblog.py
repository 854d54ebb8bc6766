"""The check `liveblog`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.batch import Batch
from copydesk.checks import ArticleCheck
from copydesk.columns import pl
from copydesk.finding import flagged

#: A clock time as pages print it: 14:05, 14.05 Uhr, 2.05pm, 14h05, kl. 14.05, 05:12 GMT, 下午2:05.
_TIME = (
    r"(?:(?:kl|klo|um|às|at|ore|il|o|в|о)\.?\s)?(?:下午|上午|午後|午前|오전|오후)?\s?"
    r"(?:[01]?\d|2[0-4])(?:[:.：h]|h\s|時|时|点|點|시\s?)[0-5]\d(?::[0-5]\d)?(?:分|분)?"
    r"(?:\s?(?:[ap]\.?m\.?|[AP]M|Uhr|h|hs|hrs|godz\.?|GMT|UTC|BST|CET|CEST|EST|EDT|ET|PT|MSK|WIB|ч\.?|μ\.μ\.|π\.μ\.))*"
)

#: A line that is only a time, perhaps with a date or a word such as 'Updated' or 'ago' beside it.
_ALONE = rf"^[\p{{P}}\s]*{_TIME}[\p{{P}}\s]*$"

#: A paragraph that opens with a time and goes on with a sentence.
_OPENS = rf"^[\p{{P}}\s]*{_TIME}[\p{{P}}\s]*[\s|–—-][\p{{P}}\s]*[\p{{L}}]"

#: A paragraph of an entry has so many words; an item of a timetable or of a programme has fewer.
_PROSE = 18


@dataclass(frozen=True, kw_only=True)
class Liveblog(ArticleCheck):
    """Expect an article, not the entries of a live blog.

    What it finds:
        A body with at least `entries` lines that are nothing but a clock time, each with prose below it, or with as
        many paragraphs of prose that open with a clock time. The finding spans the first and names how many there are.

    Why it matters:
        A live blog is many short texts in reverse order. It repeats itself, and it grows: the same page scraped twice
        is two different 'articles'.

    Known limits:
        Timetables, programmes and results are left alone because no prose stands with their times. A chronicle of one
        day with long entries looks the same as a live blog, and is found. Entries that are marked by names, numbers
        or 'x minutes ago' are not seen.

    Passes:
        - body: |-
            The concert starts at eight.
            18:00 Doors open
            19:30 Support act
            20:00 The band

    Fails:
        - body: |-
            14:05
            The mayor has arrived at the bridge, and several hundred people are waiting there with flags in the rain.
            13:50
            The first bus is on its way to the bridge, the driver says, and the river is calm for the time of the year.
            13:32
            Good afternoon, and welcome to our coverage of the reopening of the bridge, which was closed for two years.
          finds: ["14:05"]

    Options:
        entries: the fewest entries that make a live blog.

    Source:
        Live pages of broadcasters and papers as extractors deliver them; times as their style books write them.
    """

    name: ClassVar[str] = "liveblog"
    family: ClassVar[str] = "structure"
    severity: ClassVar[str] = "info"

    entries: int = 3

    def __post_init__(self) -> None:
        if self.entries < 1:
            raise ValueError(f"expected entries of at least 1, got {self.entries}")

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the first entry of each live blog."""
        article, text = pl.col("article"), pl.col("text")
        # Most paragraphs have no figure among their first characters.
        timed = (
            batch.paragraphs.lazy()
            .with_columns(next_words=pl.when(article == article.shift(-1)).then(pl.col("words").shift(-1)))
            .filter(text.str.head(14).str.contains(r"[0-9]"), text.str.head(20).str.contains(r"[0-9][:.：h時时点點시]"))
            .with_columns(
                alone=text.str.contains(_ALONE) & (pl.col("next_words") >= _PROSE),
                opens=text.str.contains(_OPENS) & (pl.col("words") >= _PROSE),
            )
            .filter(pl.col("alone") | pl.col("opens"))
        )
        blogs = (
            timed.group_by("article")
            .agg(pl.col("start").first(), pl.col("text").first(), "alone", entries=pl.len())
            .filter(pl.col("entries") >= self.entries)
            .with_columns(time=pl.coalesce(pl.col("text").str.extract(rf"^([\p{{P}}\s]*{_TIME})"), "text"))
            .with_columns(end=pl.col("start") + pl.col("time").str.len_chars().cast(pl.Int64))
        )
        return flagged(blogs, reason=pl.format("the first of {} entries of a live blog", "entries"))
