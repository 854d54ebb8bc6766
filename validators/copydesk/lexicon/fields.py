"""Lines of short fields that are phrases of a lexicon: a standfirst that begins with the label of an advertisement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from copydesk.checks.batch import SHORT_LINE
from copydesk.lazy import pl
from copydesk.lexicon.composition import MOST_BUTTONS
from copydesk.text.buffer import Text
from copydesk.text.expressions import normalised, word_count

if TYPE_CHECKING:
    from polars import DataFrame

    from copydesk.checks.batch import Batch
    from copydesk.lexicon.openings import Openings

__all__ = ["field_hits", "field_lines"]


def field_lines(batch: Batch, field: str) -> DataFrame:
    """Return the lines of a field that are short and not blank: `article`, `start`, `end` (characters), `text`."""
    texts = batch.articles.select("article", text=pl.col(field).fill_null(""))
    lines = texts.filter(pl.col("text") != "").with_columns(pl.col("text").str.split("\n")).explode("text")
    chars, stripped = pl.col("text").str.len_chars().cast(pl.Int64), pl.col("text").str.strip_chars()
    first = (chars + 1).cum_sum().over("article") - chars - 1
    placed = lines.with_columns(
        start=first + chars - pl.col("text").str.strip_chars_start().str.len_chars(), text=stripped
    )
    short = pl.col("text").str.len_chars().is_between(1, SHORT_LINE)
    return placed.filter(short).with_columns(end=pl.col("start") + pl.col("text").str.len_chars())


def field_hits(batch: Batch, field: str, openings: Openings, kinds_of: Callable[[str, int], int]) -> DataFrame:
    """Return the lines of a field that are phrases, with their `kinds`: a bit for each of LINE_KINDS.

    Phrases that both begin and end with a slot are not looked for.

    Args:
        batch: the articles.
        field: the name of the field.
        openings: how lines begin that may be phrases, see `Lexicon.openings`.
        kinds_of: returns the kinds of a line and of so many words, see `Lexicon.kinds_of`.
    """
    lines = field_lines(batch, field)
    words = lines.select(word_count(pl.col("text"))).to_series()
    text = Text(lines["text"])
    possible = pl.Series(openings.among(text, text.begin, text.end, numbered=(words <= MOST_BUTTONS).to_numpy()))
    likely = lines.filter(possible).with_columns(line=normalised(pl.col("text")), words=words.filter(possible))
    asked = zip(likely["line"].to_list(), likely["words"].to_list(), strict=True)
    kinds = [kinds_of(line, words) if line else 0 for line, words in asked]
    return likely.with_columns(pl.Series("kinds", kinds, pl.UInt32)).filter(pl.col("kinds") > 0)
