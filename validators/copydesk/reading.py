"""What a reader gives: chunks of articles, and every row accounted for."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

__all__ = ["Chunk", "Rejected"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be read: the file, the line in it (from 1; None where a format has no lines), why."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some articles of one file, in file order, and the rows of the same stretch that could not be read.

    articles: a frame (Arrow memory) with the String columns of `FIELDS` that were found, any extra columns that
        were asked for, and `row` (Int64: number of the record in its file, from 1, rejected ones counted) and
        `line` (Int64: the line on which the record starts, from 1; null where a format has no lines).
    columns: which column of the file each field was read from.
    bytes: how much of the file (as stored) this chunk stands for, for the progress bar.
    """

    file: str
    articles: pl.DataFrame
    rejected: list[Rejected] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    bytes: int = 0
