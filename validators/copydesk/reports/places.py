"""Where a finding stands: file, row and line, without the folder that all files share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import polars as pl

from copydesk.model.result import Result

__all__ = ["Twin", "files_with_findings", "place", "position", "shared_folder", "twin"]


@dataclass(frozen=True, slots=True)
class Twin:
    """The other article that a finding names; its file and row where they are known."""

    id: str
    file: str
    row: int | None


def twin(finding: Mapping[str, Any]) -> Twin | None:
    """Return the other article that a finding names; None where it names none.

    Args:
        finding: a row with the columns of LINKS, see `copydesk.model.finding`.

    >>> twin({"twin_id": "story-7", "twin_file": "news/a.jsonl", "twin_row": 7})
    Twin(id='story-7', file='news/a.jsonl', row=7)
    """
    name, row = finding.get("twin_id"), finding.get("twin_row")
    if name is None:
        return None
    return Twin(str(name), str(finding.get("twin_file") or ""), row if isinstance(row, int) else None)


def files_with_findings(result: Result) -> list[str]:
    """Return the files that have findings or rejected rows, sorted."""
    files = result.findings.select(pl.col("file").unique()).collect()["file"].to_list()
    return sorted({*filter(None, files), *(r.file for r in result.rejected)})


def shared_folder(files: Iterable[str]) -> str:
    """Return the deepest folder that holds all files, with its slash; empty if there is none.

    >>> shared_folder(["news/2026/a.jsonl", "news/2025/b.jsonl"])
    'news/'
    """
    folders = [f.split("/")[:-1] for f in files]
    shared = list(takewhile(lambda names: len(set(names)) == 1, zip(*folders, strict=False)))
    return "".join(f"{names[0]}/" for names in shared)


def place(file: str, row: int | None, line: int | None = None, *, folder: str = "") -> str:
    """Return where an article stands: its file without the shared folder, and its position.

    >>> place("news/a.csv", 7, 36, folder="news/")
    'a.csv, row 7 (line 36)'
    """
    return ", ".join(filter(None, (file.removeprefix(folder), position(row, line)))) or file


def position(row: int | None, line: int | None = None) -> str:
    """Return the row of an article in its file, and its line where that is another number.

    >>> position(7, 7), position(None, 4)
    ('row 7', 'line 4')
    """
    if row is None:
        return "" if line is None else f"line {line}"
    return f"row {row}" + (f" (line {line})" if line not in (None, row) else "")
