"""A source: one file to read, as it was found."""

from __future__ import annotations

import codecs
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from copydesk.errors import UsageError

__all__ = ["COMPRESSIONS", "STDIN", "ReadOptions", "Source", "check_command"]

#: The path that stands for JSON lines on standard input.
STDIN = "-"

#: Suffix of a compressed file to the name of its compression.
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read, where the user says more than which column is which.

    records: the path of the array or object that holds the articles, as 'response.docs'; None to look for it.
    delimiter, quote, escape: the characters of separated values; None to find them out. A quote of '' is none.
    header: whether the first record of separated values names the columns; without it they are called 1, 2, 3.
    encoding: the encoding of text that is not UTF-8, as Python names it.
    exclude: globs of files that a folder or a glob does not give.
    """

    records: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None
    header: bool = True
    encoding: str | None = None
    exclude: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("delimiter", "quote", "escape"):
            value = getattr(self, name)
            if value is None or (name == "quote" and not value):
                continue
            if len(value) != 1 or value in "\r\n":
                raise UsageError(f"{name}: expected one character, got {value!r}.")
        if self.encoding is not None:
            try:
                codecs.lookup(self.encoding)
            except LookupError as error:
                raise UsageError(
                    f"encoding: expected the name of an encoding, as cp1252 or gb18030, got {self.encoding!r}."
                ) from error


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
    hear: Callable[[memoryview], object] | None = field(default=None, repr=False, compare=False)

    @property
    def is_read_in_order(self) -> bool:
        """Whether a reader takes the bytes one after the other; pyarrow looks for those of Parquet itself."""
        return self.format != ".parquet" or self.compression is not None


def check_command(file: str, *words: str) -> str:
    """Return the command for a shell that checks a file with more words.

    >>> check_command("-my news.csv", "--encoding", "cp1252")
    "copydesk check './-my news.csv' --encoding cp1252"
    """
    path = f"./{file}" if file.startswith("-") and file != STDIN else file
    return shlex.join(["copydesk", "check", path, *words])
