"""What the fields of separated values stand for, where it is not what is written: lists, objects, line breaks, null."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from copydesk.errors import MappingError
from copydesk.readers.delimited.dialects import escaped_breaks, unescape
from copydesk.readers.fields.article_columns import Columns
from copydesk.readers.fields.json_values import UnreadableError, decoder, unwrap

__all__ = ["Forms", "find_forms"]

#: How a list or an object begins and ends that pandas or a database has written into a field.
_VALUE = re.compile(r"\s*(?:\[(?:\s*['\"{\[].*['\"}\]]\s*)?\]|\{\s*['\"].*\})\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Forms:
    r"""How fields are read.

    escapes: whether \n, \t, \\ and \N stand for a line break, a tab, a backslash and null.
    lists: the columns that hold lists or objects as Python or JSON writes them, and what joins their items.
    told: what must be said of it.
    """

    escapes: bool = False
    lists: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    def apply(self, column: str, values: pl.Series) -> pl.Series:
        """Return what the fields of a column stand for."""
        if self.escapes and column not in self.lists:
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

    Raises:
        MappingError: a column of text holds objects in which no text is known.
    """
    told: list[str] = []
    lists = {}
    for column, (separator, kind) in columns.forms().items():
        filled = [text for record in records if (text := record.get(column, "").strip())]
        values = [_value(text) for text in filled]
        if not any(values) or any(value is None for value in values) or (kind == "extra" and not _are_lists(values)):
            continue
        lists[column] = separator
        told.append(
            f"{column} holds lists as Python writes them, and their items are read"
            if _are_lists(values)
            else f"{column} holds objects, and their text is read"
        )
        if kind == "text":
            _expect_text(column, values, columns.file)
    rest = [[text for column, text in record.items() if column not in lists] for record in records]
    escapes = escaped_breaks(rest, quoted=quoted)
    if escapes:
        told.append(r"\n in its fields is read as a line break, and \N as null, as in dumps of databases")
    return Forms(escapes, lists, tuple(told))


def _value(text: str) -> Any:
    """Return the list or object that a field holds; None where it is none."""
    if not _VALUE.fullmatch(text):
        return None
    for read in (decoder.decode, ast.literal_eval):
        try:
            value = read(text.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        return value if isinstance(value, list | dict) else None
    return None


def _expect_text(column: str, values: list[Any], file: str) -> None:
    """Raise a MappingError if no text is known in the first object of a column."""
    try:
        unwrap(next(filter(None, values)), separator="\n")
    except UnreadableError as error:
        raise MappingError(
            f"{file}: {column}: {error}. Convert the file to JSON lines, with {column} as an object, and name the text"
            f" with --map body={column}.KEY."
        ) from error


def _are_lists(values: list[Any]) -> bool:
    return all(isinstance(value, list) and all(isinstance(item, str) for item in value) for value in values)


def _joined(text: str, separator: str) -> str | None:
    """Return the text of a list or an object; None for an object in which none is known."""
    value = _value(text)
    try:
        return text if value is None else unwrap(value, separator=separator, names=separator != "\n")
    except UnreadableError:
        return None
