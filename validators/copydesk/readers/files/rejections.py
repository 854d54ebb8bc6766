"""Rows that cannot be read: a file that is full of them is an error, before they fill the memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.errors import InputError
from copydesk.model.chunk import Chunk, Rejected

__all__ = ["MOST_REJECTED", "expect_articles", "with_articles"]

#: So many rejected rows of one file are kept, where they are more than half of the rows.
MOST_REJECTED = 100_000


def expect_articles(rejected: Sequence[Rejected], rows: int, *, before: int = 0) -> None:
    """Raise an InputError where most rows are rejected, and there are many.

    Args:
        rejected: the rejected rows of one file that were read last.
        rows: all rows of the file so far, with the rejected ones.
        before: how many rows were rejected before these.

    Raises:
        InputError: there are `MOST_REJECTED` of them, which are more than half of the rows.
    """
    count = before + len(rejected)
    if not rejected or count < MOST_REJECTED or 2 * count <= rows:
        return
    last = rejected[-1]
    place = f"line {last.line:,}: " if last.line else ""
    raise InputError(
        f"{last.file}: {count:,} of the first {rows:,} rows could not be read. The last of them: {place}{last.reason}."
        " Check that the file is what its suffix says, or take these rows out of it."
    )


def with_articles(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Yield the chunks of a file, as long as their rejected rows are not too many; see `expect_articles`."""
    rejected = rows = 0
    for chunk in chunks:
        rows += chunk.articles.height + len(chunk.rejected)
        expect_articles(chunk.rejected, rows, before=rejected)
        rejected += len(chunk.rejected)
        yield chunk
