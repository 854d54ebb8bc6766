"""A source: one file to read, as it was found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["COMPRESSIONS", "STDIN", "Source"]

#: The path that stands for JSON lines on standard input.
STDIN = "-"

#: Suffix of a compressed file to the name of its compression.
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}


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
    """

    name: str
    path: Path | None
    format: str
    compression: str | None = None
    bytes: int = 0
    relative: str = ""
    asked: bool = True
    regular: bool = True
