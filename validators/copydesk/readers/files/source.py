"""A source: one file to read, as it was found."""

from __future__ import annotations

import codecs
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from copydesk.errors import UsageError
from copydesk.readers.layouts import load_layout

__all__ = ["COMPRESSIONS", "LONGEST_LINE", "MEMBER", "STDIN", "ReadOptions", "Source", "check_command", "with_layout"]

#: The path that stands for JSON lines on standard input.
STDIN = "-"

#: What stands between a file and the name of a part of it: news.db::articles.
MEMBER = "::"

#: How many bytes a line of JSON may have: a thousand times those of a long article. It is held in memory as a whole.
LONGEST_LINE = 64 * 10**6

#: Suffix of a compressed file to the name of its compression.
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".xz": "xz", ".bz2": "bzip2"}

#: Formats whose readers go to places in the file, or take more than one way through it.
_WITH_PLACES = frozenset(
    ".parquet .pq .arrow .feather .orc .db .sqlite .sqlite3 .zip .xlsx .xlsm .xlsb .xls .ods".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read, where the user says more than which column is which.

    records: the path of the array or object that holds the articles, as 'response.docs'; None to look for it.
    delimiter, quote, escape: the characters of separated values; None to find them out. A quote of '' is none.
    header: whether the first record of separated values names the columns; without it they are called 1, 2, 3.
    encoding: the encoding of text that is not UTF-8, as Python names it.
    exclude: globs of files that a folder or a glob does not give.
    html: fields whose values are HTML, to be read as text.
    extract: what finds the text of an HTML page: 'resiliparse', or 'trafilatura', which is slower.
    folder: the field whose value is the name of each file's folder, as in sets with a folder for each section.
    layout: the name of a layout, see `copydesk.readers.layouts`: its options stand where no other is given.
    longest_line: how many bytes a line, or a value of a JSON array, may have; a longer one is an error. A row of a
        table with a longer value is rejected. A file of text, which may hold several articles, may have four times
        as many.
    """

    records: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None
    header: bool = True
    encoding: str | None = None
    exclude: tuple[str, ...] = ()
    html: tuple[str, ...] = ()
    extract: str = "resiliparse"
    folder: str | None = None
    layout: str | None = None
    longest_line: int = LONGEST_LINE

    def __post_init__(self) -> None:
        for name, value in load_layout(self.layout).options.items():
            given = getattr(self, name)
            if name == "exclude":
                object.__setattr__(self, name, tuple(dict.fromkeys((*given, *value))))
            elif given == _DEFAULTS[name]:
                object.__setattr__(self, name, value)
        for name in ("delimiter", "quote", "escape"):
            value = getattr(self, name)
            if value is None or (name == "quote" and not value):
                continue
            if len(value) != 1 or value in "\r\n":
                raise UsageError(f"{name}: expected one character, got {value!r}.")
        if self.longest_line < 1:
            raise UsageError(f"longest_line: expected a number of bytes, got {self.longest_line}.")
        if self.encoding is not None:
            try:
                codecs.lookup(self.encoding)
            except LookupError as error:
                raise UsageError(
                    f"encoding: expected the name of an encoding, as cp1252 or gb18030, got {self.encoding!r}."
                ) from error


#: What stands in each option that is not given.
_DEFAULTS = {option.name: option.default for option in fields(ReadOptions)}


def with_layout(options: ReadOptions | None, layout: str | None) -> ReadOptions:
    """Return options with a layout, which says what they do not.

    Raises:
        UsageError: there is no such layout.
    """
    options = options or ReadOptions()
    return replace(options, layout=layout) if layout is not None else options


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    name: the file as the user would name it; '-' for standard input.
    path: where it is; None for standard input.
    format: the suffix that says the format, lower case: '.jsonl'.
    compression: 'gzip', 'zstd' or None.
    bytes: its size as stored; 0 for standard input.
    relative: its path relative to the folder or the glob it was found by, with '/'; else its name.
    asked: whether the user named this very file, and did not find it by a folder or a glob.
    regular: whether it is a file, and no pipe or device: what comes out of these comes once.
    options: how it is read.
    member: what of the file is read: a table of a database, a file of an archive; None for all of it.
    url: its address, where it is on another machine.
    frame: the frame in memory that it is, and no file; see `copydesk.readers.tables.frames`.
    fault: why it cannot be read, of a link in a folder that leads nowhere; it is a rejected file.
    hear: is given the bytes as stored when they are read, in order; only where `is_read_in_order`.
    """

    name: str
    path: Path | None
    format: str
    compression: str | None = None
    bytes: int = 0
    relative: str = ""
    asked: bool = True
    regular: bool = True
    options: ReadOptions = ReadOptions()
    member: str | None = None
    fault: str | None = None
    url: str | None = None
    frame: Any = field(default=None, repr=False, compare=False)
    hear: Callable[[memoryview], object] | None = field(default=None, repr=False, compare=False)

    @property
    def is_read_in_order(self) -> bool:
        """Whether a reader takes the bytes one after the other, and does not go to places in the file."""
        return self.format not in _WITH_PLACES or self.compression is not None


def check_command(file: str, *words: str) -> str:
    """Return the command for a shell that checks a file with more words.

    >>> check_command("-my news.csv", "--encoding", "cp1252")
    "copydesk check './-my news.csv' --encoding cp1252"
    """
    path = f"./{file}" if file.startswith("-") and file != STDIN else file
    return shlex.join(["copydesk", "check", path, *words])
