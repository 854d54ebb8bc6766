"""A column of text as the bytes it is: one UTF-8 buffer that numpy looks at, and strings cut from it without a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import polars as pl

    Bytes = npt.NDArray[np.uint8]
    Places = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

__all__ = ["Marks", "Text", "cut", "translated"]

#: Strings up to this length lie in the view itself, not in the buffer (Arrow's layout of string views).
_INLINE = 12

#: Zeros after the text, so that windows of so many bytes may be taken anywhere in it.
_SPARE = 32


class Text:
    """The texts of a column, one after the other, with a line break behind each.

    Attributes:
        data: their UTF-8, and _SPARE zeros after it.
        begin, end: where each text lies in it.
    """

    def __init__(self, texts: pl.Series) -> None:
        """Take a String column without nulls."""
        import numpy as np
        import polars as pl

        spare = pl.Series([_SPARE * "\0"])
        arrow = pl.concat([texts + "\n", spare], rechunk=True).to_arrow(compat_level=pl.CompatLevel.oldest())
        _, ends, data = arrow.buffers()
        offsets: Places = np.frombuffer(ends, np.int64)[: len(texts) + 1]
        self.data: Bytes = np.frombuffer(data, np.uint8)[: int(offsets[-1]) + _SPARE]
        self.begin, self.end = offsets[:-1], offsets[1:] - 1

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


def cut(data: Bytes, begin: Places, end: Places, *, binary: bool = False) -> pl.Series:
    """Cut strings out of a buffer without copying it.

    Args:
        data: UTF-8 (anything if `binary`), at least 12 bytes of it.
        begin: the byte at which each string begins.
        end: the byte before which it ends; both must lie between characters.
        binary: return Binary instead of String.
    """
    import numpy as np
    import polars as pl
    import pyarrow as pa

    views = np.zeros((len(begin), 4), np.int32)
    lengths = end - begin
    views[:, 0] = lengths
    views[:, 1] = np.ndarray((len(data) - 3,), "<i4", data, 0, (1,))[np.minimum(begin, len(data) - 4)]
    views[:, 3] = begin
    short = np.flatnonzero(lengths <= _INLINE)
    first = np.minimum(begin[short], len(data) - _INLINE)
    taken = np.lib.stride_tricks.sliding_window_view(data, _INLINE)[first]
    ahead = begin[short] - first
    if ahead.any():
        taken = np.take_along_axis(taken, np.minimum(np.arange(_INLINE) + ahead[:, None], _INLINE - 1), 1)
    inline = np.where(np.arange(_INLINE) < lengths[short, None], taken, np.uint8(0))
    views[short, 1:] = inline.view("<i4")
    kind = pa.binary_view() if binary else pa.string_view()
    made = pa.Array.from_buffers(kind, len(views), [None, pa.py_buffer(views), pa.py_buffer(data)])
    strings = pl.from_arrow(made)
    assert isinstance(strings, pl.Series)
    return strings


def translated(data: Bytes, table: Bytes) -> Bytes:
    """Return for each byte what a table of 256 has for it, as `table[data]` does, four times as fast."""
    import numpy as np

    return np.frombuffer(bytearray(data).translate(table.tobytes()), np.uint8)


class Marks:
    """Bytes of a kind, to be counted between any two places: a bit for each, and a sum every 64."""

    def __init__(self, flags: Flags) -> None:
        import numpy as np

        bits = np.zeros(len(flags) // 64 * 8 + 8, np.uint8)
        packed = np.packbits(flags, bitorder="little")
        bits[: len(packed)] = packed
        self._bits = bits.view("<u8")
        self._before: Any = np.zeros(len(self._bits) + 1, np.int64)
        np.cumsum(np.bitwise_count(self._bits), out=self._before[1:])

    def before(self, places: Places) -> Places:
        """Count the marks before each place."""
        import numpy as np

        word, bit = places >> 6, (places & 63).astype(np.uint64)
        part = self._bits[word] & ((np.uint64(1) << bit) - np.uint64(1))
        counted: Places = self._before[word] + np.bitwise_count(part)
        return counted

    def between(self, begin: Places, end: Places) -> Places:
        """Count the marks from `begin` up to `end`."""
        return self.before(end) - self.before(begin)
