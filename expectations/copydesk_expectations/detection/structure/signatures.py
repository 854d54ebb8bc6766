"""What signs an article below its last sentence: predicates over a line, each an expression of polars.

The columns of a line are those of `copydesk_expectations.detection.structure.endings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl
from copydesk.text.expressions import any_of

if TYPE_CHECKING:
    from polars import Expr

__all__ = ["has_initials", "is_credit", "is_name_in_capitals", "is_signature", "is_signed"]

#: A credit has at most so many words.
CREDIT_WORDS = 12

#: The initials of an agency or a reporter stand behind at most so many words.
SIGNED_WORDS = 6

#: What ends a text beside the marks of sentences: a bracket, an agency, a signature, an address, a printer's ornament.
_SIGNATURE = (
    r"(?:[)\]）】〉》〕>*_|♦◆■●▪•□◼:：]|https?://\S+|www\.\S+|\S\.\p{Ll}{2,4}(?:/\S*)?|@\w+"
    r"|(?:/\s?|(?:/\s?|(?:\s|^)[–—-]\s?)\p{L})\p{L}{1,4}|\d[./-]\d{1,2}[./-]\d{1,4}|\d[\d-]{6,})$"
)

#: A line that holds one of these is a credit, a label or a list, not prose.
_CREDIT = (
    r"[|©@]|^\S+(?:\s\S+){0,3}[:：]\s[^\"“„«‘']|^[\p{P}\p{S}\s]*[-•*▪·#>]\s?\p{L}|\S+\.\p{Ll}{2,4}$|^\W*$|^(?:By|Von|Par|Por|Di|Door|Av|Af)\s"
    r"|\s(?:by|von|par|por|di|door|av|af)\s\p{Lu}\S+(?:\s\p{Lu}\S+){0,2}$"
)
_INITIALS = r"[\p{P}\s]\p{Lu}{2,8}$"
_CAPITALS = r"\p{Lu}{2,}\s\p{Lu}{2,}$"


def is_signed() -> Expr:
    """Return whether a line ends the article without a mark, as signatures, credits and lists do."""
    return any_of([is_signature(), is_name_in_capitals(), has_initials(), is_credit()])


def is_signature() -> Expr:
    """Return whether a line ends in a bracket, an agency, an address or an ornament."""
    return _end().str.contains(_SIGNATURE)


def is_name_in_capitals() -> Expr:
    """Return whether a line ends in a name in capitals, as lists of credits have it."""
    return _end().str.contains(_CAPITALS)


def has_initials() -> Expr:
    """Return whether the initials of an agency or a reporter end a few words."""
    return _end().str.contains(_INITIALS) & (pl.col("tail_words") <= SIGNED_WORDS)


def is_credit() -> Expr:
    """Return whether a short tail is a credit, a label or an entry of a list."""
    return pl.col("tail").str.contains(_CREDIT) & (pl.col("tail_words") <= CREDIT_WORDS)


def _end() -> Expr:
    return pl.col("text").str.strip_chars_end()
