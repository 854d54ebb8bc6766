"""What is done with the chunks of every format: columns that the path names, and HTML that becomes text.

Hive and Spark write `lang=en/date=2026-03-14/part-0.parquet`: there the folders name columns and their only value. A
column of the file goes before one of the path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

import polars as pl

from copydesk.errors import MappingError
from copydesk.model.article import ALIASES, FIELDS
from copydesk.model.chunk import Chunk
from copydesk.readers.columns import RESERVED, Wanted
from copydesk.readers.html_text import DECLARED, converted
from copydesk.readers.source import Source

__all__ = ["complete", "partitions_of", "without_partitions"]

_PARTITION = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)

#: What Hive writes for a null.
_NULL = "__HIVE_DEFAULT_PARTITION__"


def partitions_of(source: Source) -> dict[str, str | None]:
    """Return the columns that the folders of a file name, and their values.

    >>> from pathlib import Path
    >>> partitions_of(Source("x", Path("news/lang=en/date=2026-03-14/part-0.parquet"), ".parquet"))
    {'lang': 'en', 'date': '2026-03-14'}
    """
    if source.path is None:
        return {}
    matches = [_PARTITION.fullmatch(folder) for folder in source.path.parts[:-1]]
    found = {match[1]: unquote(match[2]) for match in matches if match}
    return {name: None if value == _NULL else value for name, value in found.items()}


def without_partitions(wanted: Wanted, partitions: Mapping[str, str | None]) -> Wanted:
    """Return what is wanted of the file itself: columns that the user or the suite named, and the path has, are not."""
    if not partitions:
        return wanted
    mapped = {field: column for field, column in wanted.mapped.items() if column not in partitions}
    return Wanted(mapped, tuple(name for name in wanted.extra if name not in partitions))


def complete(
    chunks: Iterator[Chunk], source: Source, wanted: Wanted, partitions: Mapping[str, str | None]
) -> Iterator[Chunk]:
    """Complete the chunks of a file.

    Raises:
        MappingError: a field that is said to be HTML is none.
    """
    for field in source.options.html:
        if field not in FIELDS:
            raise MappingError(f"html={field}: {field!r} is not a field. The fields are {', '.join(FIELDS)}.")
    for chunk in chunks:
        if partitions:
            chunk = _with_partitions(chunk, wanted, partitions)
        yield _with_text(chunk, source)


def _with_partitions(chunk: Chunk, wanted: Wanted, partitions: Mapping[str, str | None]) -> Chunk:
    lower = {name.lower(): name for name in partitions}
    columns = dict(chunk.columns)
    values: dict[str, str | None] = {}
    for field in FIELDS:
        named = wanted.mapped.get(field)
        found = (
            named
            if named in partitions
            else next((lower[a.lower()] for a in ALIASES[field] if a.lower() in lower), None)
        )
        if found is not None and field != "body" and (named == found or field not in columns):
            values[field], columns[field] = partitions[found], found
    extra = {name: partitions[name] for name in wanted.extra if name in partitions and name not in values}
    frame = chunk.articles.with_columns(
        pl.lit(value, pl.String).alias(name) for name, value in (values | extra).items()
    )
    order = [*RESERVED, *(field for field in FIELDS if field in columns), *wanted.extra]
    frame = frame.select(name for name in dict.fromkeys(order) if name in frame.columns)
    return replace(chunk, articles=frame, columns={field: columns[field] for field in FIELDS if field in columns})


def _with_text(chunk: Chunk, source: Source) -> Chunk:
    """Turn the fields into text that hold HTML: those that the user named, or whose columns declare it."""
    fields = [
        field
        for field, column in chunk.columns.items()
        if field in source.options.html or re.sub(r"[\W_]", "", column).lower() in DECLARED
    ]
    if not fields or chunk.articles.is_empty():
        return chunk
    return replace(chunk, articles=chunk.articles.with_columns(converted(chunk.articles[field]) for field in fields))
