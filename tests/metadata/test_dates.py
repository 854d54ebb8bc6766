"""Dates that Python writes in any form are read back; what is no date is none."""

from __future__ import annotations

import email.utils
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.metadata.dates import read_dates

offsets = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m - m % 15)))
seconds = st.datetimes(datetime(1974, 1, 1), datetime(2199, 12, 31)).map(lambda d: d.replace(microsecond=0))
many = st.lists(st.tuples(seconds, offsets), min_size=1, max_size=8)


def english(moment: datetime, form: str) -> str:
    """Write a date in English; `calendar` and strftime know the machine's locale, and no test sets one."""
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    month, day = months[moment.month - 1], days[moment.weekday()]
    for sign, word in (("%B", month), ("%b", month[:3]), ("%A", day), ("%a", day[:3]), ("%-d", str(moment.day))):
        form = form.replace(sign, word)
    return moment.strftime(form)


def read(*texts: str | None) -> list[tuple[datetime, datetime, bool]]:
    frame = read_dates(pl.Series(texts, dtype=pl.String))
    assert frame.height == len(texts)
    return frame.drop("timely").rows()


def timely(*texts: str | None) -> list[bool]:
    return read_dates(pl.Series(texts, dtype=pl.String))["timely"].to_list()


ZONED: dict[str, Callable[[datetime], str]] = {
    "iso": datetime.isoformat,
    "str": str,
    "basic": lambda d: d.strftime("%Y%m%dT%H%M%S%z"),
    "no colon": lambda d: d.strftime("%Y-%m-%dT%H:%M:%S%z"),
    "go": lambda d: d.strftime("%Y-%m-%d %H:%M:%S %z"),
    "rfc 2822": email.utils.format_datetime,
    "seconds": lambda d: str(int(d.timestamp())),
    "milliseconds": lambda d: str(int(d.timestamp()) * 1000),
    "nanoseconds": lambda d: str(int(d.timestamp()) * 1_000_000_000),
    "javascript": lambda d: english(d, "%a %b %d %Y %H:%M:%S GMT%z (A Zone)"),
    "zulu": lambda d: d.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "http": lambda d: english(d.astimezone(UTC), "%a, %d %b %Y %H:%M:%S GMT"),
    "pandas": lambda d: d.isoformat(sep=" ") + "",
}

NAIVE: dict[str, str] = {
    "iso": "%Y-%m-%dT%H:%M:%S",
    "str": "%Y-%m-%d %H:%M:%S",
    "fraction": "%Y-%m-%d %H:%M:%S.000000",
    "slashes": "%Y/%m/%d %H:%M:%S",
    "digits": "%Y%m%d%H%M%S",
    "ctime": "%a %b %d %H:%M:%S %Y",
    "english": "%B %-d, %Y at %I:%M:%S %p",
    "british": "%A, %d %B %Y %H:%M:%S",
    "chinese": "%Y年%m月%d日 %H:%M:%S",
}

DAYS: dict[str, str] = {
    "iso": "%Y-%m-%d",
    "compact": "%Y%m%d",
    "slashes": "%Y/%m/%d",
    "english": "%B %-d, %Y",
    "short": "%b. %-d, %Y",
    "british": "%-d %B %Y",
    "oracle": "%d-%b-%Y",
    "german": "%d. %B %Y",
    "korean": "%Y년 %m월 %d일",
}


@settings(max_examples=8)
@given(many)
def test_a_moment_with_a_zone_is_read_back_in_utc(dates: list[tuple[datetime, timezone]]) -> None:
    moments = [d.replace(tzinfo=zone) for d, zone in dates]
    expected = [(utc, utc, True) for utc in (m.astimezone(UTC).replace(tzinfo=None) for m in moments)]
    assert read(*(form(m) for form in ZONED.values() for m in moments)) == expected * len(ZONED)


@settings(max_examples=8)
@given(st.lists(seconds, min_size=1, max_size=8))
def test_a_moment_without_a_zone_is_read_back_as_it_stands(dates: list[datetime]) -> None:
    texts = [english(d, form) for form in NAIVE.values() for d in dates]
    assert read(*texts) == [(d, d, False) for d in dates] * len(NAIVE)


@settings(max_examples=8)
@given(st.lists(seconds, min_size=1, max_size=8))
def test_a_day_is_read_back(dates: list[datetime]) -> None:
    midnights = [d.replace(hour=0, minute=0, second=0) for d in dates]
    texts = [english(d, form) for form in DAYS.values() for d in dates]
    assert read(*texts) == [(d, d, False) for d in midnights] * len(DAYS)


@settings(max_examples=8)
@given(st.lists(seconds, min_size=1, max_size=8), st.sampled_from("./-"))
def test_either_order_of_day_and_month_is_among_the_readings(dates: list[datetime], mark: str) -> None:
    for form in (f"%d{mark}%m{mark}%Y", f"%m{mark}%d{mark}%Y"):
        for d, (low, high, _) in zip(dates, read(*(d.strftime(form) for d in dates)), strict=True):
            assert d.date() in (low.date(), high.date())
            assert (low == high) == (d.day > 12 or d.day == d.month)


