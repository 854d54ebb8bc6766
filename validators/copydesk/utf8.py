"""A column of text as the bytes it is: one UTF-8 buffer for the kernel, and strings cut from it without a copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.kernel import addresses, call

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import polars as pl

    Bytes = npt.NDArray[np.uint8]
    Places = npt.NDArray[np.int64]

__all__ = ["Arrow", "Text", "cut", "translated"]

#: Zeros after the text, so that so many bytes may be taken anywhere in it.
_SPARE = 512

#: Bytes of a view of a string (Arrow's layout).
_VIEW = 16


class Text:
    """The texts of a column, one after the other, with a line break behind each.

    Attributes:
        data: their UTF-8, and _SPARE zeros after it.
        begin, end: where each text lies in it.
        bounds: where each text begins, and behind the last one where it would.
    """

    def __init__(self, texts: pl.Series, *, breaks: bool = False) -> None:
        r"""Take a String column without nulls; if `breaks`, make every character that breaks a line one \n."""
        import numpy as np
        import polars as pl

        arrow = texts.to_arrow(compat_level=pl.CompatLevel.newest())
        _, views, *buffers = arrow.buffers()
        views = np.frombuffer(views, np.uint8)[_VIEW * arrow.offset :] if len(texts) else np.empty(0, np.uint8)
        sizes = views.view("<u4")[::4][: len(texts)]
        self.data: Bytes = np.empty(int(sizes.sum(dtype=np.int64)) + len(texts) + _SPARE, np.uint8)
        self.bounds: Places = np.empty(len(texts) + 1, np.int64)
        held = [np.frombuffer(buffer, np.uint8) for buffer in buffers]
        call("texts", views, len(texts), addresses(*held), int(breaks), self.data, self.bounds)
        self.data = self.data[: int(self.bounds[-1]) + _SPARE]
        self.data[-_SPARE:] = 0
        self.begin, self.end = self.bounds[:-1], self.bounds[1:] - 1

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.data) - _SPARE

    def of(self, places: Places) -> Places:
        """Return the number of the text in which each place lies."""
        import numpy as np

        return np.searchsorted(self.begin, places, "right") - 1

    @property
    def bytes(self) -> Bytes:
        """The texts, without the zeros."""
        return self.data[: self.size]

    def cut(self, begin: Places, end: Places) -> pl.Series:
        """Return the text between places, as strings."""
        return cut(self.data, begin, end)


def cut(data: Bytes, begin: Places, end: Places) -> pl.Series:
    """Cut strings out of a buffer without copying it.

    Args:
        data: UTF-8, less than 4 GiB of it.
        begin: the byte at which each string begins.
        end: the byte before which it ends; both must lie between characters.
    """
    import numpy as np
    import polars as pl
    import pyarrow as pa

    views = np.empty((len(begin), _VIEW), np.uint8)
    call("views", data, *map(np.ascontiguousarray, (begin, end)), len(begin), views)
    made = pa.Array.from_buffers(pa.string_view(), len(views), [None, pa.py_buffer(views), pa.py_buffer(data)])
    return pl.Series(Arrow(made))


def translated(data: Bytes, table: Bytes) -> Bytes:
    """Return for each byte what a table of 256 has for it, as `table[data]` does, four times as fast."""
    import numpy as np

    return np.frombuffer(bytearray(data).translate(table.tobytes()), np.uint8)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An array of pyarrow's, to make a Series of: `pl.from_arrow` imports all that pyarrow can compute first."""

    array: Any

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        return self.array.__arrow_c_array__(requested_schema)
