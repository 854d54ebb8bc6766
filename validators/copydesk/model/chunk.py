"""The chunk: what a reader gives, some articles and the rows that it could not read."""

from __future__ import annotations

from dataclasses import dataclass, field

from copydesk.lazy import pl

__all__ = ["Chunk", "Note", "Rejected"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be read: the file, the line (from 1; None where a format has no lines), the reason."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader has decided for the user: the file, and a sentence that says what was read how."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some articles, in the order of the files, and the rows between them that could not be read.

    A chunk holds a part of one large file, or many small files whose columns are the same.

    articles: a frame (Arrow memory, not necessarily one contiguous piece) with the columns
        `file` (String: the file as the user would name it),
        `row` (Int64: number of the record in its file, from 1, rejected ones counted),
        `line` (Int64: the line on which the record starts, from 1; null where a format has no lines),
        then the String columns of `FIELDS` that the file has, in that order, and the extra columns asked for.
    rejected: rows that could not be read; `len(articles) + len(rejected)` is the number of records read.
    columns: the column of the file that each field was read from.
    notes: what was decided about the file, in the first chunk of it.
    bytes: the part of the files (as stored) that this chunk stands for; the progress bar shows it.
    """

    articles: pl.DataFrame
    rejected: list[Rejected] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    bytes: int = 0
    notes: tuple[Note, ...] = ()
