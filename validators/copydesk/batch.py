"""The batch: some articles, and their paragraphs as one columnar frame that all checks share."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from copydesk.article import FIELDS
from copydesk.columns import pl
from copydesk.dates import read_dates
from copydesk.text import LINE_BREAKS, ends_sentence, normalised, squeezed, starts_lower, word_count

__all__ = ["SHORT_LINE", "Batch", "paragraphs_of"]

T = TypeVar("T")

#: A line of at most so many characters can be a label, a prompt or a piece of the page; longer ones are prose.
#: Forty words, the cap for prompts, of seven characters each.
SHORT_LINE = 280


class Batch:
    """Articles that are looked at together.

    Args:
        articles: a frame as readers give it (see `copydesk.reading.Chunk`); fields that are not there are missing
            from `fields`, and are null columns in `articles`.
        first: the number in the collection of the first article.

    Attributes:
        articles: the frame, with `article` (UInt32, number in the collection) and all FIELDS.
        fields: the fields that the data has.
    """

    def __init__(self, articles: pl.DataFrame, *, first: int = 0) -> None:
        self.fields = frozenset(articles.columns).intersection(FIELDS)
        missing = [pl.lit(None, pl.String).alias(name) for name in FIELDS if name not in self.fields]
        self.articles = articles.with_columns(
            pl.int_range(first, first + pl.len(), dtype=pl.UInt32).alias("article"), *missing
        )
        self.first = first
        self._kept: dict[Hashable, Any] = {}

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes, made once for this batch: for what several checks share."""
        if name not in self._kept:
            self._kept[name] = make()
        made: T = self._kept[name]
        return made

    @cached_property
    def paragraphs(self) -> pl.DataFrame:
        """The paragraphs of all bodies: see `paragraphs_of`."""
        return paragraphs_of(self.articles)

    @cached_property
    def short_lines(self) -> pl.DataFrame:
        """The paragraphs of at most SHORT_LINE characters, with `line` (String): the text as a lexicon compares it."""
        short = self.paragraphs.lazy().filter(pl.col("chars") <= SHORT_LINE)
        return short.with_columns(normalised(pl.col("text")).alias("line")).collect()

    def quoted(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Add `text`, the words between `start` and `end` of `field`, to what checks found in this batch."""
        words = pl.lit(None, pl.String)
        for field in findings["field"].unique():
            span = pl.col(field).str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
            words = pl.when(pl.col("_field") == field).then(span.fill_null("")).otherwise(words)
        row = findings["article"].cast(pl.Int64) - self.first
        fields = self.articles.select(FIELDS)[row]
        return pl.concat([findings.rename({"field": "_field"}), fields], how="horizontal").select(
            *(pl.col("_field").alias(c) if c == "field" else c for c in findings.columns), text=words
        )

    def dates(self, field: str) -> pl.DataFrame:
        """Return the dates of a field, read once: see `copydesk.dates.read_dates`."""
        return self.once(("dates", field), lambda: read_dates(self.articles[field]))

    @cached_property
    def body_keys(self) -> pl.DataFrame:
        """One row an article, in order: `hash` (UInt64) and `length` of the body, equal whatever case and spacing."""
        body = squeezed(pl.col("body").fill_null(""))
        return self.articles.lazy().select(hash=body.hash(), length=body.str.len_bytes()).collect()

    @cached_property
    def measures(self) -> pl.DataFrame:
        """One row an article, in order: `article`, `chars`, `words` and `paragraphs` of the body (Int64; 0 if none)."""
        counted = (
            self.paragraphs.lazy()
            .group_by("article")
            .agg(
                pl.col("chars").sum().cast(pl.Int64),
                pl.col("words").sum(),
                pl.len().cast(pl.Int64).alias("paragraphs"),
            )
        )
        return (
            self.articles.lazy()
            .select("article")
            .join(counted, on="article", how="left", maintain_order="left")
            .with_columns(pl.col("chars", "words", "paragraphs").fill_null(0))
            .collect()
        )


def paragraphs_of(articles: pl.DataFrame) -> pl.DataFrame:
    """Cut bodies into paragraphs.

    A paragraph is a line with anything but white space in it; blank lines separate and are no paragraphs. Lines
    end at \\n, \\r\\n, \\r and at the Unicode line and paragraph separators.

    Args:
        articles: a frame with `article` and `body` (String).

    Returns:
        A frame sorted by article and place:
        `article` (UInt32), `par` (UInt32, number among the article's paragraphs, from 0), `start` and `end` (Int64,
        characters in the body, white space at the edges left out), `text` (String), `chars` and `words` (Int64),
        `ends` (Boolean, ends as a sentence does), `lower` (Boolean, starts with a lower-case letter), `key` (UInt64,
        equal for texts that differ in case and spacing only).
    """
    import numpy as np

    bodies = articles.select("article", pl.col("body").fill_null(""))
    if bodies["body"].str.contains(LINE_BREAKS).any():
        bodies = bodies.with_columns(pl.col("body").str.replace_all(LINE_BREAKS, "\n"))
    lists = bodies["body"].str.split("\n")
    lines = lists.explode(empty_as_null=True).fill_null("")
    counts = lists.list.len().to_numpy()
    width = lines.str.len_chars().to_numpy().astype(np.int64) + 1  # with the line break
    ends = np.cumsum(width)
    first_line = np.cumsum(counts) - counts
    base = np.repeat((ends - width)[first_line], counts) if len(lines) else ends
    frame = pl.DataFrame(
        {
            "article": pl.Series(np.repeat(bodies["article"].to_numpy(), counts), dtype=pl.UInt32),
            "start": pl.Series(ends - width - base, dtype=pl.Int64),
            "line": lines,
        }
    ).lazy()
    stripped = pl.col("line").str.strip_chars()
    lead = pl.col("line").str.len_chars() - pl.col("line").str.strip_chars_start().str.len_chars()
    return (
        frame.with_columns(stripped.alias("text"), (pl.col("start") + lead).alias("start"))
        .filter(pl.col("text") != "")
        .with_columns(pl.col("text").str.len_chars().cast(pl.Int64).alias("chars"))
        .with_columns(
            (pl.col("start") + pl.col("chars")).alias("end"),
            word_count(pl.col("text")).alias("words"),
            ends_sentence(pl.col("text")).alias("ends"),
            starts_lower(pl.col("text")).alias("lower"),
            squeezed(pl.col("text")).hash().alias("key"),
            pl.int_range(pl.len(), dtype=pl.UInt32).over("article").alias("par"),
        )
        .drop("line")
        .collect()
    )
