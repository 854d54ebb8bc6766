"""Dates as columns: read dates in every form that scrapers usually write.

These are read: ISO 8601 with or without time, fraction and zone; what str() of Python's and pandas' dates gives;
YYYYMMDD with or without a time; seconds, milli-, micro- and nanoseconds since 1970; RFC 2822 and the C library's
form ('Sat, 14 Mar 2026 10:00:00 GMT', 'Sat Mar 14 10:00:00 2026'); JavaScript's; 2026/03/14, 14.03.2026, 3/14/26;
dates with the name of the month in some fifty languages ('March 14, 2026', '14. März 2026', '14 de marzo de 2026',
'2026年3月14日'); a month or a year alone; the numbers of days that spreadsheets have; '/Date(1773482400000)/'. What
these forms do not fit is read as words, see `copydesk.metadata.date_phrases`: labels around a date, the time before it,
the years of Iran, Thailand, Taiwan and Japan. Not read, but known to say when, are weeks ('2026-W11'), times that count
from today ('5 minutes ago'), and dates of further calendars.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from copydesk.checks.batch import Batch, shared
from copydesk.lazy import pl
from copydesk.metadata.date_phrases import read_phrase
from copydesk.metadata.date_words import months
from copydesk.metadata.times import ZONES

if TYPE_CHECKING:
    from polars import DataFrame, Expr, Series


__all__ = ["dates_of", "read_dates"]

_LETTER = r"[\p{L}\p{M}]"
_WEEKDAY = rf"(?:{_LETTER}[{_LETTER[1:-1]}-]*\.?,?\s+)?"
_OF = r"(?:de\s+|del\s+|of\s+)?"

#: Forms of dates: year, month and day, or day, month and year, and then the rest.
_YEAR_FIRST = (
    r"^(?P<y>\d{4})(?:[-/.]|[年년]\s*|\.\s+)(?P<m>\d{1,2})(?:[-/.]|[月월]\s*|\.\s+)(?P<d>\d{1,2})(?P<rest>\D.*)?$"
)
_COMPACT = r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?P<rest>\D.*)?$"
_NUMBERS = r"^(?P<d>\d{1,2})(?:[-/]|\.\s*)(?P<m>\d{1,2})(?:[-/]|\.\s*)(?P<y>\d{4}|\d{2})(?P<rest>\D.*)?$"
_DAY_NAMED = (
    rf"^{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?[\s-]*{_OF}(?P<name>{_LETTER}+)\.?,?[\s-]+{_OF}"
    r"(?P<y>\d{4}|\d{2})(?P<rest>[^\d:.hH].*|\.(?:\D.*)?)?$"  # in '14 Mar 10:30' there is no year
)
_NAMED_DAY = (
    rf"^{_WEEKDAY}(?P<name>{_LETTER}+)\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?P<rest>\D.*)?$"
)
_TIME_BEFORE_YEAR = (
    rf"^{_WEEKDAY}(?P<name>{_LETTER}+)\s+(?P<d>\d{{1,2}})\s+(?P<rest>[\d:]{{8}}(?:\s+{_LETTER}+)?)"
    r"\s+(?P<y>\d{4})$"
)
_MONTH_ONLY = r"^(?P<y>\d{4})-(?P<m>\d{1,2})$"
_MONTH_NAMED = rf"^(?P<name>{_LETTER}+)\.?,?\s+{_OF}(?P<y>\d{{4}})$"
_YEAR_ONLY = r"^(?P<y>\d{4})$"
_FORMS = (
    *(_YEAR_FIRST, _COMPACT, _NUMBERS, _DAY_NAMED, _NAMED_DAY, _TIME_BEFORE_YEAR),
    *(_MONTH_ONLY, _MONTH_NAMED, _YEAR_ONLY),
)

_TIME = (
    r"(?P<H>\d{1,2})(?:[:.]|\s?[hH]\s?)(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<F>\d+))?)?\s*(?P<half>[aApP]\.?[mM])?"
    r"\s*(?P<zone>[A-Za-z]+)?\s*(?P<offset>[+-]\d{2}(?::?\d{2})?)?"
)

#: A day and a time without separators, and the same with them.
_UNMARKED = r"^(\d{4})(\d\d)(\d\d)[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(\D.*)?$"
_MARKED = "${1}-${2}-${3}T${4}:${5}:${6}${7}"

#: Digits of other scripts, by their zeros: Arabic, Persian, those of India, Thai, wide ones.
_DIGITS = {chr(ord(zero) + digit): str(digit) for zero in "٠۰०০੦૦೦๐０" for digit in range(10)}

#: ISO 8601 as most have it.
_ZONED = "%Y-%m-%dT%H:%M:%S%.f%z"

#: A date as .NET writes it into JSON: milliseconds since 1970.
_JSON_DATE = r"^\\?/Date\((\d{9,14})(?:[+-]\d{4})?\)\\?/$"

#: A label before a date ('Published: '), and a time before one.
_LABEL = r"^[\p{L}\p{M} .'’]{2,40}[:：]\s*"
_TIME_FIRST = r"^(\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?)[\s,·|–-]+(.*\d.*)$"

#: The day 0 of spreadsheets (ECMA-376, part 1, 18.17.4.1), and the numbers from 1993 to 2099: others are no dates.
_SERIAL_ZERO = datetime(1899, 12, 30)
_SERIALS = (33970, 73050)
_DAY_SECONDS = 86_400

#: Years that are of another calendar, see `copydesk.metadata.calendars`; in digits of Nepal, so are late ones.
_IRAN_AND_ISLAM = (1360, 1479)
_THAILAND = (2530, 2599)
_LATE = 2040

#: Nanoseconds in the unit of a number since 1970, by its digits (from March 1973 on).
_EPOCHS = ((9, 11, 1_000_000_000), (12, 14, 1_000_000), (15, 17, 1_000), (18, 19, 1))


@shared
def dates_of(batch: Batch, field: str) -> DataFrame:
    """Return the dates in a field of a batch; see `read_dates`."""
    return read_dates(batch.articles[field])


def read_dates(texts: Series, *, in_words: bool = True) -> DataFrame:
    """Read dates.

    A date that can be read in two ways ('03/04/2026') or has no day is a span of time, from `low` to `high`.

    Args:
        texts: dates as written.
        in_words: whether to look for a date among words, too; without it, all of a text must be a date.

    Returns:
        A row each: `low` and `high` (Datetime in microseconds; in UTC where a zone is given, else as it stands) and
        `zoned` (Boolean, a zone is given). Null where no date could be read. `timely` (Boolean, never null): there is
        a date, or the text says when in another way, see `copydesk.metadata.date_phrases.Phrase`.
    """
    clean = texts.alias("text").str.strip_chars()
    moment = _moments(clean, _ZONED)
    zoned = moment.is_not_null()
    rest = (~zoned & clean.is_not_null()).arg_true()
    if len(rest):
        iso = clean.gather(rest).to_frame().select(_as_iso(pl.col("text"))).to_series()
        for form in (_ZONED, "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d"):
            read = _moments(iso, form)
            there = read.is_not_null()
            if not there.any():
                continue
            moment = moment.scatter(rest.filter(there), read.filter(there))
            zoned = zoned.scatter(rest.filter(there), form == _ZONED)
            rest, iso = rest.filter(~there), iso.filter(~there)
    frame = pl.DataFrame({"low": moment, "high": moment, "zoned": zoned})
    if len(rest):
        others = clean.gather(rest)
        distinct = others.unique().to_frame()
        table = pl.concat([distinct, _any_form(_western(distinct["text"]))], how="horizontal")
        other = others.to_frame().join(table, on="text", how="left", maintain_order="left")
        frame = pl.DataFrame([frame[c].scatter(rest, other[c]) for c in frame.columns])
    dated = pl.col("low").is_not_null()
    frame = frame.with_columns(zoned=pl.when(dated).then("zoned"), timely=dated)
    return _with_phrases(frame, clean) if in_words else frame


def _with_phrases(frame: DataFrame, texts: Series) -> DataFrame:
    """Read as words what no form fits, and what has a year of another calendar, or digits whose language has one."""
    known, year, text = pl.DataFrame({"year": frame["low"].dt.year(), "text": texts}), pl.col("year"), pl.col("text")
    foreign = year.is_between(*_IRAN_AND_ISLAM) | year.is_between(*_THAILAND)
    if (known["year"] > _LATE).any():
        foreign |= (year > _LATE) & text.str.contains("[०-९]")
    odd = (year.is_null() & (text != "")) | foreign
    rows = known.select(odd.fill_null(False).arg_true()).to_series()
    if rows.is_empty():
        return frame
    others = texts.gather(rows)
    distinct = others.unique()
    phrases = pl.DataFrame([read_phrase(text) for text in distinct], schema=frame.schema, orient="row")
    read = others.to_frame().join(phrases.with_columns(distinct), on="text", how="left", maintain_order="left")
    return pl.DataFrame([frame[c].scatter(rows, read[c]) for c in frame.columns])


def _moments(texts: Series, form: str) -> Series:
    """Read dates in one form; in UTC where they have a zone."""
    moment = pl.first().str.to_datetime(form, strict=False, time_unit="us").dt.replace_time_zone(None)
    return texts.to_frame().select(moment).to_series()


def _as_iso(text: Expr) -> Expr:
    """Return dates that are about in ISO 8601 with its mark between day and time, and its form of UTC."""
    marked = text.str.replace(r"^(\d{4}-\d\d-\d\d)[ t](\d\d:)", "${1}T${2}")
    return marked.str.replace(r"\s?(?:[Zz]|UTC|GMT)$", "+00:00")


def _western(texts: Series) -> Series:
    """Write numbers in the digits 0 to 9; null where a text has digits of a script that is not known here."""
    plain = texts.str.replace_many(_DIGITS)
    return plain.set(plain.str.contains(r"[\p{Nd}--[0-9]]"), None)


def _any_form(texts: Series) -> DataFrame:
    """Read dates that are not plain ISO 8601."""
    plain = texts.str.replace(_JSON_DATE, "${1}").str.replace(_LABEL, "").str.replace(_TIME_FIRST, "${2} ${1}")
    frame = plain.to_frame("text").with_row_index("row")
    schema = {"row": pl.UInt32, "low": pl.Datetime("us"), "high": pl.Datetime("us"), "zoned": pl.Boolean}
    results = [pl.concat([_since_1970(frame).cast(schema), _serials(frame).cast(schema)])]  # type: ignore[arg-type]
    left = frame.join(results[0], on="row", how="anti").with_columns(pl.col("text").str.replace(_UNMARKED, _MARKED))
    for form in _FORMS:
        if left.is_empty():
            break
        fits = left.filter(pl.col("text").str.contains(form))
        if fits.height:
            read = _read(fits, form)
            results.append(read.select(*schema).cast(schema))  # type: ignore[arg-type]
            left = left.join(read, on="row", how="anti")
    read = pl.concat(results)
    return frame.select("row").join(read, on="row", how="left", maintain_order="left").drop("row")


def _since_1970(frame: DataFrame) -> DataFrame:
    """Read numbers since 1970."""
    digits = pl.col("text").str.extract(r"^(\d{9,20})(?:\.\d+)?$")
    length = digits.str.len_chars()
    number = digits.cast(pl.Int64, strict=False)
    units = [
        pl.when(length.is_between(low, high)).then(number * (unit // 1_000) if unit > 1 else number // 1_000)
        for low, high, unit in _EPOCHS
    ]
    moment = pl.from_epoch(pl.coalesce(*units), time_unit="us")
    later = moment.dt.year() < _LAST_YEAR
    compact = length.is_in([12, 14]) & digits.str.contains(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
    read = frame.filter(digits.is_not_null() & ~compact).with_columns(low=moment).filter(later)
    return read.select("row", "low", high=pl.col("low"), zoned=pl.lit(True))


def _serials(frame: DataFrame) -> DataFrame:
    """Read the numbers of days, with a fraction for the time, that spreadsheets have for dates."""
    number = pl.col("text").str.extract(r"^(\d{5}(?:\.\d+)?)$").cast(pl.Float64)
    moment = pl.lit(_SERIAL_ZERO) + pl.duration(seconds=(number * _DAY_SECONDS).round())
    read = frame.filter(number.is_between(*_SERIALS)).with_columns(low=moment)
    return read.select("row", "low", high=pl.col("low"), zoned=pl.lit(False))


#: A number since 1970 that is after this year is the number of an article, and not its date.
_LAST_YEAR = 2200


def _read(frame: DataFrame, form: str) -> DataFrame:
    """Read dates in one form; leave out what is not a date, such as the 30th of February."""
    parts = frame.select("row", pl.col("text").str.extract_groups(form)).unnest("text")
    missing = [pl.lit(None, pl.String).alias(c) for c in ("m", "d", "rest") if f"(?P<{c}>" not in form]
    parts = parts.with_columns(*missing)
    if "(?P<name>" in form:
        named = pl.col("name").str.to_lowercase().replace_strict(months(), default=None, return_dtype=pl.Int64)
        parts = parts.with_columns(m=named.cast(pl.String))
    year = pl.col("y").cast(pl.Int64)
    year = pl.when(pl.col("y").str.len_chars() > 2).then(year).when(year < 70).then(year + 2000).otherwise(year + 1900)
    parts = parts.with_columns(y=year)
    january = pl.lit("1")
    low = _day("y", january if form is _YEAR_ONLY else pl.col("m"), pl.col("d") if "(?P<d>" in form else january)
    if form is _NUMBERS:
        other = _day("y", pl.col("d"), pl.col("m"))
        first, last = pl.min_horizontal(low, other), pl.max_horizontal(low, other)
    elif form in (_MONTH_ONLY, _MONTH_NAMED):
        first, last = low, low.dt.offset_by("1mo")
    elif form is _YEAR_ONLY:
        first, last = low, low.dt.offset_by("1y")
    else:
        first = last = low
    days = parts.with_columns(low=first.cast(pl.Datetime("us")), high=last.cast(pl.Datetime("us")))
    # Four digits alone can be any number: '0900' and '2400' are not years here.
    if form is _YEAR_ONLY:
        days = days.filter(pl.col("y").is_between(1000, _LAST_YEAR))
    return _with_time(days.filter(pl.col("low").is_not_null()))


def _day(year: str, month: Expr, day: Expr) -> Expr:
    padded = (pl.col(year).cast(pl.String).str.zfill(4), month.str.zfill(2), day.str.zfill(2))
    return pl.concat_str(*padded, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _with_time(days: DataFrame) -> DataFrame:
    """Add the time that follows a day, in UTC if it has a zone; leave out times that do not exist."""
    time = pl.col("rest").str.extract_groups(_TIME)
    parts = days.with_columns(time.struct.rename_fields(["h", "n", "s", "f", "half", "zone", "offset"]).alias("t"))
    t = {c: pl.col("t").struct.field(c) for c in ("h", "n", "s", "f", "half", "zone", "offset")}
    hour = t["h"].cast(pl.Int64).fill_null(0)
    minute = t["n"].cast(pl.Int64).fill_null(0)
    second = t["s"].cast(pl.Int64).fill_null(0)
    after_noon = t["half"].str.to_lowercase().str.starts_with("p")
    hour = pl.when(after_noon.is_not_null()).then(hour % 12 + 12 * after_noon.cast(pl.Int64)).otherwise(hour)
    micro = t["f"].str.head(6).str.pad_end(6, "0").cast(pl.Int64).fill_null(0)
    named = t["zone"].str.to_uppercase().replace_strict(ZONES, default=None, return_dtype=pl.Int64)
    digits = t["offset"].str.replace(":", "").str.pad_end(5, "0")
    sign = pl.when(digits.str.starts_with("-")).then(-1).otherwise(1)
    ahead = sign * (digits.str.slice(1, 2).cast(pl.Int64) * 60 + digits.str.slice(3, 2).cast(pl.Int64))
    offset = pl.coalesce(ahead, named * 60)
    parts = parts.with_columns(hour=hour, minute=minute, second=second, micro=micro, ahead=offset)
    parts = parts.filter((pl.col("hour") <= 24) & (pl.col("minute") <= 59) & (pl.col("second") <= 60))
    into = pl.duration(hours="hour", minutes="minute", seconds="second", microseconds="micro")
    into = into - pl.duration(minutes=pl.col("ahead").fill_null(0))
    return parts.with_columns(
        low=pl.col("low") + into, high=pl.col("high") + into, zoned=pl.col("ahead").is_not_null()
    ).select("row", "low", "high", "zoned")
