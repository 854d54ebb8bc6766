"""Long frames, a row or more for each article of a collection: which values stand in them again, and in which rows.

They are read part by part, first of all the column that decides, then no rows but those that are wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from copydesk.columns import pl

if TYPE_CHECKING:
    import polars as pl

__all__ = ["in_parts", "owned", "repeated", "repeated_values", "rows_with"]

#: Rows that are read at once.
_ROWS = 50_000


def in_parts(frame: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Yield a long frame part by part, in order."""
    yield from frame.collect_batches(chunk_size=_ROWS)


def rows_with(frame: pl.LazyFrame, column: str, values: pl.Series) -> pl.DataFrame:
    """Return the rows of a long frame that have one of some values in a column."""
    wanted = frame.filter(pl.col(column).is_in(values.implode()))
    return pl.concat([wanted.head(0).collect(), *(owned(part) for part in in_parts(wanted) if part.height)])


def owned(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame whose texts are copies: as cut out of longer texts, or of files, they would keep all of these."""
    return frame.with_columns(pl.col(pl.String) + "")


def repeated_values(values: pl.Series, least: int) -> pl.Series:
    """Return the values that stand in a column at least so many times: by sorting, for it may be long."""
    import numpy as np

    return pl.Series(repeated(np.sort(values.to_numpy()), least), dtype=values.dtype)


def repeated(ordered: Any, least: int) -> Any:
    """Return the values, each once, that stand in a sorted array at least so many times."""
    import numpy as np

    ahead = max(least, 1) - 1
    return np.unique(ordered[ahead:][ordered[ahead:] == ordered[: max(len(ordered) - ahead, 0)]])
