"""Quotations: lines that somebody says, and titles in quotation marks. Predicates over `text`, for polars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl

if TYPE_CHECKING:
    from polars import Expr

__all__ = ["is_quoted_title", "is_speech"]

#: Marks that open a quotation, and those that close one, in the languages of the lexicons.
_OPEN = r"[\"“”„«»‹›‘‚「『《〈＂]"
_CLOSE = r"[\"”“»«›‹’‘」』》〉＂]"

#: A quotation at the beginning of a line, which is closed in it, and lines of four words, or of so many letters of a
#: script without spaces.
_QUOTED = r"^\s*(?:»[^«]+«|«[^»]+»|›[^‹]+‹|‹[^›]+›|「[^」]+」|『[^』]+』|[„“”‘‚'][^„“”’‘]+[“”’‘']|[\"＂][^\"＂]+[\"＂])"
_WORDS = r"^\s*(?:\S+\s+){3}\S|(?:[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]\P{Latin}*){8}"

#: A dash that opens what somebody says, and another one behind it: ' – …, – said the mayor'.
_DASHED = r"^\s*[-–—]\s?\S.*[,.!?…]\s?[-–—]\s?\p{Ll}"

#: Nothing but a title in quotation marks.
_TITLE = rf"^\s*{_OPEN}[^\"“”„«»「」『』《》]+{_CLOSE}\s*$"


def is_speech() -> Expr:
    """Return whether a line is what somebody says, and not a line of the page."""
    text = pl.col("text")
    return (text.str.contains(_QUOTED) & text.str.contains(_WORDS)) | text.str.contains(_DASHED)


def is_quoted_title() -> Expr:
    """Return whether a headline is nothing but a title in quotation marks, as that of a play or a book."""
    return pl.col("text").str.contains(_TITLE)
