"""Breaks in mid-sentence: predicates over two lines that follow each other, each an expression of polars.

A pair is a row of the line that may break off (`text`, `words`, `chars`, `par`, and `last`, its last word), of the next
one (`following`, `first`, its first word, `next_lower`, `next_ends`, `next_words`), with `language` (two letters, null
if unknown) and `in_list` (see `in_lists`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import load
from copydesk.text.expressions import normalised
from copydesk_expectations.tables import read_table

if TYPE_CHECKING:
    import numpy.typing as npt
    from polars import Expr

__all__ = ["can_break_off", "cannot_end", "goes_on", "in_lists"]

#: What opens a paragraph in lower case though no sentence goes on: iPhone, eBay; an address; a label; a list's letter.
_NOT_PROSE = r"^(?:\p{Ll}+\p{Lu}|https?:|www\.|\p{Ll}[.)]\s|[\p{L}\p{M}'’-]+\s?[:/|]|\S*[\p{L}\d]\.\p{Ll}|\S+\s[\d(])"

#: A plain word, which may have an apostrophe, a hyphen, and a mark behind it.
_WORD = r"^[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*[,;.!?”»\")]*$"

#: What a line that goes on ends with: a word, a figure of a sentence, a comma, a closing mark.
_OPEN_END = r"(?:[\p{L}\p{M}\p{N}%€$£,،、，’'”»\"_]|\p{L}-)$"

#: A time, a date or an address at the end of a line is that of a label, a comment or a list.
_LABEL_END = (
    r"(?:\d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s\p{Lu}{2,4})?|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|://\S+|\s\|)$"
)

#: Behind a colon a short line is a title: 'Video: the bridge reopens'.
_TITLE_CHARS = 100

#: A line that goes on in the next one has so many words, or that one ends as a sentence does.
_NEXT_WORDS = 8

#: Where the script has no case, a comma at the end of a line of so many words tells that it breaks off.
_WORDY = 8
_CASELESS = r"\p{Lo}"

#: What begins an item of a list or a clause of a statute, and what ends one.
_ITEM = r"^(?:[\[({•·*–—§#-]|\p{N}+[.)]|\p{Lu}[.)]\s|\p{Lu}{2,}\b)"
_ITEM_END = r";\s\S+$"

#: A line ends with one of the words of `particles` in mid-sentence only where it has a sentence before and many words.
_LONG = 15
_INSIDE = r"[.!?…؟]['\"”’»)\]]*\s+\p{Lu}"


def can_break_off() -> Expr:
    """Return whether a line can be the first part of a sentence that the next line goes on with."""
    end = pl.col("text").str.contains(_OPEN_END) & ~pl.col("text").str.contains(_LABEL_END)
    same = pl.col("first") == pl.col("text").str.extract(r"^(\S+)")
    prose = pl.col("next_ends") | (pl.col("next_words") >= _NEXT_WORDS)
    return end & prose & ~same & ~pl.col("in_list") & ~pl.col("text").str.contains(_ITEM_END)


def goes_on() -> Expr:
    """Return whether the next line begins with a plain word in lower case."""
    title = pl.col("text").str.contains(r"^[\p{L}\s]{3,20}[:|]\s") & (pl.col("chars") < _TITLE_CHARS)
    plain = pl.col("first").str.contains(_WORD) & ~pl.col("following").str.contains(_NOT_PROSE)
    return pl.col("next_lower") & plain & ~title


def cannot_end() -> Expr:
    """Return whether no sentence of the language ends as the line does, and the next one is no item of a list."""
    bare = pl.col("last").str.contains(r"[\p{L}\p{M}]$")  # not “the—”, which an interrupted speaker says
    follows = pl.col("following").str.contains(r"^[\p{L}\p{N}\"“„«'‘’]") & ~pl.col("following").str.contains(_ITEM)
    word = normalised(pl.when(bare & follows).then(pl.col("last")))  # null for the others, as it takes long
    language = pl.col("language").fill_null("")
    is_open = pl.concat_str(language, pl.lit(" "), word).is_in(_open_ended()).fill_null(False)
    sure = ~word.is_in(list(read_table("particles"))) | (
        (pl.col("words") >= _LONG) & pl.col("text").str.contains(_INSIDE)
    )
    comma = pl.col("last").str.contains(_CASELESS) & pl.col("last").str.contains(r"[,،、，]$")
    return ((is_open & sure) | (comma & (pl.col("words") >= _WORDY) & ~_opens_quote())) & follows


def in_lists(
    article: npt.NDArray[np.uint32], lower: npt.NDArray[np.bool_], closed: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return whether lines are items of a list: they begin in lower case below a line that ends, or below a colon.

    Args:
        article: the article of each line.
        lower: whether the line begins with a small letter.
        closed: whether it ends as a sentence does, or in a colon.
    """
    place = np.arange(len(article))
    first = np.append(True, article[1:] != article[:-1])[: len(article)]
    head = np.maximum.accumulate(np.where(~lower | first, place, 0))
    items: npt.NDArray[np.bool_] = lower & (closed[head] | (head == place))
    return items


def _opens_quote() -> Expr:
    """Return whether speech follows a comma: 'he said, / “No”' is a break of the writer's."""
    return pl.col("following").str.contains(r"^[“\"„«「『]")


@cache
def _open_ended() -> pl.Series:
    """Return the words with which no sentence ends, each behind its language and a space, as one list."""
    words = load().words("open-ended")
    return pl.Series([f"{language} {word}" for language, some in words.items() for word in some]).implode()
