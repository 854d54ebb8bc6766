"""A column as its different values, so that work is done once for each value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.text.buffer import Places

__all__ = ["Distinct"]


class Distinct:
    """The different values of a column, and the number of each row's value.

    Attributes:
        values: the values in the order in which they come, null last.
        of: the number of each row's value (numpy).

    >>> publishers = Distinct(pl.Series(["HG", "HG", None]))
    >>> publishers.spread(publishers.values.str.to_lowercase()).to_list()
    ['hg', 'hg', None]
    """

    def __init__(self, column: pl.Series) -> None:
        # pyarrow does the same, but imports its compute functions first.
        values = column.unique(maintain_order=True)
        some = values.drop_nulls() if values.null_count() else values
        numbers = column.cast(pl.Enum(some)).to_physical().cast(pl.Int64)
        if len(some) < len(values):
            numbers, some = numbers.fill_null(len(some)), some.append(values.clear(1))
        self.of: Places = numbers.to_numpy()
        self.values = some

    def spread(self, values: pl.Series) -> pl.Series:
        """Give each row the item of its value."""
        return values.gather(self.of)

    def spread_strings(self, values: Iterable[str | None]) -> pl.Series:
        """Give each row the string of its value."""
        return self.spread(pl.Series(list(values), dtype=pl.String))
