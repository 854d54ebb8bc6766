"""The check `date-implausible`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.metadata.dates import dates_of
from copydesk.model.finding import flagged
from copydesk.text.distinct import Distinct

if TYPE_CHECKING:
    from polars import DataFrame, Series

    from copydesk.text.buffer import Text

#: What stands for no date at all, in lower case.
_NONE = ("", "nan", "nat", "none", "null", "undefined", "n/a", "-")

#: A day in an address: /2026/03/14/, /2026-03-14-, /20260314/, /2026/0314/, /2026/mar/14/. In /2026/03/14-tips the
#: number belongs to the words behind it.
_URL_DAYS = (
    r"/((?:19|20)[0-9]{2})/([0-9]{1,2})/([0-9]{1,2})(?:/|\Z)",
    r"/((?:19|20)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?:[-/_.T]|\Z)",
    r"/((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[-/_.T]|\Z)",
    r"/((?:19|20)[0-9]{2})/([0-9]{2})([0-9]{2})/",
    r"/((?:19|20)[0-9]{2})/([a-zA-Z]{3})/([0-9]{1,2})(?:/|\Z)",
)
_URL_MONTH = r"/((?:19|20)[0-9]{2})/([0-9]{2})(?:/|\Z)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: The longest of these, with what must stand behind it; a month by its name takes a byte more.
_URL_BYTES = 12

#: A month in an address says no more than about when: so many days around it are no error.
_MONTH_DAYS = 31


@dataclass(frozen=True, kw_only=True)
class DateImplausible(ArticleCheck):
    """Expect an article's dates to be dates on which it can have appeared.

    What it finds:
        A date of publication or change that is no date, lies in the future (by more than a day) or before
        `earliest`; a date of publication more than `url_days` days from the day in the article's address, or more
        than a month from the month in it; a change more than a day before the publication.

    Why it matters:
        Timelines, splits by time and the search for copies all rest on the date, and a date that could not be read
        becomes the day of the crawl, or the first of January 1970.

    Known limits:
        Where day and month may be taken for each other (03/04/2026), the date is wrong only if both readings are.
        'NaT', 'None' and blanks are missing dates, and no findings. Weeks and what counts from today are not read.
        A date without a zone may be off by half a day; all limits are wider. The dates of one collection are not
        held against each other.

    Passes:
        - published: "2026-03-14T10:00:00+01:00"
          modified: "2026-03-14T09:30:00Z"
          url: https://example.org/2026/03/14/bridge
        - published: 14. März 2026
        - published: 03/04/2026
          url: https://example.org/2026/04/03/bridge

    Fails:
        - published: five minutes ago
          finds: [five minutes ago]
        - published: "2999-12-31"
          finds: ["2999-12-31"]
        - published: "1970-01-01T00:00:00Z"
          finds: ["1970-01-01T00:00:00Z"]
        - published: "2026-03-14"
          url: https://example.org/2024/01/02/bridge
          finds: ["2026-03-14"]
        - published: "2026-03-14"
          modified: "2026-03-10"
          finds: ["2026-03-10"]

    Options:
        now: the time at which the collection was made, in ISO 8601; the present time if empty.
        earliest: the first day on which an article can have appeared, in ISO 8601.
        url_days: how many days the date of publication may lie from the day in the address.

    Source:
        newspaper4k#575 (dates after the fetch); the first news sites are of 1993. Two days are what time zones and
        a story that is updated after midnight need.
    """

    name: ClassVar[str] = "date-implausible"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("published",)

    now: str = ""
    earliest: str = "1993-01-01"
    url_days: int = 2

    def __post_init__(self) -> None:
        for option, value in (("now", self.now or "2026-01-01"), ("earliest", self.earliest)):
            try:
                _utc(value)
            except ValueError:
                raise ValueError(f"expected {option} in ISO 8601, as 2026-03-14T10:00:00Z, got {value!r}") from None
        if self.url_days < 0:
            raise ValueError(f"expected url_days of 0 or more, got {self.url_days}")

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the dates that cannot be."""
        fields = [field for field in ("published", "modified") if field in batch.fields]
        dates = [dates_of(batch, field).select(pl.col("low", "high").name.prefix(f"{field}_")) for field in fields]
        articles = batch.articles.select("article", "url", *fields)
        frame = pl.concat([articles, *dates, _url_dates(batch.text("url"))], how="horizontal")
        now = _utc(self.now) if self.now else datetime.now(UTC).replace(tzinfo=None)
        low, high = pl.col("published_low"), pl.col("published_high")
        away = pl.max_horizontal(pl.col("url_low") - high, low - pl.col("url_high"))
        allowed = (
            pl.when(pl.col("url_exact")).then(pl.duration(days=self.url_days)).otherwise(pl.duration(days=_MONTH_DAYS))
        )
        by_url = pl.format(
            "{} days from the {} in the address, {}",
            away.dt.total_days(),
            pl.when("url_exact").then(pl.lit("day")).otherwise(pl.lit("month")),
            pl.when("url_exact")
            .then(pl.col("url_low").dt.to_string("%Y-%m-%d"))
            .otherwise(pl.col("url_low").dt.to_string("%Y-%m")),
        )
        early = pl.col("modified_high") < low - pl.duration(days=1)
        before = pl.format("changed before it was published, on {}", low.dt.to_string("%Y-%m-%d"))
        found = [self._of_field(frame, "published", now, odd=away > allowed, why=by_url, related="url")]
        if "modified" in fields:
            found.append(self._of_field(frame, "modified", now, odd=early, why=before, related="published"))
        return pl.concat(found)

    def _of_field(
        self, frame: pl.DataFrame, field: str, now: datetime, *, odd: pl.Expr, why: pl.Expr, related: str
    ) -> pl.LazyFrame:
        """Return what is wrong with the dates of one field, or odd beside a related one."""
        text, low, high = pl.col(field), pl.col(f"{field}_low"), pl.col(f"{field}_high")
        stripped = text.str.strip_chars()
        first = _utc(self.earliest)
        late, old = low > now + timedelta(days=1), high < first
        reason = (
            pl.when(low.is_null())
            .then(pl.lit("no date that can be read"))
            .when(late)
            .then(pl.lit(f"lies in the future of {now:%Y-%m-%d}"))
            .when(old)
            .then(pl.lit(f"lies before {first:%Y-%m-%d}"))
            .otherwise(why)
        )
        # What is wrong is rare: only of that is it said how.
        wrong = frame.filter(text.is_not_null() & (low.is_null() | late | old | odd)).lazy()
        wrong = wrong.filter(~stripped.str.to_lowercase().is_in(_NONE)).with_columns(
            reason=reason,
            related=pl.when(odd).then(related),
            start=text.str.len_chars() - text.str.strip_chars_start().str.len_chars(),
        )
        wrong = wrong.with_columns(end=pl.col("start") + stripped.str.len_chars())
        return flagged(wrong, field=field, reason=pl.col("reason"), related=pl.col("related"))


