"""A source: one file to read, as it was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["COMPRESSIONS", "MEMBER", "STDIN", "ReadOptions", "Source"]

#: The path that stands for JSON lines on standard input.
STDIN = "-"

#: What stands between a file and the name of a part of it: news.db::articles.
MEMBER = "::"

#: Suffix of a compressed file to the name of its compression.
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".xz": "xz", ".bz2": "bzip2"}

#: Formats whose readers go to places in the file, or take more than one way through it.
_WITH_PLACES = frozenset(
    ".parquet .pq .arrow .feather .orc .db .sqlite .sqlite3 .zip .xlsx .xlsm .xlsb .xls .ods".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read, where the user says more than which column is which.

    html: fields whose values are HTML, to be read as text.
    extract: what finds the text of an HTML page: 'resiliparse', or 'trafilatura', which is slower.
    """

    html: tuple[str, ...] = ()
    extract: str = "resiliparse"


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
    frame: the frame in memory that it is, and no file; see `copydesk.readers.frames`.
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
    url: str | None = None
    frame: Any = field(default=None, repr=False, compare=False)
    hear: Callable[[memoryview], object] | None = field(default=None, repr=False, compare=False)

    @property
    def is_read_in_order(self) -> bool:
        """Whether a reader takes the bytes one after the other, and does not go to places in the file."""
        return self.format not in _WITH_PLACES or self.compression is not None
