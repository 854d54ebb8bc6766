"""What the fields of separated values stand for, where it is not what is written: lists, line breaks, null."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from copydesk.readers.article_columns import Columns
from copydesk.readers.dialects import escaped_breaks, unescape

__all__ = ["Forms", "find_forms"]

_LIST = re.compile(r"\s*\[(?:\s*['\"].*['\"]\s*)?\]\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Forms:
    r"""How fields are read.

    escapes: whether \n, \t, \\ and \N stand for a line break, a tab, a backslash and null.
    lists: the columns that hold lists as Python writes them, and what joins their items.
    told: what must be said of it.
    """

    escapes: bool = False
    lists: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    def apply(self, column: str, values: pl.Series) -> pl.Series:
        """Return what the fields of a column stand for."""
        if self.escapes:
            values = pl.Series(values.name, [unescape(text) for text in values.to_list()], dtype=pl.String)
        if column in self.lists:
            joined = [text and _joined(text, self.lists[column]) for text in values.to_list()]
            values = pl.Series(values.name, joined, dtype=pl.String)
        return values


def find_forms(columns: Columns, records: Sequence[Mapping[str, str]], *, quoted: bool) -> Forms:
    """Find out how the fields of a file are read.

    Args:
        columns: those that are needed.
        records: the first records.
        quoted: whether fields can be quoted.
    """
    told = []
    escapes = escaped_breaks([list(record.values()) for record in records], quoted=quoted)
    if escapes:
        told.append(r"\n in its fields is read as a line break, and \N as null, as in dumps of databases")
    lists = {}
    for column, separator in columns.separators().items():
        filled = [text for record in records if (text := record.get(column, "").strip())]
        if filled and any(text != "[]" for text in filled) and all(_items(text) is not None for text in filled):
            lists[column] = separator
            told.append(f"{column} holds lists as Python writes them, and their items are read")
    return Forms(escapes, lists, tuple(told))


def _items(text: str) -> list[str] | None:
    """Return the items of a list of texts; None where it is none."""
    if not _LIST.fullmatch(text):
        return None
    try:
        items = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return items if isinstance(items, list) and all(isinstance(item, str) for item in items) else None


def _joined(text: str, separator: str) -> str:
    items = _items(text)
    return text if items is None else separator.join(items)