def _utc(iso: str) -> datetime:
    """Read a moment in ISO 8601, as UTC without a zone."""
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def _url_dates(urls: Text) -> DataFrame:
    """Return when an address says that its article appeared: `url_low`, `url_high`, and `url_exact`, on a day."""
    parts = Distinct(_dated_parts(urls))
    said = [_day_said(part) if part else (None, False) for part in parts.values]
    found = pl.DataFrame(said, schema={"url_low": pl.Date, "url_exact": pl.Boolean}, orient="row")
    found = found.with_columns(pl.col("url_low").cast(pl.Datetime("us")))
    high = (
        pl.when("url_exact").then(pl.col("url_low").dt.offset_by("1d")).otherwise(pl.col("url_low").dt.offset_by("1mo"))
    )
    return found.with_columns(url_high=high)[parts.of]


def _dated_parts(urls: Text) -> Series:
    """Return of each address the part from the first to the last number that may be a date; null without one."""
    data = urls.data
    at = np.flatnonzero(data == ord("/"))
    century = data[at + 1] * np.int64(256) + data[at + 2]
    at = at[(century == int.from_bytes(b"19")) | (century == int.from_bytes(b"20"))]
    query = np.append(np.flatnonzero((data == ord("?")) | (data == ord("#"))), len(data))
    stop = np.minimum(query[np.searchsorted(query, urls.begin)], urls.end)
    row = urls.of(at)
    inside = at < stop[row]
    at, row = at[inside], row[inside]
    end = at + _URL_BYTES + (data[at + 6] > ord("9"))
    turn = np.flatnonzero(np.diff(row, prepend=-1))
    rows = row[turn]
    end = np.minimum(end[np.flatnonzero(np.diff(row, append=-1))], stop[rows])
    while len(inside := np.flatnonzero(data[end] & 0xC0 == 0x80)):  # not within a character
        end[inside] += 1
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(urls.begin))
    return none.scatter(rows, urls.cut(at[turn], end))


@lru_cache(1 << 14)
def _day_said(part: str) -> tuple[date | None, bool]:
    """Return the day that a part of an address says, or else the first day of the month; and whether it is a day."""
    for pattern in _URL_DAYS:
        if found := re.search(pattern, part):
            year, month, day = found.groups()
            month = _MONTHS.index(month.lower()) + 1 if month.lower() in _MONTHS else month
            if said := _date(year, month, day):
                return said, True
    found = re.search(_URL_MONTH, part)
    return (_date(found[1], found[2], "1") if found else None), False


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
