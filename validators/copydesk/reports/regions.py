r"""Where words stand in their file, as programs need it: path, line, and columns where these are known.

A record of JSON lines, JSON or separated values has the line on which it starts. Parquet has no lines. In a text file
the words have a line and columns. A line ends with \n (or \r\n). Columns count characters (code points) from 1,
without a byte order mark.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.errors import CopydeskError
from copydesk.readers import find_files
from copydesk.readers.files.compression import open_stream
from copydesk.readers.texts.plain_text import find_starts, read_bytes

__all__ = ["Region", "Regions", "path_of"]


@dataclass(frozen=True, slots=True)
class Region:
    """A place in a file: `line` counts from 1, and is None where the file has no lines.

    columns: first column, last line, and the column behind the last one; None where only the record is known.
    """

    path: str
    line: int | None
    columns: tuple[int, int, int] | None = None


class Regions:
    """Finds the regions of findings. It keeps the text file that it read last, since findings come file by file."""

    def __init__(self) -> None:
        self._file: str | None = None
        self._path = self._text = ""

    def of(self, finding: Mapping[str, Any]) -> Region:
        """Return where a finding stands: its words in a text file, else its record."""
        file = finding["file"] or ""
        if file != self._file:
            self._file, self._path, self._text = file, path_of(file), _text_file(file)
        return self._in_text(finding) or Region(self._path, finding["line"])

    def _in_text(self, finding: Mapping[str, Any]) -> Region | None:
        first = find_starts(self._text).get(finding["field"]) if self._text else None
        if first is None:
            return None
        start, end = first + finding["start"], first + finding["end"]
        if self._text[start:end] != finding["text"]:  # the file has changed since
            return None
        (line, column), (end_line, end_column) = (_line_and_column(self._text, at) for at in (start, end))
        return Region(self._path, line, (column, end_line, end_column))


def path_of(file: str) -> str:
    """Return the path of a file, relative where it lies in the working directory, with `/`.

    >>> path_of("news/../news/a.jsonl")
    'news/a.jsonl'
    """
    path, here = Path(os.path.normpath(Path(file).absolute())), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _text_file(name: str) -> str:
    """Return the text of a text file as it was read; empty for another format, or a file that is gone."""
    if ".txt" not in name.lower():
        return ""
    try:
        (source,) = find_files([name])
        if source.format != ".txt" or not source.regular:
            return ""
        with open_stream(source, sys.stdin.buffer) as stream:
            return read_bytes(stream).decode()
    except (CopydeskError, OSError, ValueError):
        return ""


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
