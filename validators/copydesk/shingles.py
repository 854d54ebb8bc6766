"""Shingles: a few sampled passages of each text, hashed, by which texts that share most of their words are told.

The texts of a batch are one UTF-8 buffer, looked at as bytes: no text is cut into words. A passage starts where a word
does (in scripts without spaces, and in those of three bytes a character: at every character) and is as many bytes long
as two to three words commonly take. ASCII case, and which kind of ASCII white space parts words, make no difference.
Of all passages those are kept whose hash is small (a FracMinHash: Irber et al. 2022, bioRxiv 2022.01.11.475838): two
texts that share a share of their passages share the same share of those kept.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import polars as pl

    U32 = npt.NDArray[np.uint32]
    I64 = npt.NDArray[np.int64]

__all__ = ["KEPT", "NAMED", "QUOTED", "Sketches", "buffers", "keys", "quotable", "sketches"]

#: How many passages of a text are kept, on average.
KEPT = 80

#: Of how many of these, on average, the words are kept, to be quoted; and how many bytes of them.
QUOTED = 10
_QUOTE = 42

#: The lowest two bits of a hash say whether the passage holds a digit (1), or a capital after its first word (2).
NAMED = 3

#: The length of the longest passages, in bytes.
_LONGEST = 24

#: Of 256 passages so many are looked at, the fewer the longer the text is: looking at them is the cost. Latin words are
#: 6.3 bytes long; texts up to that length give some 72 passages at least.
_LEVELS = (256, 128, 64, 32)
_LENGTHS = tuple(72 * 256 * 6.3 / level for level in _LEVELS[1:])

#: Bytes that are looked at together: what fits a processor's second cache with all that is made of it.
_BLOCK, _STRETCH = 1 << 18, 1 << 22

#: What of the n-th eight bytes of a passage belongs to it, by its width.
_MASKS = [[(1 << (8 * min(max(w - 8 * n, 0), 8))) - 1 for w in range(_LONGEST + 1)] for n in range(3)]


def _widths(latin: int = 14, two: int = 24, indic: int = 24, cjk: int = 9) -> list[int]:
    """Return the length of a passage by the byte at which it starts.

    Measured on real articles: of passages so long, two articles of which one has a fifth of its words changed share
    0.38 in English, 0.46 in Russian, 0.34 in Chinese (Jaccard index); two stories on one subject less than 0.2.
    """
    width = [latin] * 256
    for lead in range(0xCE, 0xE0):  # Greek, Cyrillic, Armenian, Hebrew, Arabic
        width[lead] = two
    for lead in range(0xE0, 0xF0):  # Indic scripts, Thai, Georgian; Hangul
        width[lead] = indic
    for lead in (*range(0xE3, 0xEA), 0xEF):  # kana, Han, marks of full width
        width[lead] = cjk
    return width


@dataclass(frozen=True, slots=True)
class Sketches:
    """The passages kept, in the order of the texts and of their places.

    text: the number of the text of each passage.
    hash: the passage.
    at: the byte at which it starts, in its text.
    width: its length in bytes.
    windows: for each text, about how many passages it has; limit: for each text, what the hashes kept are below.
    """

    text: I64
    hash: U32
    at: I64
    width: I64
    windows: I64
    limit: U32


def sketches(data: npt.NDArray[np.uint8], offsets: I64, *, widths: list[int] | None = None) -> Sketches:
    """Sample the passages of texts.

    Args:
        data: the texts, in UTF-8, one after the other.
        offsets: where each text starts, and where the last one ends.
        widths: the length of a passage by its first byte.
    """
    import numpy as np

    width = np.array(widths or _widths(), dtype=np.int64)
    lengths = np.diff(offsets)
    sampled = np.array(_LEVELS)[np.searchsorted(_LENGTHS, lengths, "right")]
    borders = np.append(np.flatnonzero(np.diff(sampled)) + 1, len(lengths))
    stretches = []
    first = 0
    while first < len(lengths):
        # Neighbours that are sampled alike, together not much longer than a stretch.
        last = int(np.searchsorted(offsets, offsets[first] + _STRETCH, "right")) - 1
        last = min(max(last, first + 1), int(borders[np.searchsorted(borders, first, "right")]))
        stretches.append((first, last))
        first = last

    def work(stretch: tuple[int, int]) -> tuple[Any, ...]:
        first, last = stretch
        text, *rest = _stretch(data, offsets[first : last + 1], width, int(sampled[first]))
        return (text + first, *rest)

    with ThreadPoolExecutor(2) as pool:  # numpy lets go of the interpreter while it works on long arrays
        parts = list(pool.map(work, stretches))
    none = (np.int64, np.uint32, np.int64, np.int64, np.int64, np.uint32)
    return Sketches(*(np.concatenate([p[i] for p in parts] or [np.empty(0, t)]) for i, t in enumerate(none)))


def _stretch(data: Any, offsets: Any, widths: Any, sampled: int) -> tuple[Any, ...]:
    """Return the columns of `Sketches` for some texts."""
    import numpy as np

    low, high = int(offsets[0]), int(offsets[-1])
    if high + _LONGEST + 8 <= len(data):
        raw = data[low : high + _LONGEST + 8]
    else:  # no look ahead must leave the data
        raw = np.zeros(high - low + _LONGEST + 8, np.uint8)
        raw[: high - low] = data[low:high]
    bounds = offsets - low
    lengths = np.diff(bounds)
    places = [
        _places(raw, begin, min(begin + _BLOCK, high - low), bounds, sampled) for begin in range(0, high - low, _BLOCK)
    ]
    at = np.concatenate([p[0] for p in places] or [np.empty(0, np.int64)])
    rank = np.concatenate([p[1] for p in places] or [np.empty(0, np.uint8)])
    lead = raw[at]
    width = widths[lead]
    counts = np.diff(np.searchsorted(at, bounds))
    outside = np.flatnonzero(at + width > np.repeat(bounds[1:], counts))
    at, width, rank = np.delete(at, outside), np.delete(width, outside), np.delete(rank, outside)
    counts = np.diff(np.searchsorted(at, bounds))
    h = _hashed(_eight(raw), at, width)
    # What is looked at in longer texts too has the smallest hashes: those of all texts are comparable.
    ends = np.array([*_LEVELS, 0])
    level = np.searchsorted(-ends, -np.arange(256), "left") - 1
    if sampled == _LEVELS[-1]:
        h = (h * np.uint64(sampled)) >> np.uint64(8)
    else:
        spans = (ends[level] - ends[level + 1]).astype(np.uint64)
        h = ((h * spans[rank]) >> np.uint64(8)) + (ends[level + 1].astype(np.uint64) << np.uint64(24))[rank]
    h = h.astype(np.uint32)
    windows = counts * 256 // sampled
    share = np.minimum(KEPT / np.maximum(windows, 1), sampled / 256)
    limit = np.where(share >= 1, 2**32 - 1, share * 2.0**32).astype(np.uint32)
    kept = np.flatnonzero(h <= np.repeat(limit, counts))
    at, width, h = at[kept], width[kept], h[kept]
    text = np.repeat(np.arange(len(lengths)), np.diff(np.searchsorted(at, bounds)))
    h = (h & ~np.uint32(NAMED)) | _named(_eight(raw), at, width)
    return text, h, at - bounds[text], width, windows, limit


def _places(raw: Any, begin: int, end: int, bounds: Any, sampled: int) -> tuple[Any, Any]:
    """Return where passages start that are looked at, and the byte by which they were chosen, below `sampled`."""
    import numpy as np

    block = raw[begin:end]
    words = block > 0x20
    starts = words.copy()
    np.greater(words[1:], words[:-1], out=starts[1:])
    if begin:
        starts[0] &= raw[begin - 1] <= 0x20
    firsts = bounds[np.searchsorted(bounds, begin) : np.searchsorted(bounds, end)] - begin
    starts[firsts] = words[firsts]
    if block.max() >= 0xE0:
        starts |= (block >= 0xE0) & (block != 0xE2)  # at each character of three bytes, but not at dashes and quotes
    folded = raw[begin : end + 5] & 0xDF
    folded *= raw[begin : end + 5] > 0x20
    chosen = folded[1:-4] * np.uint8(181)
    chosen += folded[3:-2] * np.uint8(77)
    chosen += folded[5:] * np.uint8(109)
    if sampled < 256:
        starts &= chosen < sampled
    at = np.flatnonzero(starts)
    return at + begin, chosen[at]


def _eight(data: Any) -> Any:
    """Return, at each place, the eight bytes from there as one number."""
    import numpy as np

    return np.ndarray((len(data) - 7,), "<u8", data, 0, (1,))


def _hashed(eight: Any, at: Any, width: Any) -> Any:
    """Return 32 bits (UInt64) for each passage, the same whatever the case of ASCII letters and the white space."""
    import numpy as np

    masks = np.array(_MASKS, np.uint64)
    odd = [np.uint64(k) for k in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]
    each = 0x0101010101010101
    h = np.zeros(len(at), np.uint64)
    longest, shortest = (int(width.max()), int(width.min())) if len(width) else (0, 0)
    for j in range(_LONGEST // 8):
        if longest > 8 * j:
            lane = eight[at + 8 * j if j else at]
            if shortest < 8 * j + 8:
                lane &= masks[j][width if shortest != longest else longest]
            # All of a byte where it is above a space, else nothing.
            word = lane & np.uint64(each * 0x7F)
            word += np.uint64(each * 0x5F)
            word |= lane
            word >>= np.uint64(7)
            word &= np.uint64(each)
            word *= np.uint64(0xDF)
            lane &= word
            h ^= lane
        # Also where nothing was added: a hash must not depend on what other passages are at hand.
        h *= odd[j]
        h ^= h >> np.uint64(29)
    h *= odd[1]
    return h >> np.uint64(32)


def _named(eight: Any, at: Any, width: Any) -> Any:
    """Say of each passage whether it holds a digit (1), and whether an ASCII capital after its first byte (2)."""
    import numpy as np

    masks = np.array(_MASKS, np.uint64)
    each = 0x0101010101010101
    top = np.uint64(each * 0x80)
    low = np.uint64(each * 0x7F)
    digit = np.zeros(len(at), np.uint64)
    capital = np.zeros(len(at), np.uint64)
    longest, shortest = (int(width.max()), int(width.min())) if len(width) else (0, 0)
    for j in range(-(-longest // 8)):
        lane = eight[at + 8 * j if j else at]
        if shortest < 8 * j + 8:
            lane &= masks[j][width if shortest != longest else longest]
        if j == 0:
            lane &= ~np.uint64(0xFF)
        seven = lane & low
        # The top bit of each byte: is it at least the first of them, and at most the last? Beyond ASCII it is neither.
        digit |= (seven + np.uint64(each * (0x80 - 0x30))) & ~((seven + np.uint64(each * (0x80 - 0x3A))) | lane)
        capital |= (seven + np.uint64(each * (0x80 - 0x41))) & ~((seven + np.uint64(each * (0x80 - 0x5B))) | lane)
    return (digit & top != 0).astype(np.uint32) | ((capital & top != 0).astype(np.uint32) << np.uint32(1))


def keys(bodies: pl.Series) -> pl.DataFrame:
    """Return what is kept of each text.

    Args:
        bodies: the texts (String, no nulls).

    Returns:
        A row for each text: `windows` (Int64, about how many passages it has), `limit` (UInt32), `passages`
        (List[UInt32], those below the limit), and of the first few of these by their hash (see `QUOTED`), in the same
        order, `starts` (List[UInt32], characters), `widths` (List[UInt8], bytes) and `texts` (List[String]).
    """
    import numpy as np
    import polars as pl

    length = bodies.str.len_bytes()
    order = pl.Series(np.searchsorted(_LENGTHS, length.to_numpy(), "right").astype(np.uint8)).arg_sort()
    sorted_bodies = bodies.gather(order)
    data, offsets = buffers(sorted_bodies)
    found = sketches(data, offsets)
    quoted = found.hash <= quotable(found.windows)[found.text]
    text, at = found.text[quoted], found.at[quoted]
    begin = offsets[text] + at
    frame = pl.DataFrame({"windows": found.windows, "limit": found.limit}).with_columns(
        passages=_lists(pl.Series(found.hash), found.text, len(bodies)),
        starts=_lists(_characters(data, offsets, text, begin), text, len(bodies)),
        widths=_lists(pl.Series(found.width[quoted].astype(np.uint8)), text, len(bodies)),
        texts=_lists(_cuttings(data, begin, np.minimum(begin + _QUOTE, offsets[text + 1])), text, len(bodies)),
    )
    back = np.empty(len(bodies), np.int64)
    back[order.to_numpy()] = np.arange(len(bodies))
    return frame[back]


def quotable(windows: Any) -> Any:
    """Return what the hash of a passage is not above, if its words are kept; of texts with so many passages."""
    import numpy as np

    return np.minimum(QUOTED * 2**32 // np.maximum(windows, 1), 2**32 - 1).astype(np.uint32)


def buffers(texts: pl.Series) -> tuple[Any, Any]:
    """Return the UTF-8 of a String column, and where in it each text starts and the last one ends."""
    import numpy as np
    import pyarrow as pa

    arrow = texts.rechunk().to_arrow(compat_level=_large())
    if isinstance(arrow, pa.ChunkedArray):
        arrow = arrow.combine_chunks()
    _, ends, data = arrow.buffers()
    offsets = np.frombuffer(ends, np.int64)[arrow.offset : arrow.offset + len(arrow) + 1]
    return np.frombuffer(data, np.uint8) if data is not None and data.size else np.empty(0, np.uint8), offsets


def _large() -> Any:
    """Return the setting with which polars gives large strings, not views."""
    import polars as pl

    return pl.CompatLevel.oldest()


def _lists(values: pl.Series, text: Any, count: int) -> pl.Series:
    """Return a list column: for each of so many texts, its values; `text` is sorted."""
    import numpy as np
    import polars as pl
    import pyarrow as pa

    offsets = np.searchsorted(text, np.arange(count + 1)).astype(np.int64)
    arrow = values.to_arrow(compat_level=_large())
    made = pa.LargeListArray.from_arrays(pa.array(offsets), arrow)
    listed = pl.from_arrow(made)
    assert isinstance(listed, pl.Series)
    return listed


def _strings(data: Any, offsets: Any) -> pl.Series:
    import polars as pl
    import pyarrow as pa

    made = pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(data))
    strings = pl.from_arrow(made)
    assert isinstance(strings, pl.Series)
    return strings


def _characters(data: Any, offsets: Any, text: Any, begin: Any) -> pl.Series:
    """Return how many characters stand before each place in its text; `begin` is sorted."""
    import numpy as np
    import polars as pl

    first = np.flatnonzero(np.diff(text, prepend=-1))  # the first place of each text: count from its start
    cuts = np.insert(begin, first, offsets[text[first]])
    pieces = _strings(data, np.append(cuts, cuts[-1:]) if len(cuts) else np.zeros(1, np.int64))
    before = np.cumsum(pieces.str.len_chars().to_numpy().astype(np.int64))
    places = np.arange(len(begin)) + np.searchsorted(first, np.arange(len(begin)), "right")
    total = np.concatenate([[0], before])[places]
    base = np.concatenate([[0], before])[first + np.arange(len(first))]
    return pl.Series((total - np.repeat(base, np.diff(np.append(first, len(begin))))).astype(np.uint32))


def _cuttings(data: Any, begin: Any, end: Any) -> pl.Series:
    """Return the text between places, ended before a character that is not whole."""
    import numpy as np

    for _ in range(3):
        inside = np.minimum(end, len(data) - 1)
        end = end - ((end < len(data)) & (data[inside] & 0xC0 == 0x80))
    sizes = end - begin
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    if len(data) < _QUOTE:
        data = np.append(data, np.zeros(_QUOTE, np.uint8))
    first = np.minimum(begin, len(data) - _QUOTE)  # no quote is longer
    ahead = (begin - first)[:, None]
    column = np.arange(_QUOTE)
    taken = np.lib.stride_tricks.sliding_window_view(data, _QUOTE)[first]
    return _strings(taken[(column >= ahead) & (column < ahead + sizes[:, None])], offsets)
