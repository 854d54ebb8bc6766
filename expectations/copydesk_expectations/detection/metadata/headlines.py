"""What a headline is that says nothing: predicates over a headline, each an expression of polars.

A headline is a row with `text`, stripped, and with the `section` of its article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl

if TYPE_CHECKING:
    from polars import Expr

__all__ = ["has_no_letter", "is_address", "is_one_letter", "is_section", "is_slug", "is_template_place"]

#: Words joined by hyphens or underscores, as in an address: four or more, or some and a number or a file's ending.
_SLUG = (
    r"^/?(?:[\p{Ll}\p{N}]+[-_]){3,}[\p{Ll}\p{N}]+(?:\.\p{Ll}{3,5})?/?$"
    r"|^/?[\p{Ll}\p{N}]+(?:[-_][\p{Ll}\p{N}]+)+(?:\.(?:s?html?|php|aspx?|ece)|[-_]\d{5,})/?$"
)

#: So many characters has a slug of a story at least; 'up-to-the-minute' has fewer.
_SLUG_SHORTEST = 20

#: An address, or a place in a template that nothing was put into.
_ADDRESS = r"(?i)^(?:https?://|www\.)\S+$|^(?:[a-z0-9-]+\.)+(?:com|org|net|info|news|tv|co|[a-z]{2}\.[a-z]{2}|example)$|^(?:[a-z0-9-]+\.){2,}[a-z]{2,6}$"
_TEMPLATE = r"^(?:\{\{.*\}\}|\{%.*%\}|\$\{.*\}|%[a-z_]+%|\[object Object\])$"


def has_no_letter() -> Expr:
    """Return whether a headline has no letter."""
    return ~pl.col("text").str.contains(r"\p{L}")


def is_one_letter() -> Expr:
    """Return whether a headline is one letter or figure, but for a word of Chinese."""
    return pl.col("text").str.contains(r"^[\p{P}\s]*[\p{L}\p{N}--\p{Han}][\p{M}\p{P}\s]*$")


def is_section() -> Expr:
    """Return whether a headline is the name of its section, or of one of several."""
    sections = pl.col("section").str.to_lowercase().str.replace_all(r"\s*[,;>|/»›]\s*", "\x1f").str.strip_chars()
    edge = pl.lit("\x1f")
    mine = pl.concat_str(edge, pl.col("text").str.to_lowercase(), edge)
    return pl.concat_str(edge, sections, edge).str.contains(mine, literal=True)


def is_slug() -> Expr:
    """Return whether a headline is words joined as in an address, and long enough for a story's."""
    text = pl.col("text")
    return (text.str.len_chars() >= _SLUG_SHORTEST) & text.str.contains(_SLUG) & ~has_no_letter()


def is_address() -> Expr:
    """Return whether a headline is an address."""
    return pl.col("text").str.contains(_ADDRESS)


def is_template_place() -> Expr:
    """Return whether a headline is a place of a template that nothing was put into."""
    return pl.col("text").str.contains(_TEMPLATE)
