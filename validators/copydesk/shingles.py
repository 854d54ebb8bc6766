"""Shingles: a few sampled passages of each text, hashed, by which texts that share most of their words are told.

The texts of a batch are one UTF-8 buffer, looked at as bytes: no text is cut into words. A passage starts where a word
does (in scripts without spaces, and in those of three bytes a character: at every character) and is as many bytes long
as two to three words commonly take; none starts in a text's last few bytes. ASCII case, and which kind of ASCII white
space parts words, make no difference.

Of all passages those are kept whose hash is small (a FracMinHash: Irber et al. 2022, bioRxiv 2022.01.11.475838): two
texts that share a share of their passages share the same share of those kept. So that not all must be hashed, a few
bytes of a passage, its draw, say about how small its hash will be; they lie apart, in two or three words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.utf8 import Marks, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["KEPT", "NAMED", "QUOTE", "WIDTHS", "drawing", "keys", "quotable"]

#: How many passages of a text are kept, on average.
KEPT = 72

#: Of how many of these, on average, the words are kept, to be quoted; and how many bytes of them.
QUOTED, QUOTE = 10, 42

#: The lowest two bits of a hash say whether the passage holds a digit (1), or a capital after its first byte (2).
NAMED = 3

#: Passages are looked at whose draw is below one of these, of 256: the fewer the longer the text is.
_LEVELS = (255, 181, 128, 91, 64, 45, 32)

#: So many times KEPT passages are looked at, if all words are like others.
_SPARE = 1.1

#: Bytes, and passages, that are looked at together: what fits a processor's second cache with all that is made of it.
_BLOCK, _CHUNK = 1 << 18, 1 << 15

#: How many bytes a passage has, by its first one. Measured on real articles: of passages so long, two articles of which
#: one has a fifth of its words changed share 0.38 in English, 0.46 in Russian, 0.34 in Chinese (Jaccard index); two
#: stories on one subject less than 0.2.
_LATIN, _WIDE, _HAN = 14, 24, 9
WIDTHS = [_LATIN] * 0xCE + [_WIDE] * 18  # wide: Greek, Cyrillic, Armenian, Hebrew, Arabic
WIDTHS += [_WIDE] * 3 + [_HAN] * 7 + [_WIDE] * 5 + [_HAN] + [_LATIN] * 16  # Indic, Thai; kana, Han; Hangul; full width

_EACH = 0x0101010101010101
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


def keys(text: Text, words: Any) -> pl.DataFrame:
    """Return what is kept of each text.

    Args:
        text: the texts.
        words: about how many words each has, and not more; where words are not parted, any small number.

    Returns:
        A row for each text: `windows` (UInt32, about how many passages it has), `limit` (UInt32), `passages`
        (List[UInt32], those that are not above the limit), and of those that are `quotable`, in the same order,
        `starts` (List[UInt32], characters) and `quotes` (List[UInt8], QUOTE bytes from there on; zeros after the text).
    """
    import numpy as np
    import polars as pl

    wanted = 256 * KEPT * _SPARE / np.maximum(words, 1)
    levels = np.array(_LEVELS)
    below = levels[np.maximum(np.searchsorted(-levels, -wanted, "right"), 1) - 1]
    at, passage, counts = _places(text, below)
    windows = counts * 256 // below
    share = np.minimum(KEPT / np.maximum(windows, 1), np.where(below == _LEVELS[0], 1, below / 256))
    limit = np.minimum(share * 2.0**32, 2**32 - 1).astype(np.uint32)
    low = np.flatnonzero(passage <= np.repeat(limit, counts))
    at, passage = at[low], passage[low]
    owner = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[low]
    passage &= ~np.uint32(NAMED)
    for n in range(0, len(at), _CHUNK):
        passage[n : n + _CHUNK] |= _named(text.data, at[n : n + _CHUNK])
    quoted = np.flatnonzero(quotable(passage, drawing(windows)[owner]))
    at, whose = at[quoted], owner[quoted]
    return pl.DataFrame({"windows": windows.astype(np.uint32), "limit": limit}).with_columns(
        passages=_lists(passage, owner, len(counts)),
        starts=_lists(_characters(text, at, whose), whose, len(counts)),
        quotes=_lists(_quotes(text, at, whose), whose, len(counts)),
    )


def quotable(passages: Any, below: Any) -> Any:
    """Say of passages whether their words are kept; `below` is what `drawing` gives for their texts."""
    import numpy as np

    return (passages | np.uint32(NAMED)) * np.uint32(_ODD[0] >> 32) < below


def drawing(windows: Any) -> Any:
    """Return which share of their passages is quotable (UInt32, of 2**32), of texts that have so many."""
    import numpy as np

    return np.minimum(QUOTED / np.clip(windows, 1, KEPT) * 2.0**32, 2**32 - 1).astype(np.uint32)


def _places(text: Text, below: Any) -> tuple[Any, Any, Any]:
    """Return where passages start, their hashes (UInt32), and how many each text has; those of draws below a level."""
    import numpy as np

    spaces = np.full(_BLOCK + _WIDE, 0x20, np.uint8)
    levels = np.repeat(below.astype(np.uint8), np.diff(text.begin, append=text.size))
    levels[np.maximum(text.end[:, None] - np.arange(1, _WIDE), text.begin[:, None])] = 0
    begins = range(0, text.size, _BLOCK)
    blocks = [_block(text.data, n, levels[n : n + _BLOCK], spaces) for n in begins]
    at = np.concatenate([b[0] for b in blocks] or [np.empty(0, np.int64)])
    passage = np.concatenate([b[1] for b in blocks] or [np.empty(0, np.uint32)])
    return at, passage, np.diff(np.searchsorted(at, np.append(text.begin, text.size)))


def _block(data: Any, begin: int, levels: Any, spaces: Any) -> tuple[Any, Any]:
    """Return places and hashes of the passages that start in a block of the data; levels are by byte."""
    import numpy as np

    size = len(levels)
    raw = data[begin : begin + size + _WIDE]
    folded = np.maximum(raw, spaces[: len(raw)])
    folded &= np.uint8(0xDF)  # letters in one case, and nothing up to the space
    white = folded[:size] == 0
    starts = np.zeros(size + -size % 4, bool)
    starts[0] = not white[0] and (not begin or data[begin - 1] <= 0x20)
    np.greater(white[:-1], white[1:], out=starts[1:size])
    three = raw[:size] ^ np.uint8(2)
    if three.max() > 0xE0:  # at each character of three bytes, but not at dashes and quotes, which begin with E2
        starts[:size] |= three > 0xE0
    draw = folded[1 : 1 + size] + folded[5 : 5 + size] * np.uint8(77)
    draw += folded[8 : 8 + size] * np.uint8(109)
    starts[:size] &= draw < levels
    at = _where(starts)
    base, span = _spans()
    draw = draw[at]
    passage = _hashed(folded, at, raw[at]) * span[draw]
    passage >>= np.uint64(8)
    return at + begin, passage.astype(np.uint32) + base[draw]


@cache
def _spans() -> tuple[Any, Any]:
    """Return the lowest hash that a passage may have by its draw (UInt32), and of how many 256ths of all it is one."""
    import numpy as np

    ends = np.array([*_LEVELS, 0])
    level = np.searchsorted(-ends, -np.arange(256), "left") - 1
    level = np.maximum(level, 0)
    return (ends[level + 1] << 24).astype(np.uint32), (ends[level] - ends[level + 1]).astype(np.uint64)


def _where(flags: Any) -> Any:
    """Return the places of the flags that are set: one in some thirty, never two side by side."""
    import numpy as np

    four = flags.view("<u4")
    group = np.flatnonzero(four != 0)
    found = four[group]
    above = found & (found - np.uint32(1))  # all but the first of four flags
    at = group * 4 + (np.bitwise_count((found ^ above) - np.uint32(1)) >> np.uint8(3))
    two = np.flatnonzero(above != 0)
    second = group[two] * 4 + (np.bitwise_count(above[two] - np.uint32(1)) >> np.uint8(3))
    return np.insert(at, two + 1, second) if len(two) else at


@cache
def _masks() -> Any:
    """Return what of the second eight bytes of a passage belongs to it, by its first byte."""
    import numpy as np

    return np.array([(1 << (8 * min(width - 8, 8))) - 1 for width in WIDTHS], np.uint64)


def _lanes(data: Any, at: Any, lead: Any) -> tuple[Any, Any, Any, Any]:
    """Return the first eight bytes of passages, the second, the third of the wide ones, and which are wide."""
    import numpy as np

    both = _bytes(data, at, 16).view("<u8").reshape(-1, 2)
    first, second = both[:, 0], both[:, 1] & _masks()[0]
    other = np.flatnonzero(lead >= 0xCE)
    masks = _masks()[lead[other]]
    second[other] = both[other, 1] & masks
    wide = other[masks == np.uint64(2**64 - 1)]
    return first, second, _bytes(data, at[wide] + 16, 8).view("<u8"), wide


def _hashed(folded: Any, at: Any, lead: Any) -> Any:
    """Return 32 bits (UInt64) for the passages at places, given their first bytes."""
    import numpy as np

    first, second, third, wide = _lanes(folded, at, lead)
    h = first * np.uint64(_ODD[0])
    h ^= h >> np.uint64(29)
    h += second
    h[wide] ^= third * np.uint64(_ODD[2])
    h *= np.uint64(_ODD[1])
    h >>= np.uint64(32)
    return h


def _bytes(data: Any, at: Any, count: int) -> Any:
    """Return so many bytes from each place on."""
    import numpy as np

    return np.ndarray((max(len(data) - count + 1, 0),), f"V{count}", data, 0, (1,))[at]


def _named(data: Any, at: Any) -> Any:
    """Say of passages whether they hold a digit or a capital, see NAMED (UInt32)."""
    import numpy as np

    first, second, third, wide = _lanes(data, at, data[at])
    first &= np.uint64(2**64 - 0x100)
    named = np.zeros(len(at), np.uint32)
    for bit, (low, high) in enumerate((("0", "9"), ("A", "Z"))):
        there = _within(first, low, high)
        there |= _within(second, low, high)
        there[wide] |= _within(third, low, high)
        named |= (there != 0).astype(np.uint32) << np.uint32(bit)
    return named


def _within(eight: Any, low: str, high: str) -> Any:
    """Return of eight bytes each the top bits of those that are ASCII characters between two."""
    import numpy as np

    seven = eight & np.uint64(_EACH * 0x7F)
    beyond = seven + np.uint64(_EACH * (0x7F - ord(high)))
    beyond |= eight
    seven += np.uint64(_EACH * (0x80 - ord(low)))
    seven &= ~beyond
    seven &= np.uint64(_EACH * 0x80)
    return seven


def _characters(text: Text, at: Any, owner: Any) -> Any:
    """Return how many characters (UInt32) of its text stand before each place."""
    import numpy as np

    inside = Marks(text.data.view(np.int8) < -64)  # not the first byte of a character
    before = text.begin - inside.before(text.begin)
    return (at - inside.before(at) - before[owner]).astype(np.uint32)


def _quotes(text: Text, at: Any, owner: Any) -> Any:
    """Return the bytes (UInt8, a row each) from places on; zeros after the text."""
    import numpy as np

    taken = _bytes(text.data, at, QUOTE).view(np.uint8).reshape(-1, QUOTE)
    left = text.end[owner] - at
    over = np.flatnonzero(left < QUOTE)
    taken[over] *= np.arange(QUOTE) < left[over, None]
    return taken


def _lists(values: Any, owner: Any, count: int) -> pl.Series:
    """Return a list column: for each of so many texts, its values or rows of them; `owner` is sorted."""
    import numpy as np
    import polars as pl
    import pyarrow as pa

    offsets = np.searchsorted(owner, np.arange(count + 1)) * (values.size // max(len(values), 1))
    # From buffers: pyarrow's ways to take a numpy array import pandas first, which takes a quarter of a second.
    kind = pa.from_numpy_dtype(values.dtype)
    inner = pa.Array.from_buffers(kind, values.size, [None, pa.py_buffer(np.ascontiguousarray(values))])
    made = pl.from_arrow(
        pa.LargeListArray.from_buffers(pa.large_list(kind), count, [None, pa.py_buffer(offsets)], children=[inner])
    )
    assert isinstance(made, pl.Series)
    return made
