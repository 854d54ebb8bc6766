"""The formats of files: the one list that readers, help texts, hooks and docs are derived from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from copydesk.readers.files.source import COMPRESSIONS

if TYPE_CHECKING:
    from copydesk.model.chunk import Chunk
    from copydesk.readers.fields.columns import Wanted
    from copydesk.readers.files.compression import Stream

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
    "split_name",
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
    parts: what a file has that may be named alone, as in `news.db::articles`; "" if nothing.
    extra: the extra of copydesk that its reader needs; "" for none.
    holds_data: whether such a file among data is likely to hold articles. A .json or .txt file can be anything.
    """

    title: str
    suffixes: tuple[str, ...]
    module: str
    holds_data: bool = True
    parts: str = ""
    extra: str = ""

    def reader(self) -> Reader:
        """Return what reads a file of this format."""
        reader: Reader = import_module(self.module).read
        return reader


JSON_LINES = Format("JSON lines", (".jsonl", ".ndjson", ".jl", ".jsonlines"), "copydesk.readers.json.json_lines")
PARQUET = Format("Parquet", (".parquet", ".pq"), "copydesk.readers.tables.parquet")

FORMATS = (
    JSON_LINES,
    Format("JSON", (".json", ".jsonld"), "copydesk.readers.json.json_array", holds_data=False),
    Format("separated values", (".csv", ".tsv"), "copydesk.readers.delimited.separated_values"),
    PARQUET,
    Format("Arrow", (".arrow", ".feather"), "copydesk.readers.tables.arrow"),
    Format("ORC", (".orc",), "copydesk.readers.tables.orc"),
    Format(
        "SQLite", (".db", ".sqlite", ".sqlite3"), "copydesk.readers.tables.sqlite", holds_data=False, parts="tables"
    ),
    Format("plain text", (".txt",), "copydesk.readers.texts.plain_text", holds_data=False),
    Format("stories of CNN and the Daily Mail", (".story",), "copydesk.readers.texts.story", holds_data=False),
    Format("lines of texts", (".src",), "copydesk.readers.texts.lines_of_text", holds_data=False),
    Format("Markdown", (".md", ".markdown"), "copydesk.readers.texts.markdown", holds_data=False),
    Format("HTML pages", (".html", ".htm", ".xhtml"), "copydesk.readers.web.html", holds_data=False, extra="web"),
    Format("web archives", (".warc", ".wet"), "copydesk.readers.web.warc", holds_data=False, extra="web"),
    Format("XML", (".xml", ".rss", ".atom", ".nitf"), "copydesk.readers.web.xml", holds_data=False, extra="xml"),
    Format(
        "Excel",
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        "copydesk.readers.tables.excel",
        holds_data=False,
        parts="sheets",
        extra="excel",
    ),
    Format(
        "archives",
        (".zip", ".tar", ".tgz", ".tbz2", ".txz"),
        "copydesk.readers.archive",
        holds_data=False,
        parts="files",
    ),
)

#: Suffixes that say a format and its compression in one.
_BOTH = {".tgz": "gzip", ".tbz2": "bzip2", ".txz": "xz"}

#: Each suffix, and its format.
BY_SUFFIX = {suffix: format_ for format_ in FORMATS for suffix in format_.suffixes}

#: All suffixes, in the order of the formats.
SUFFIXES = tuple(BY_SUFFIX)


def split_name(name: str) -> tuple[str, str | None]:
    """Return the suffix of a file's name that says its format, in lower case, and its compression.

    >>> split_name("News.JSONL.gz"), split_name("news.tar.xz"), split_name("news.tgz"), split_name("news")
    (('.jsonl', 'gzip'), ('.tar', 'xz'), ('.tgz', 'gzip'), ('', None))
    """
    path = PurePath(name.lower())
    compression = COMPRESSIONS.get(path.suffix)
    if compression:
        path = path.with_suffix("")
    return path.suffix, compression or _BOTH.get(path.suffix)


def list_suffixes() -> str:
    """Return the suffixes for a sentence.

    >>> list_suffixes()  # doctest: +ELLIPSIS
    '.jsonl, .ndjson, .jl, ..., .txz (each also with .gz, .zst, .xz or .bz2)'
    """
    *most, last = COMPRESSIONS
    return f"{', '.join(SUFFIXES)} (each also with {', '.join(most)} or {last})"


def pattern_of_data() -> str:
    r"""Return a regular expression for the names of files that are likely to hold articles, as pre-commit takes it.

    >>> pattern_of_data()  # doctest: +ELLIPSIS
    '\\.(jsonl|ndjson|jl|...|orc)(\\.gz|\\.zst|\\.xz|\\.bz2)?$'
    """
    suffixes = (suffix[1:] for format_ in FORMATS if format_.holds_data for suffix in format_.suffixes)
    return rf"\.({'|'.join(suffixes)})({'|'.join(map(re.escape, COMPRESSIONS))})?$"
