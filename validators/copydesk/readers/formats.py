"""The formats of files: the one list that readers, help texts, hooks and docs are derived from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from copydesk.model.chunk import Chunk
from copydesk.readers.columns import Wanted
from copydesk.readers.compression import Stream
from copydesk.readers.source import COMPRESSIONS

__all__ = [
    "BY_SUFFIX",
    "FORMATS",
    "JSON_LINES",
    "PARQUET",
    "SUFFIXES",
    "Format",
    "Reader",
    "list_suffixes",
    "pattern_of_data",
]


class Reader(Protocol):
    """Reads the articles of one stream.

    A reader yields every record once, as an article or as rejected, whatever the size of the chunks. It
    raises NoArticlesError where there is no record, InputError where it cannot tell the records apart, and
    MappingError where the wanted columns are not there; nothing else.
    """

    def __call__(self, stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
        """Read the stream, a chunk for about chunk_bytes of text."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files.

    title: its name, as people know it.
    suffixes: how its files end, in lower case; the suffix of a compression may follow.
    module: the module whose `read` is its `Reader`. It is imported when a file is read: `copydesk --help` lists the
        formats, and must be quick.
    holds_data: whether such a file among data is likely to hold articles. A .json or .txt file can be anything.
    """

    title: str
    suffixes: tuple[str, ...]
    module: str
    holds_data: bool = True

    def reader(self) -> Reader:
        """Return what reads a file of this format."""
        reader: Reader = import_module(self.module).read
        return reader


JSON_LINES = Format("JSON lines", (".jsonl", ".ndjson"), "copydesk.readers.json_lines")
PARQUET = Format("Parquet", (".parquet",), "copydesk.readers.parquet")

FORMATS = (
    JSON_LINES,
    Format("JSON", (".json",), "copydesk.readers.json_array", holds_data=False),
    Format("separated values", (".csv", ".tsv"), "copydesk.readers.delimited"),
    PARQUET,
    Format("plain text", (".txt",), "copydesk.readers.text", holds_data=False),
)

#: Each suffix, and its format.
BY_SUFFIX = {suffix: format_ for format_ in FORMATS for suffix in format_.suffixes}

#: All suffixes, in the order of the formats.
SUFFIXES = tuple(BY_SUFFIX)


def list_suffixes() -> str:
    """Return the suffixes for a sentence.

    >>> list_suffixes()
    '.jsonl, .ndjson, .json, .csv, .tsv, .parquet, .txt (each also with .gz or .zst)'
    """
    return f"{', '.join(SUFFIXES)} (each also with {' or '.join(COMPRESSIONS)})"


def pattern_of_data() -> str:
    r"""Return a regular expression for the names of files that are likely to hold articles, as pre-commit takes it.

    >>> pattern_of_data()
    '\\.(jsonl|ndjson|csv|tsv|parquet)(\\.gz|\\.zst)?$'
    """
    suffixes = (suffix[1:] for format_ in FORMATS if format_.holds_data for suffix in format_.suffixes)
    return rf"\.({'|'.join(suffixes)})({'|'.join(map(re.escape, COMPRESSIONS))})?$"
