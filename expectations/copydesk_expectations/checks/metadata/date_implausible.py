"""The check `date-implausible`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.dates import dates_of
from copydesk.model.finding import flagged
from copydesk.model.overview import Shown
from copydesk_expectations.detection.metadata import date_faults as faults
from copydesk_expectations.detection.metadata.address_dates import address_dates

#: What stands for no date at all, in lower case.
_NONE = ("", "nan", "nat", "none", "null", "undefined", "n/a", "-")


@dataclass(frozen=True, kw_only=True)
class DateImplausible(ArticleCheck):
    """Expect an article's dates to be dates on which it can have appeared.

    What it finds:
        A date of publication or change that is no date, that lies in the future (by more than a day), or that lies
        before `earliest`. A date of publication that is more than `url_days` days from the day in the article's
        address, or more than a month from the month in it. A change more than a day before the publication.

    Why it matters:
        Timelines, splits by time and the search for copies all rest on the date. A date that could not be read becomes
        the day of the crawl, or the first of January 1970.

    Known limits:
        Where day and month may be taken for each other (03/04/2026), the date is wrong only if both readings are.
        'NaT', 'None' and blanks are missing dates, and no findings. What says when without a day
        ('five minutes ago', 'Yesterday', '2026-W11') is left alone, and so are dates of calendars that are not read
        (the Islamic and the Hebrew one, that of Nepal). Those of Iran, Thailand, Taiwan and Japan are read.
        A date without a zone may be off by half a day; all limits are wider. The dates of one collection are not
        held against each other.

    Passes:
        - published: "2026-03-14T10:00:00+01:00"
          modified: "2026-03-14T09:30:00Z"
          url: https://example.org/2026/03/14/bridge
        - published: 14. März 2026
        - published: "Updated 10:15 AM EDT, Sat March 14, 2026"
        - published: ۲۴ اسفند ۱۴۰۴
        - published: five minutes ago
        - published: 03/04/2026
          url: https://example.org/2026/04/03/bridge

    Fails:
        - published: not yet
          finds: [not yet]
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
    overview: ClassVar[Shown] = "dates"

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
        dates = [dates_of(batch, f).select(pl.col("low", "high", "timely").name.prefix(f"{f}_")) for f in fields]
        articles = batch.articles.select("article", "url", *fields)
        frame = pl.concat([articles, *dates, address_dates(batch.text("url"))], how="horizontal")
        odd = {
            "published": (faults.is_far_from_address(self.url_days), faults.far_from_address(), "url"),
            "modified": (faults.is_changed_too_early(), faults.changed_too_early(), "published"),
        }
        now = _utc(self.now) if self.now else datetime.now(UTC).replace(tzinfo=None)
        return pl.concat(self._of_field(frame, field, now, *odd[field]) for field in fields)

    def _of_field(
        self, frame: pl.DataFrame, field: str, now: datetime, odd: pl.Expr, why_odd: pl.Expr, beside: str
    ) -> pl.LazyFrame:
        """Return what is wrong with the dates of one field, or odd beside another field."""
        text, first = pl.col(field), _utc(self.earliest)
        looks = (
            (faults.is_unreadable(field), pl.lit("no date that can be read")),
            (faults.is_in_future(field, now), pl.lit(f"lies in the future of {now:%Y-%m-%d}")),
            (faults.is_before(field, first), pl.lit(f"lies before {first:%Y-%m-%d}")),
            (odd, why_odd),
        )
        # Few dates are wrong, so that reasons are made for those alone.
        wrong = frame.filter(text.is_not_null() & pl.any_horizontal(fault for fault, _ in looks)).lazy()
        spans = wrong.filter(~text.str.strip_chars().str.to_lowercase().is_in(_NONE)).with_columns(
            reason=pl.coalesce(pl.when(fault).then(reason) for fault, reason in looks),
            related=pl.when(odd).then(beside),
            start=text.str.len_chars() - text.str.strip_chars_start().str.len_chars(),
        )
        spans = spans.with_columns(end=pl.col("start") + text.str.strip_chars().str.len_chars())
        return flagged(spans, field=field, reason=pl.col("reason"), related=pl.col("related"))


def _utc(iso: str) -> datetime:
    """Read a moment in ISO 8601, as UTC without a zone."""
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
