"""What is said beside a file, for every format: the columns that its path names, and how its values are read.

Hive and Spark write `lang=en/date=2026-03-14/part-0.parquet`: there the folders name columns and their only value. A
column of the file goes before one of the path. In some sets the folder of a file is its section, as in
`sci.space/10005`: only a layout or an option says so, and the folder goes before a column of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from copydesk.errors import MappingError
from copydesk.lazy import pl
from copydesk.model.aliases import ALIASES, normal_name
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk, Rejected
from copydesk.readers.fields.columns import RESERVED, Wanted
from copydesk.readers.fields.json_values import clean
from copydesk.readers.files.line_limit import more_allowed
from copydesk.readers.files.source import Source
from copydesk.readers.layouts import load_layout

__all__ = ["complete", "folder_of", "partitions_of", "wanted_of"]

_PARTITION = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)

#: What stands in place of a column where a field is the name of the folder.
_FOLDER = "the folder"

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
        MappingError: a field that is said to be HTML, or to be the name of the folder, is none.
    """
    options, partitions = source.options, partitions_of(source)
    named = [("html", field) for field in options.html] + ([("folder", options.folder)] if options.folder else [])
    for option, field in named:
        if field not in FIELDS:
            raise MappingError(f"{option}={field}: {field!r} is not a field. The fields are {', '.join(FIELDS)}.")
    mapped = {field: column for field, column in wanted.mapped.items() if column not in partitions}
    extra = tuple(name for name in wanted.extra if name not in partitions)
    layout = load_layout(options.layout)
    return Wanted(mapped, extra, html=options.html, extract=options.extract, layout=layout)


def complete(chunks: Iterator[Chunk], source: Source, wanted: Wanted) -> Iterator[Chunk]:
    """Add the columns that the path of a file names to its chunks; reject rows with a value that is too long."""
    partitions = partitions_of(source)
    field = source.options.folder
    folder = folder_of(source) if field is not None and field not in wanted.mapped else None
    for chunk in chunks:
        chunk = _without_long_values(chunk, source)
        if partitions:
            chunk = _with_partitions(chunk, wanted, partitions)
        if field is not None and folder is not None and chunk.columns.get(field) != _FOLDER:  # one in an archive has it
            chunk = _with_fields(chunk, {field: folder}, {field: _FOLDER})
        yield chunk


def _without_long_values(chunk: Chunk, source: Source) -> Chunk:
    """Reject the rows with a value of more bytes than a line may have: a table needs no such line for it."""
    texts = [name for name, dtype in chunk.articles.schema.items() if dtype == pl.String]
    longest = source.options.longest_line
    if chunk.articles.estimated_size() <= longest or not texts:
        return chunk
    largest = pl.max_horizontal(pl.col(texts).str.len_bytes()).fill_null(0)
    too_long = chunk.articles.select(*RESERVED, largest=largest).filter(pl.col("largest") > longest)
    if too_long.is_empty():
        return chunk
    rejected = list(chunk.rejected)
    for file, row, line, size in too_long.iter_rows():
        reason = f"expected values of at most {longest:,} bytes, got one of {size:,}. {more_allowed(source)}"
        rejected.append(Rejected(file, line, reason if line else f"row {row}: {reason}"))
    rejected.sort(key=lambda one: one.line or 0)
    return replace(chunk, articles=chunk.articles.filter(largest <= longest), rejected=rejected)


def folder_of(source: Source) -> str | None:
    """Return the name of the folder in which a file lies, also of one in an archive; None where it is in none.

    >>> from pathlib import Path
    >>> folder_of(Source("x", Path("20news/sci.space/10005"), ".txt", relative="sci.space/10005"))
    'sci.space'
    """
    name = PurePosixPath(source.relative).parent.name
    if not name and source.path is not None:
        name = clean(source.path.absolute().parent.name)
    return name or None


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
    return _with_fields(chunk, values | extra, columns)


def _with_fields(chunk: Chunk, values: Mapping[str, str | None], columns: Mapping[str, str]) -> Chunk:
    """Set fields and extra columns of all articles; `columns` says from where a field is."""
    columns = {**chunk.columns, **columns}
    frame = chunk.articles.with_columns(pl.lit(value, pl.String).alias(name) for name, value in values.items())
    order = [*RESERVED, *(field for field in FIELDS if field in columns), *chunk.articles.columns, *values]
    frame = frame.select(name for name in dict.fromkeys(order) if name in frame.columns)
    return replace(chunk, articles=frame, columns={field: columns[field] for field in FIELDS if field in columns})
