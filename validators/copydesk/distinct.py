"""A column as its different values: what is the same for equal values is done once for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.columns import pl
from copydesk.utf8 import Arrow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.utf8 import Places

__all__ = ["Distinct"]


class Distinct:
    """The different values of a column, and which of them each row has.

    Attributes:
        values: the values, null too, in the order in which they come.
        of: the number of each row's value (numpy).

    >>> publishers = Distinct(pl.Series(["HG", "HG", None]))
    >>> publishers.spread(publishers.values.str.to_lowercase()).to_list()
    ['hg', 'hg', None]
    """

    def __init__(self, column: pl.Series) -> None:
        import numpy as np

        encoded = column.to_arrow().dictionary_encode(null_encoding="encode")
        self.values = pl.Series(Arrow(encoded.dictionary), dtype=column.dtype)
        # Not by the array's own way, which imports pandas first.
        numbers = np.frombuffer(encoded.indices.buffers()[1] or b"", np.int32)
        self.of: Places = numbers[: len(column)].astype(np.int64)

    def spread(self, values: pl.Series) -> pl.Series:
        """Give each row what was made of its value."""
        return values.gather(self.of)

    def spread_strings(self, values: Iterable[str | None]) -> pl.Series:
        """Give each row the string that was made of its value."""
        return self.spread(pl.Series(list(values), dtype=pl.String))
