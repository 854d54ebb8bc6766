"""What is said beside a file, for every format: the columns that its path names, and how its values are read.

Hive and Spark write `lang=en/date=2026-03-14/part-0.parquet`: there the folders name columns and their only value. A
column of the file goes before one of the path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from copydesk.errors import MappingError
from copydesk.lazy import pl
from copydesk.model.aliases import ALIASES, normal_name
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk
from copydesk.readers.columns import RESERVED, Wanted
from copydesk.readers.source import Source

__all__ = ["complete", "partitions_of", "wanted_of"]

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


def wanted_of(source: Source, wanted: Wanted) -> Wanted:
    """Return what is wanted of the file itself: not the columns that its path has. Its options say how it is read.

    Raises:
        MappingError: a field that is said to be HTML is none.
    """
    options, partitions = source.options, partitions_of(source)
    for field in options.html:
        if field not in FIELDS:
            raise MappingError(f"html={field}: {field!r} is not a field. The fields are {', '.join(FIELDS)}.")
    mapped = {field: column for field, column in wanted.mapped.items() if column not in partitions}
    extra = tuple(name for name in wanted.extra if name not in partitions)
    return Wanted(mapped, extra, html=options.html, extract=options.extract)


def complete(chunks: Iterator[Chunk], source: Source, wanted: Wanted) -> Iterator[Chunk]:
    """Add the columns that the path of a file names to its chunks."""
    partitions = partitions_of(source)
    for chunk in chunks:
        yield _with_partitions(chunk, wanted, partitions) if partitions else chunk


def _with_partitions(chunk: Chunk, wanted: Wanted, partitions: Mapping[str, str | None]) -> Chunk:
    known = {normal_name(name): name for name in partitions}
    columns = dict(chunk.columns)
    values: dict[str, str | None] = {}
    for field in FIELDS:
        named = wanted.mapped.get(field)
        found = (
            named
            if named in partitions
            else next((known[name] for name in map(normal_name, ALIASES[field]) if name in known), None)
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