@settings(max_examples=8)
@given(st.lists(seconds, min_size=1, max_size=8))
def test_a_month_or_a_year_alone_is_all_of_it(dates: list[datetime]) -> None:
    for form in ("%Y-%m", "%B %Y", "%Y"):
        for d, (low, high, _) in zip(dates, read(*(english(d, form) for d in dates)), strict=True):
            assert low <= d < high <= low + timedelta(days=366)


def test_months_of_a_score_of_languages_are_read() -> None:
    said = ["14. März 2026", "14 mars 2026", "14 de marzo de 2026", "14 marzo 2026", "14 de março de 2026",
            "14 maart 2026", "14. marts 2026", "14. mars 2026", "14. maaliskuuta 2026", "14 marca 2026",
            "14. března 2026", "14 марта 2026", "14 березня 2026", "14 Μαρτίου 2026", "14 Mart 2026",
            "2026. 3. 14.", "14 martie 2026", "14 Maret 2026"]  # fmt: skip
    assert {low.date() for low, _, _ in read(*said)} == {date(2026, 3, 14)}


def test_what_is_no_date_is_none() -> None:
    said = ["", " ", "soon", "5 minutes ago", "Yesterday", "2026-02-30", "2026-13-01", "31/31/2026", "0000-00-00",
            "12345", "2026-03-14T25:00:00", "14 Martius 2026", "9" * 21, "nan", "2026-W11", "9999"]  # fmt: skip
    assert set(map(str, read(*said, None))) == {"(None, None, None)"}


def test_what_says_when_is_told_from_what_is_no_date() -> None:
    said = ["2 hours ago", "vor 3 Stunden", "Yesterday", "昨天", "2시간 전", "2026-W11", "1447/09/25"]
    assert all(timely(*said, "2026-03-14", "14. März 2026"))
    assert not any(timely("", None, "not yet", "Staff", "2026-02-30", "0000-00-00", "31/31/2026", "14 Mar, 10:00"))


@settings(max_examples=8)
@given(
    st.lists(seconds, min_size=1, max_size=8),
    st.sampled_from(["Published: ", "Stand: ", "发布时间：", "Mis à jour : "]),
)
def test_a_label_or_the_time_before_a_date_changes_nothing(dates: list[datetime], label: str) -> None:
    for form in ("%Y-%m-%d %H:%M:%S", "%d %B %Y, %H:%M:%S"):
        texts = [english(d, form) for d in dates]
        assert read(*(label + text for text in texts)) == read(*texts) == [(d, d, False) for d in dates]
    assert read(*(english(d, "%H:%M:%S, %d %b %Y") for d in dates)) == [(d, d, False) for d in dates]


@settings(max_examples=8)
@given(st.lists(st.datetimes(datetime(1993, 2, 1), datetime(2099, 12, 31)), min_size=1, max_size=8))
def test_the_numbers_of_spreadsheets_and_of_json_are_dates(dates: list[datetime]) -> None:
    whole = [d.replace(microsecond=0) for d in dates]
    serials = [(d - datetime(1899, 12, 30)) / timedelta(days=1) for d in whole]
    assert read(*(f"{n:.8f}" for n in serials)) == [(d, d, False) for d in whole]
    stamps = [int(d.replace(tzinfo=UTC).timestamp()) * 1000 for d in whole]
    assert read(*(f"/Date({n})/" for n in stamps)) == [(d, d, True) for d in whole]


def test_years_of_other_calendars_are_read_in_plain_forms() -> None:
    (thai, _, _), (low, high, _) = read("2569-03-14", "1404-12-24")
    assert thai == low == datetime(2026, 3, 14)
    assert high == datetime(2026, 3, 15)
    assert read("2082-03-14")[0][0] == datetime(2082, 3, 14)
    assert read_dates(pl.Series(["२०८२-०३-१४"]))["low"].to_list() == [None]  # of the calendar of Nepal


@settings(max_examples=20)
@given(st.lists(st.one_of(st.none(), st.text(max_size=30), st.text("0123456789-/:. TZ+年月日aMr,", max_size=25))))
def test_any_text_is_taken(texts: list[str | None]) -> None:
    for text, (low, high, zoned) in zip(texts, read(*texts), strict=True):
        assert (low is None) == (high is None) == (zoned is None)
        assert low is None or (text is not None and low <= high)


@settings(max_examples=25)
@given(
    st.sampled_from("٠۰०๐０០᠐௦"),
    st.dates(date(1990, 1, 1), date(2039, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%Y%m%d", "%Y-%m-%d %H:%M"]),
)
def test_digits_of_other_scripts_are_read(zero: str, day: date, form: str) -> None:
    said = day.strftime(form)
    assert read(said) == read("".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in said))
