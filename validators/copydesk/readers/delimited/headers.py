"""The header of separated values: whether the first record is one, and what to do where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from copydesk.errors import InputError, MappingError
from copydesk.model.aliases import ALIASES, normal_name
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.sample import Sample
from copydesk.readers.files.source import check_command

__all__ = ["expect_width", "find_columns", "header_fault", "is_header", "known_names", "without_header"]

_KNOWN = frozenset(normal_name(alias) for aliases in ALIASES.values() for alias in aliases)

#: What no column is called: an address, a date, a number, a long text.
_LONGEST_NAME = 80
_NO_NAME = (
    (re.compile(r"\s*(?:https?:)?//\S+\s*"), "an address"),
    (re.compile(r"\s*\d{4}-\d\d?-\d\d?(?:[T ]\S*)?\s*|\s*\d{14}(?:-\d+)?\s*|\s*\d\d?[./]\d\d?[./]\d{4}\s*"), "a date"),
)

#: A column of texts that are mostly shorter than this is one of headlines.
_LONGEST_TITLE = 120


def known_names(header: Sequence[str]) -> int:
    """Return how many of some names are known for columns."""
    return sum(normal_name(name) in _KNOWN for name in header)


def header_fault(header: Sequence[str], mapped: Iterable[str]) -> str | None:
    """Say why a first record is more likely an article than a header; None if it is not."""
    if known_names(header) or any(name in header and len(name) <= _LONGEST_NAME for name in mapped):
        return None
    for place, name in enumerate(header, 1):
        if len(name) > _LONGEST_NAME:
            return f"its field {place} has {len(name):,} characters"
        for pattern, kind in _NO_NAME:
            if pattern.fullmatch(name):
                return f"its field {place} is {kind}"
    return None


def is_header(record: Sequence[str]) -> bool:
    """Say whether a first record names columns: all are short, and most have a known name.

    >>> is_header(["Class Index", "Title", "Description"]), is_header(["3", "Storm", "It rained."])
    (True, False)
    """
    named = [name for name in record if name.strip()]
    return known_names(named) > max(1, len(named) // 2) and all(len(name) <= _LONGEST_NAME for name in named)


def find_columns(header: list[str], records: list[dict[str, str]], wanted: Wanted, name: str) -> Columns:
    """Find the wanted columns, see `Wanted.find`; the error for a header of one name says what else may be wrong."""
    try:
        return wanted.find(header, name, records)
    except MappingError as error:
        if len([column for column in header if column.strip()]) > 1:
            raise
        raise MappingError(
            f"{error} The header has a single name: say what separates the fields, as in --delimiter '|', or remove the"
            " lines before the header."
        ) from error


def without_header(name: str, fault: str, records: list[list[str]]) -> InputError:
    """Return the error for a file whose first line is a record; its command names the columns by number."""
    width = len(records[0])
    rows = [dict(zip(map(str, range(1, width + 1)), record, strict=True)) for record in records if len(record) == width]
    sample = Sample(rows)
    lengths = {column: sample.median_length(column) for column in rows[0] if sample.is_prose(column)}
    body = max(lengths or rows[0], key=lambda column: sample.median_length(column))
    words = ["--no-header", "--map", f"body={body}"]
    titles = [c for c in lengths if c != body and lengths[c] <= _LONGEST_TITLE]
    if titles:
        words += ["--map", f"headline={titles[0]}"]
    return InputError(
        f"{name}: expected a header, but the first line looks like an article: {fault}. If it is one, say so, and"
        f" name the columns by number: `{check_command(name, *words)}`. Else name the body with --map body=COLUMN."
    )


def expect_width(name: str, records: list[list[str]], wanted: Wanted) -> None:
    """Raise a MappingError if the first records have not as many fields as those of the layout."""
    width = wanted.layout.width
    if width is not None and records and all(len(record) != width for record in records):
        raise MappingError(
            f"{name}: no file of the layout {wanted.layout.name!r}: expected {width} fields in each line, got"
            f" {len(records[0])}. It is for {wanted.layout.about}. Leave --layout out, or name this file to --exclude."
        )
