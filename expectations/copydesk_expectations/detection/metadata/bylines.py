"""What a byline says that names nobody: predicates over an author, each an expression of polars.

An author is a row with `text`, the words as they stand, and `line`, the same as `normalised` gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from copydesk.lazy import pl
from copydesk.metadata.dates import read_dates
from copydesk.text.buffer import Text
from copydesk_expectations.tables import read_table

if TYPE_CHECKING:
    from polars import DataFrame, Expr, Series

    from copydesk.lexicon.lexicon import Lexicon

T = TypeVar("T", "Expr", "Series")

__all__ = [
    "has_markup",
    "has_no_letter",
    "is_address",
    "is_agency",
    "is_control",
    "is_date",
    "is_section",
    "is_time",
    "may_be_nobody",
    "split_authors",
    "without_by",
]

#: What stands between authors. A mark of its own (a control character) is put around it to cut there.
_BETWEEN = r"(\s*[,;|•·\n\r]+\s*|\s+(?:&|/|and|und|et|och|og|en|y|e|и|та|і|ja|ve)\s+)"
_CUT = "\x1e"
_BUT_FIRST = rf"(?s){_BETWEEN}.*"

#: What opens a byline before the name; the second also as it stands, with marks before it.
_BY = r"^(?:by|von|par|por|di|door|av|af|od|от|autor|author|written by|text)\b[:\s]+"
_BY_AS_IT_STANDS = rf"(?i)^[^\p{{L}}\p{{N}}]*{_BY[1:]}"

#: A time of the day, as pages print it beside a name.
_CLOCK = (
    r"(?i)^(?:(?:published|posted|updated|stand|publié|mis à jour|aktualisiert)\b.*)?\d{1,2}[:.h]\d{2}"
    r"\s*(?:[ap]\.?m\.?|uhr|h|[a-z]{3,4})?$"
)

#: How long ago, in the languages of the lexicons.
_AGO = (
    r"(?i)^(?:\d+|an?|one|few)?\s*(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?\s+(?:ago|read)$"
    r"|^\d+\s+[\p{L}\p{M}.]+\s+(?:назад|тому|temu|önce|geleden|sitten|fa|پیش|पहले|trước|lalu|yang lalu|πριν)$"
    r"|^(?:vor|hace|il y a|há|for|för|πριν(?: από)?|před|منذ)\s+\d+\s+[\p{L}\p{M}.]+(?:\s+(?:siden|sedan))?$"
    r"|^\d+\s*(?:分钟|分鐘|小时|小時|天|分|時間|日|분|시간|일)\s*(?:之?前|전)$"
)

#: What a reader can do with a name.
_CONTROL = r"(?i)^(?:e-?mail (?:the )?author|view (?:all )?(?:posts|articles)|follow(?: @\S+)?|share|bio)$"

#: An address of a page or of mail, or a handle.
_ADDRESS = r"(?i)^(?:https?://\S+|www\.\S+|@[\w.]+|\S+@\S+\.[a-z]{2,}|[\w.-]+\.(?:com|org|net)(?:/\S*)?)$"

#: Stands in, or before, whatever is found but for phrases: digits, addresses, markup, words of times and controls,
#: no letter, a capital within a word; and characters that are others once they are `normalised`.
_SUSPECT = (
    r"\p{Ll}\p{Lu}|(?i:\d|^\P{L}|@|://|www\.|\.(?:com|org|net)|<|&[a-z#]|\b(?:ago|read|e-?mail|view|follow|share|bio)\b)"
    r"|[\x{ad}\x{640}\x{200b}-\x{24ff}\x{fb00}-\x{10ffff}]"
)

#: A tag or an entity of HTML.
_MARKUP = r"<[a-zA-Z/!][^>]*>|&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});"

#: A year alone, of so many characters, is no date.
_YEAR = 4


def may_be_nobody(bylines: Series, lexicon: Lexicon, kind: str) -> Series:
    """Return which bylines are worth cutting into authors: few more than those that name nobody.

    All authors must be nobody, hence the first one, but for what is no part of a name beside one either.

    Args:
        bylines: distinct bylines.
        lexicon: the lexicon with the phrases that name nobody.
        kind: the kind of these phrases.
    """
    whole = bylines.fill_null("")
    likely = whole.str.contains(_SUSPECT)
    named = whole.str.replace(_BY_AS_IT_STANDS, "")
    for lines in (whole, named, whole.str.replace(_BUT_FIRST, ""), named.str.replace(_BUT_FIRST, "")):
        likely |= is_section(lines.str.to_lowercase().str.strip_chars())
        other = (~likely if lines is whole else ~likely & (lines != whole)).arg_true()
        if len(other):
            likely = likely.scatter(other.filter(lexicon.can_be(Text(lines.gather(other)), kind)), True)
    return likely


def is_agency(line: Expr) -> Expr:
    """Return whether a normalised line is the name of an agency."""
    return line.is_in(read_table("agencies"))


def is_date(texts: Series, *, in_words: bool = False) -> Series:
    """Return whether texts are dates; `in_words`: with other words around them, too."""
    digits = texts.str.contains(r"\d").fill_null(False)
    return read_dates(texts.set(~digits, None), in_words=in_words)["low"].is_not_null() & (
        texts.str.len_chars() > _YEAR
    )


def is_time() -> Expr:
    """Return whether an author is a time of the day, or says how long ago."""
    return pl.col("text").str.contains(_CLOCK) | pl.col("text").str.contains(_AGO)


def is_control() -> Expr:
    """Return whether an author is a button of the page."""
    return pl.col("text").str.contains(_CONTROL)


def is_address() -> Expr:
    """Return whether an author is an address or a handle."""
    return pl.col("text").str.contains(_ADDRESS)


def is_section(line: T) -> T:
    """Return whether normalised lines are the names of a newspaper's section."""
    return line.is_in(read_table("section_names"))


def has_no_letter() -> Expr:
    """Return whether an author has no letter."""
    return ~pl.col("text").str.contains(r"\p{L}")


def has_markup() -> Expr:
    """Return whether an author holds markup."""
    return pl.col("text").str.contains(_MARKUP)


def without_by(line: Expr) -> Expr:
    """Return a normalised line without the 'by' before the name."""
    return line.str.replace(_BY, "")


def split_authors(bylines: DataFrame) -> DataFrame:
    """Cut distinct bylines at what stands between authors: `byline`, `text`, `start`, `end`, a row an author."""
    cut = pl.col("byline").str.replace_all(_CUT, " ").str.replace_all(_BETWEEN, f"{_CUT}${{1}}{_CUT}").str.split(_CUT)
    pieces = bylines.with_columns(piece=cut).explode("piece")
    length = pl.col("piece").str.len_chars().cast(pl.Int64)
    lead = length - pl.col("piece").str.strip_chars_start().str.len_chars()
    placed = pieces.with_columns(
        start=length.cum_sum().over("byline") - length + lead,
        name=pl.int_range(pl.len()).over("byline") % 2 == 0,
        text=pl.col("piece").str.strip_chars(),
    )
    return placed.filter(pl.col("name") & (pl.col("text") != "")).select(
        "byline", "text", "start", end=pl.col("start") + pl.col("text").str.len_chars()
    )
