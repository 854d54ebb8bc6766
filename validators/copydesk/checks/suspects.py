"""Suspects: the few texts in which one pass over all bytes found something, looked into one by one."""

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
) -> pl.LazyFrame:
    """Look into the texts of a field that are suspect.

    Args:
        batch: the articles.
        field: the field whose text is looked at.
        suspicious: patterns over bytes, see `copydesk.text.scan`; one stands in each text worth to be looked into,
            and in few others, since `look` is slow.
        look: returns the spans of one text: `start`, `end` (characters), and what it `says` of them.
        says: the names of the text columns that `look` gives beside.

    Returns:
        A row a span: `article`, `start`, `end` (Int64), and the columns of `says` (String).
    """
    at = batch.suspects(field, suspicious).arg_true()
    texts, numbers = batch.articles[field].gather(at), batch.articles["article"].gather(at)
    rows = [{"article": number, **span} for number, text in zip(numbers, texts, strict=True) for span in look(text)]
    said = dict.fromkeys(says, pl.String)
    return pl.LazyFrame(rows, {"article": pl.UInt32, "start": pl.Int64, "end": pl.Int64, **said})
