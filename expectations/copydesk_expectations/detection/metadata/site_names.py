"""Parts of headlines that can be the name of a site: behind a mark at the end, or before one at the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl

if TYPE_CHECKING:
    from polars import DataFrame, Expr

__all__ = ["site_names"]

#: What parts a headline from its site: marks between spaces, bars without, a colon with a space behind, and in
#: Chinese, Japanese and Korean headlines a dash or low line without spaces.
_MARK = r"(?:\s+[-–—:•·»|]+\s+|\s*[|｜»•]\s*|:\s+|－)"
_TAIL = rf"(?s)^.*\S({_MARK}[^\s|｜»•][^|｜»•]{{0,100}})$"
_TAIL_UNSPACED = r"(?s)^.*[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Pe}\p{Pf}？！][^\S\n]*([-_–—][^-_–—]{1,100})$"
_HEAD = r"(?s)^([^-–—•·»|｜\s][^-–—•·»|｜]{1,60}?(?:\s+[-–—•·»|]\s+|\s*[|｜»•]\s*))\S"
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"

#: Found in every headline that can have such a part.
_ANY_MARK = r"\s[-–—:•·»]|[|｜»•－]|:\s|[^\x00-\x{2fff}].*[-_–—]|[\p{Pe}\p{Pf}][-_–—]"


def site_names(headlines: DataFrame) -> DataFrame:
    """Return what could be a site's name, of the headlines that have such a part.

    Args:
        headlines: a row for each headline, with its stripped `text`.

    Returns:
        The other columns, with `last` (the last part with the mark before it), `second` (the last two), `first` (the
        first part with the mark behind it), null where there is none; `last_named`, `second_named` and `first_named`,
        the part of each that would be a publisher's name; and `length`, of the headline.
    """
    text, last, first = pl.col("text"), pl.col("last"), pl.col("first")
    before = pl.when(last.is_not_null()).then(text.str.strip_suffix(last))
    return (
        headlines.filter(text.str.contains(_ANY_MARK))
        .lazy()
        .with_columns(last=_tail(text))
        .with_columns(second=pl.concat_str(_tail(before), "last"), first=text.str.extract(_HEAD))
        .filter(pl.any_horizontal(pl.col("last", "first").is_not_null()))
        .with_columns(
            length=text.str.len_chars(),
            last_named=_unless_colon(last),
            second_named=_unless_colon(pl.col("second").str.strip_suffix(last)),
            first_named=pl.when(first.str.contains(r"[|»•·｜]\s*$")).then(first),
        )
        .drop("text")
        .collect()
    )


def _unless_colon(text: Expr) -> Expr:
    # What stands behind a colon is content, not a name.
    return pl.when(~text.str.contains(r"^\s*:")).then(text)


def _tail(text: Expr) -> Expr:
    """Return the last part of each headline with the mark before it."""
    unspaced = pl.when(text.str.contains(_UNSPACED)).then(text.str.extract(_TAIL_UNSPACED))
    return pl.coalesce(text.str.extract(_TAIL), unspaced)
