"""The check `liveblog`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.model.finding import flagged

if TYPE_CHECKING:
    from copydesk.text.buffer import Bytes, Places

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

#: Bytes with which such lines begin: no capital of ASCII, no small letter but those of the words before a time.
_FIRST = [not chr(byte).isalpha() or byte >= 0x80 or chr(byte) in "kuaoi" for byte in range(256)]

#: An entry ends as a sentence and has so many words; an item of a timetable or of a programme does not.
_PROSE = 8

#: A time begins within so many characters.
_HEAD = 14

#: Sections under which a live blog is kept as what it is.
_DECLARED = (
    *("live", "live blog", "liveblog", "live updates", "live ticker", "liveticker", "ticker", "direct", "en direct"),
    *("directo", "en directo", "en vivo", "ao vivo", "diretta", "na żywo", "онлайн", "прямой эфир", "canlı", "実況"),
)


@dataclass(frozen=True, kw_only=True)
class Liveblog(ArticleCheck):
    """Expect an article, not the entries of a live blog.

    What it finds:
        Unless its section says that it is one, a body with at least `entries` lines that are nothing but a clock
        time, each with prose below it, or with as
        many paragraphs of prose that open with a clock time. The finding spans the first and names how many there are.

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
        text, section = pl.col("text"), pl.col("section").fill_null("").str.strip_chars().str.to_lowercase()
        timed = (
            self._dated(batch)
            .filter(
                text.str.head(_HEAD).str.contains(r"[0-9]"), text.str.head(20).str.contains(r"[0-9][:.：h時时点點시]")
            )
            .lazy()
            .with_columns(
                alone=text.str.contains(_ALONE) & pl.col("next_told"),
                opens=text.str.contains(_OPENS) & pl.col("told"),
            )
            .filter(pl.col("alone") | pl.col("opens"), ~section.is_in(_DECLARED))
        )
        blogs = (
            timed.group_by("article")
            .agg(pl.col("start").first(), pl.col("text").first(), "alone", entries=pl.len())
            .filter(pl.col("entries") >= self.entries)
            .with_columns(time=pl.coalesce(pl.col("text").str.extract(rf"^([\p{{P}}\s]*{_TIME})"), "text"))
            .with_columns(end=pl.col("start") + pl.col("time").str.len_chars().cast(pl.Int64))
        )
        return flagged(blogs, reason=pl.format("the first of {} entries of a live blog", "entries"))

    def _dated(self, batch: Batch) -> pl.DataFrame:
        """Return lines that may begin with a time, where there are enough; and whether they, or the next, are told."""
        paragraphs = batch.paragraphs
        told = paragraphs["ends"].to_numpy() & (paragraphs["words"].to_numpy() >= _PROSE)
        article = paragraphs["article"].to_numpy()
        next_told = np.append(told[1:] & (article[1:] == article[:-1]), False)[: len(told)]
        data, begin = batch.cut.text.data, batch.cut.begin
        at = np.flatnonzero((told | next_told) & np.array(_FIRST)[data[begin]])
        # Most of these, too, have no figure among their first characters, of one to four bytes.
        figure, foreign = _first_bytes(data, begin[at], _HEAD)
        figure[foreign] = _first_bytes(data, begin[at[foreign]], 4 * _HEAD)[0]
        at = at[figure]
        owner = article[at] - batch.first
        at = at[np.bincount(owner, minlength=1)[owner] >= self.entries]
        lines: pl.DataFrame = paragraphs.select("article", "start", "text")[at]
        section = batch.articles["section"].gather(article[at] - batch.first)
        return lines.with_columns(section, told=pl.Series(told[at]), next_told=pl.Series(next_told[at]))


def _first_bytes(data: Bytes, begin: Places, size: int) -> tuple[Any, Any]:
    """Say whether there is a figure among so many bytes from each place on or a few more, and any not of ASCII."""
    each = 0x0101010101010101
    eight = np.ndarray((len(data) - 7,), "<u8", data, 0, (1,))
    figure, foreign = np.zeros((2, len(begin)), np.uint64)
    for offset in range(0, size, 8):
        lane = eight[np.minimum(begin + offset, len(eight) - 1)]
        foreign |= lane
        lane ^= np.uint64(each * ord("0"))
        # The highest bit of a byte stays 0 only where it is less than 10.
        figure |= ~(((lane & np.uint64(each * 0x7F)) + np.uint64(each * (0x80 - 10))) | lane)
    high = np.uint64(each * 0x80)
    return figure & high != 0, foreign & high != 0
