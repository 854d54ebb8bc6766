"""How the last line of an article ends: predicates over a line, each an expression of polars.

A line is a row with these columns:
    text, words, chars, ends: as of a paragraph; `ends` says whether it ends as a sentence does.
    tail, tail_words: what stands behind its last whole sentence.
    inside: whether there is such a sentence before the tail.
    share: how many of the article's other lines end as sentences do, from 0 to 1.
    dots: whether one of them has an ellipsis; null where there are none.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from copydesk.lazy import pl
from copydesk.lexicon.lexicon import load
from copydesk_expectations.detection.signatures import is_signed

if TYPE_CHECKING:
    from polars import Expr, Series

__all__ = ["PROSE_WORDS", "breaks_off", "is_cut_mark", "tail_of"]

#: A line of so many words is prose.
PROSE_WORDS = 6

#: A paragraph of so many words is one of the story, and no label or credit.
STORY_WORDS = 15

#: A tail of so many words is a sentence, or a credit.
SENTENCE_WORDS = 12

#: A clause has so many words in lower case, even in German; a sentence has three times as many.
LOWER_WORDS = 2

#: A word alone behind a sentence begins another one where so large a share of the other lines ends as sentences do.
LONE_WORD_SHARE = 0.8

#: Where so large a share of lines ends as sentences do, two words at the end are the start of one.
SURE_SHARE = 0.9

#: A line in a script without spaces is prose from so many characters on.
UNSPACED_CHARS = 5

#: Marks of a teaser that was cut by its publishing system.
_CUT_MARK = r"(?:\[\s?(?:…|\.\.\.|&hellip;)\s?\]|\(\s?(?:…|\.\.\.)\s?\)|[^\s.…]\s?(?:…|\.{3,4}))$"

_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}]$"
_CASELESS = r"[\p{Lo}\p{M}]$"
_TAIL = r"(?:^|[.!?…。！？।؟۔][\"'”’»)\]]*\s+)([^.!?…。！？।؟۔]*)$"


def tail_of(text: Expr) -> Expr:
    """Return what stands behind the last whole sentence of a line, or all of it."""
    return text.str.extract(_TAIL).fill_null(text)


def is_cut_mark() -> Expr:
    """Return whether prose ends in the mark of a cut, in an article whose other lines have no ellipsis."""
    return pl.col("text").str.contains(_CUT_MARK) & (pl.col("words") >= PROSE_WORDS) & ~pl.col("dots").fill_null(True)


@cache
def breaks_off(lexicons: tuple[str, ...], share: float) -> Expr:
    """Return whether a line breaks off; made once, since it has a hundred parts.

    Args:
        lexicons: files with further words that cannot end a sentence.
        share: of the other lines so many must end as sentences do, or the line must be of the story by itself.
    """
    story = is_story(lexicons, share)
    return lacks_end_mark() & ~is_signed() & (story | ((pl.col("share") >= share) & is_begun(lexicons)))


def lacks_end_mark() -> Expr:
    """Return whether a line does not end as a sentence does."""
    return ~pl.col("ends")


def is_story(lexicons: tuple[str, ...], share: float) -> Expr:
    """Return whether a long paragraph breaks off, whatever the other lines of its article are."""
    begun = is_phrase() | ends_in_function_word(lexicons) | is_lone_word(lexicons)
    clause = (pl.col("tail_words") >= SENTENCE_WORDS) & (_lower_words() >= LOWER_WORDS * 3)
    begins = (pl.col("inside") & begun) | must_go_on(lexicons) | (clause & (pl.col("share") >= share / 2))
    return (pl.col("words") >= STORY_WORDS) & begins


def is_begun(lexicons: tuple[str, ...]) -> Expr:
    """Return whether the tail is the beginning of a sentence, where the other lines are prose."""
    prose = (pl.col("tail_words") >= PROSE_WORDS) & ((_lower_words() >= LOWER_WORDS) | is_caseless())
    sure = pl.col("share") >= SURE_SHARE
    return (
        (must_go_on(lexicons) & (pl.col("words") > 1))
        | prose
        | ((pl.col("inside") | sure) & is_phrase())
        | (sure & ends_in_function_word(lexicons))
        | is_unspaced()
    )


def must_go_on(lexicons: tuple[str, ...]) -> Expr:
    """Return whether the last word must be followed by another one, or a comma is the last mark."""
    return _last_word().is_in(_words("open-ended", lexicons)) | pl.col("tail").str.ends_with(",")


def ends_in_function_word(lexicons: tuple[str, ...]) -> Expr:
    """Return whether the last word is one of the most frequent words of a language."""
    return _last_word().is_in(_words("function-words", lexicons))


def is_lone_word(lexicons: tuple[str, ...]) -> Expr:
    """Return whether one word that signs nothing stands behind a sentence, in an article of prose."""
    alone = (pl.col("tail_words") == 1) & (pl.col("share") >= LONE_WORD_SHARE)
    return alone & ~_last_word().is_in(_words("byline-junk", lexicons))


def is_phrase() -> Expr:
    """Return whether the tail has several words, one of them in lower case or in a script without case."""
    return (pl.col("tail_words") > 1) & ((_lower_words() >= 1) | is_caseless())


def is_unspaced() -> Expr:
    """Return whether a line of prose ends in a script without spaces."""
    return pl.col("text").str.contains(_UNSPACED) & (pl.col("chars") >= UNSPACED_CHARS)


def is_caseless() -> Expr:
    """Return whether a line ends in a script with spaces and without case."""
    return pl.col("text").str.contains(_CASELESS) & ~is_unspaced()


def _last_word() -> Expr:
    return pl.col("tail").str.extract(r"(\S+)$").str.to_lowercase()


def _lower_words() -> Expr:
    return pl.col("tail").str.count_matches(r"(?:^|\s)\p{P}*\p{Ll}")


@cache
def _words(kind: str, lexicons: tuple[str, ...]) -> Series:
    """Return the words of a kind in all languages, as one list."""
    return pl.Series([word for words in load(lexicons).words(kind).values() for word in words]).implode()
