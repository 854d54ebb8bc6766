"""A column of text as bytes: one UTF-8 buffer for the native part, and strings that are cut from it without a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.lazy import np, pl
from copydesk.native.constants import SPARE
from copydesk.native.functions import VIEW, find_texts, make_views, write_texts

if TYPE_CHECKING:
    from copydesk.native.functions import Bytes as Bytes
    from copydesk.native.functions import Places as Places
    from copydesk.native.functions import Views

__all__ = ["MOST_BYTES", "SPARE", "VIEW", "Arrow", "Text", "cut", "strings", "translated"]


#: How many bytes of text a buffer may have: the views of Arrow count places in 31 bits.
MOST_BYTES = (1 << 31) - 1


class Text:
    """The texts of a column, one after the other, with a line break behind each.

    Attributes:
        data: their UTF-8, and SPARE zeros behind it.
        begin, end: where each text lies in it.
        bounds: where each text begins, and where the last one ends.
    """

    def __init__(self, texts: pl.Series, *, breaks: bool = False) -> None:
        r"""Take a String column without nulls; if `breaks`, make every character that breaks a line one \n."""
        arrow = texts.to_arrow(compat_level=pl.CompatLevel.newest())
        _, first, *buffers = arrow.buffers()
        views = np.frombuffer(first, VIEW)[arrow.offset :][: len(texts)] if len(texts) else np.empty(0, VIEW)
        memory = [np.frombuffer(buffer, np.uint8) for buffer in buffers]
        bounds = find_texts(views, memory[0], breaks=breaks) if len(memory) == 1 else None
        self.data: Bytes
        self.bounds: Places
        if bounds is not None:
            self.data, self.bounds = memory[0][: int(bounds[-1]) + SPARE], bounds  # without a copy
        else:
            self.data, self.bounds = write_texts(views, memory, breaks=breaks)
        self.begin, self.end = self.bounds[:-1], self.bounds[1:] - 1

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.data) - SPARE

    def of(self, places: Places) -> Places:
        """Return for each place the number of the text in which it lies."""
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
        data: UTF-8, at most MOST_BYTES of it.
        begin: the byte at which each string begins.
        end: the byte before which it ends; both must lie between characters.

    Raises:
        OverflowError: there is more text.
    """
    _expect_room([data])
    return strings(make_views(data, *map(np.ascontiguousarray, (begin, end))), [data])


def strings(views: Views, buffers: Sequence[Bytes], there: Any = None) -> pl.Series:
    """Make strings of views of buffers; null where the flag in `there` is false.

    Raises:
        OverflowError: a buffer has more than MOST_BYTES.
    """
    import pyarrow as pa

    _expect_room(buffers)

    known = None if there is None else pa.py_buffer(np.packbits(there, bitorder="little"))
    held = [known, *map(pa.py_buffer, (np.ascontiguousarray(views), *buffers))]
    return pl.Series(Arrow(pa.Array.from_buffers(pa.string_view(), len(views), held)))


def _expect_room(buffers: Sequence[Bytes]) -> None:
    size = max(map(len, buffers), default=0)
    if size > MOST_BYTES:
        raise OverflowError(
            f"a buffer of text: expected at most {MOST_BYTES:,} bytes, got {size:,}. Split the articles into batches."
        )


def translated(data: Bytes, table: Bytes) -> Bytes:
    """Return what a table of 256 has for each byte. It is `table[data]`, four times as fast."""
    return np.frombuffer(bytearray(data).translate(table.tobytes()), np.uint8)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An array of pyarrow, from which polars makes a Series. `pl.from_arrow` would import all of pyarrow.compute."""

    array: Any

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        return self.array.__arrow_c_array__(requested_schema)
