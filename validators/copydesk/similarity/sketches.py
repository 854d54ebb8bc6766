"""Sketches: hashes of a few passages of each text. Texts that share most of their words share most of their hashes.

The texts of a batch are one UTF-8 buffer, and no text is cut into words. A passage starts where a word starts. In
scripts without spaces, and where characters have three bytes, one starts at every character. It has as many bytes as
two to three words; none starts in the last few bytes of a text. ASCII case makes no difference, nor does the kind of
ASCII white space between words.

A passage is kept if its hash is small (a FracMinHash: Irber et al. 2022, bioRxiv 2022.01.11.475838). If two texts share
a third of their passages, they share about a third of those that are kept. Not all passages are hashed: a few bytes of
a passage, its draw, say about how small its hash will be. They lie apart, in two or three words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from copydesk.lazy import np, pl
from copydesk.native.constants import KEPT, NAMED, ODD_ONE, QUOTE, QUOTED, WIDTHS
from copydesk.native.functions import sketch_texts
from copydesk.text.buffer import Arrow

if TYPE_CHECKING:
    from copydesk.text.buffer import Bytes, Places

__all__ = ["KEPT", "NAMED", "QUOTE", "WIDTHS", "drawing", "flat_passages", "keys", "quotable"]

#: Passages are looked at whose draw is below one of these, of 256: the fewer the longer the text is.
_LEVELS = (255, 181, 128, 91, 64, 45, 32)

#: So many times KEPT passages are looked at, if all words are like others.
_SPARE = 1.1


class Texts(Protocol):
    """Texts in one buffer, as `copydesk.text.buffer.Text` has them."""

    data: Bytes
    bounds: Places


def keys(text: Texts, words: Any) -> pl.DataFrame:
    """Return what is kept of each text.

    Args:
        text: the texts.
        words: about how many words each has, and not more; where words are not parted, any small number.

    Returns:
        A row for each text: `windows` (UInt32, about how many passages it has), `limit` (UInt32), `passages`
        (List[UInt32], those that are not above the limit), and of those that are `quotable`, in the same order,
        `starts` (List[UInt32], characters) and `quotes` (List[UInt8], QUOTE bytes from there on; zeros after the text).
    """
    wanted = 256 * KEPT * _SPARE / np.maximum(words, 1)
    levels = np.array(_LEVELS, np.uint8)
    below = levels[np.maximum(np.searchsorted(-np.array(_LEVELS), -wanted, "right"), 1) - 1]
    base, span = _spans()
    made = sketch_texts(text.data, text.bounds, levels=below, base=base, span=span)
    return pl.DataFrame({"windows": made.windows, "limit": made.limit}).with_columns(
        passages=_lists(made.passages, made.kept),
        starts=_lists(made.starts, made.quoted),
        quotes=_lists(made.quotes, made.quoted),
    )


def flat_passages(sketches: pl.DataFrame) -> tuple[Any, Any]:
    """Return the passages of all texts, and the row of each."""
    lengths = sketches["passages"].list.len().to_numpy()
    passages = sketches["passages"].explode(empty_as_null=False).to_numpy()
    return np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths), passages


def quotable(passages: Any, below: Any) -> Any:
    """Say of passages whether their words are kept; `below` is what `drawing` gives for their texts."""
    return (passages | np.uint32(NAMED)) * np.uint32(ODD_ONE >> 32) < below


def drawing(windows: Any) -> Any:
    """Return which share of their passages is quotable (UInt32, of 2**32), of texts that have so many."""
    return np.minimum(QUOTED / np.clip(windows, 1, KEPT) * 2.0**32, 2**32 - 1).astype(np.uint32)


@cache
def _spans() -> tuple[Any, Any]:
    """Return the lowest hash that a passage may have by its draw (UInt32), and of how many 256ths of all it is one."""
    ends = np.array([*_LEVELS, 0])
    level = np.searchsorted(-ends, -np.arange(256), "left") - 1
    level = np.maximum(level, 0)
    return (ends[level + 1] << 24).astype(np.uint32), (ends[level] - ends[level + 1]).astype(np.uint64)


def _lists(values: Any, lengths: Any) -> pl.Series:
    """Return a list column: for each text so many values, or rows of them."""
    import pyarrow as pa

    offsets = np.append(0, np.cumsum(lengths)) * (values.size // max(len(values), 1))
    values = values.reshape(-1)[: offsets[-1]].copy()
    # From buffers: pyarrow's ways to take a numpy array import pandas first, which takes a quarter of a second.
    kind = pa.from_numpy_dtype(values.dtype)
    inner = pa.Array.from_buffers(kind, values.size, [None, pa.py_buffer(values)])
    made = pa.LargeListArray.from_buffers(
        pa.large_list(kind), len(lengths), [None, pa.py_buffer(offsets)], children=[inner]
    )
    return pl.Series(Arrow(made))
