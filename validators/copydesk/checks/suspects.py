"""Suspects: the few texts with a match of a pattern, which Python then reads one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from copydesk.checks.batch import Batch
from copydesk.lazy import pl

__all__ = ["spans_in"]


def spans_in(
    batch: Batch,
    field: str,
    suspicious: tuple[bytes, ...],
    look: Callable[[str], list[dict[str, Any]]],
    *,
    says: tuple[str, ...],
    likely: str = "",
) -> pl.LazyFrame:
    """Return the spans in the suspect texts of a field.

    Args:
        batch: the articles.
        field: the field whose texts are read.
        suspicious: patterns over bytes, see `copydesk.text.scan`. One must match in each text that has spans, and in
            few others, as `look` is slow.
        look: returns the spans of one text: `start`, `end` (characters), and the columns of `says`.
        says: the names of the text columns that `look` gives beside.
        likely: a regular expression of polars that tells more closely which texts have spans. It is asked of the
            suspects before `look`.

    Returns:
        A row a span: `article`, `start`, `end` (Int64), and the columns of `says` (String).
    """
    columns = {"article": pl.UInt32, "start": pl.Int64, "end": pl.Int64, **dict.fromkeys(says, pl.String)}
    suspects = batch.suspects(field, suspicious)
    if not suspects.any():
        return pl.LazyFrame(schema=columns)
    at = suspects.arg_true()
    texts = batch.articles[field].gather(at)
    if likely:
        flags = texts.str.contains(likely)
        at, texts = at.filter(flags), texts.filter(flags)
    numbers = batch.articles["article"].gather(at)
    rows = [{"article": number, **span} for number, text in zip(numbers, texts, strict=True) for span in look(text)]
    return pl.LazyFrame(rows, columns)
