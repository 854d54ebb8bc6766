"""The check `liveblog`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.model.finding import flagged
from copydesk_expectations.detection.structure import clock_times

#: An entry ends as a sentence and has so many words; an item of a timetable or of a programme does not.
_PROSE = 8

#: Sections under which a live blog is kept as what it is.
_DECLARED = (
    *("live", "live blog", "liveblog", "live updates", "live ticker", "liveticker", "ticker", "direct", "en direct"),
    *("directo", "en directo", "en vivo", "ao vivo", "diretta", "na żywo", "онлайн", "прямой эфир", "canlı", "実況"),
)


@dataclass(frozen=True, kw_only=True)
class Liveblog(ArticleCheck):
    """Expect an article, not the entries of a live blog.

    What it finds:
        A body with at least `entries` lines that are nothing but a clock time, each with prose below it, or with as
        many paragraphs of prose that open with a clock time. An article whose section says that it is a live blog is
        left alone. The finding spans the first time and says how many entries there are.

    Why it matters:
        A live blog is many short texts in reverse order. It repeats itself, and it grows: the same page scraped twice
        is two different 'articles'.

    Known limits:
        Timetables, programmes and results are left alone because no prose stands with their times. A chronicle of one
        day with whole sentences looks the same as a live blog, and is found. Entries that are marked by names, numbers
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
        section = pl.col("section").fill_null("").str.strip_chars().str.to_lowercase()
        timed = (
            self._timed_lines(batch)
            .filter(clock_times.may_be_time())
            .lazy()
            .with_columns(
                alone=clock_times.is_time_alone() & pl.col("next_prose"),
                opens=clock_times.is_opening() & pl.col("prose"),
            )
            .filter(pl.col("alone") | pl.col("opens"), ~section.is_in(_DECLARED))
        )
        blogs = (
            timed.group_by("article")
            .agg(pl.col("start").first(), pl.col("text").first(), "alone", entries=pl.len())
            .filter(pl.col("entries") >= self.entries)
            .with_columns(time=clock_times.time_of())
            .with_columns(end=pl.col("start") + pl.col("time").str.len_chars().cast(pl.Int64))
        )
        return flagged(blogs, reason=pl.format("the first of {} entries of a live blog", "entries"))

    def _timed_lines(self, batch: Batch) -> pl.DataFrame:
        """Return lines that may begin with a time, where there are enough; and whether they, or the next, are prose."""
        paragraphs = batch.paragraphs
        prose = paragraphs["ends"].to_numpy() & (paragraphs["words"].to_numpy() >= _PROSE)
        article = paragraphs["article"].to_numpy()
        next_prose = np.append(prose[1:] & (article[1:] == article[:-1]), False)[: len(prose)]
        data, begin = batch.cut.text.data, batch.cut.begin
        at = np.flatnonzero((prose | next_prose) & np.array(clock_times.FIRST_BYTES)[data[begin]])
        # Most of these, too, have no figure among their first characters, of one to four bytes.
        at = at[clock_times.begins_with_figure(data, begin[at])]
        owner = article[at] - batch.first
        at = at[np.bincount(owner, minlength=1)[owner] >= self.entries]
        lines: pl.DataFrame = paragraphs.select("article", "start", "text")[at]
        section = batch.articles["section"].gather(article[at] - batch.first)
        return lines.with_columns(section, prose=pl.Series(prose[at]), next_prose=pl.Series(next_prose[at]))
