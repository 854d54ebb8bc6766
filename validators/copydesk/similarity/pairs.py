"""Pairs: find the texts of a collection that share most of their passages, by their sketches.

Among the texts that share a passage, each is compared with the first one and with the one before it. How alike the two
of a pair are, `copydesk.similarity.likeness` says. The order of the texts depends on their contents, not on their
places: a collection in another order has the same pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.lazy import np, pl
from copydesk.native import functions
from copydesk.similarity.ordered import among, firsts, halves, in_order, repeated
from copydesk.similarity.sketches import NAMED, QUOTE, WIDTHS, drawing, flat_passages, quotable

__all__ = [
    "candidates",
    "likeliest",
    "marks",
    "meetings",
    "repeated_values",
    "shared_passages",
]

#: Rows that are read at once.
_ROWS = 20_000

#: Texts are brought together that share so many marks.
_SHARED = 3

#: Candidates of a text that are looked at.
_CANDIDATES = 4


def candidates(sketches: pl.LazyFrame) -> pl.DataFrame:
    """Find pairs of texts that share some of the lower part of their passages.

    Args:
        sketches: a row for each text: `passages` (List[UInt32]), `limit` (UInt32), and `hash` (UInt64), the same for
            texts that are the same.

    Returns:
        `text` and `twin` (UInt64, the hashes of texts), for each text the best few of a lower hash.
    """
    hashes = sketches.select("hash").collect().to_series().to_numpy()
    # Texts are numbered in the order of their hashes, so that the pairs do not depend on the order of the collection.
    hashes, number = np.unique(hashes, return_inverse=True)
    # In parts, first of marks and then of texts: small arrays are sorted quickly, and need little memory.
    parts = 1 << (len(number) // (2 * _ROWS)).bit_length()
    marks = _marks(sketches, number, parts)
    pairs: list[list[Any]] = [[] for _ in range(parts)]
    while marks:
        for part, some in zip(pairs, _meetings(marks.pop(), parts), strict=True):
            part.append(some)
    found = [_likeliest(np.concatenate(pairs.pop())) for _ in range(parts)]
    text, twin = (hashes[np.concatenate(side)] for side in zip(*found, strict=True))
    return pl.DataFrame({"text": text, "twin": twin})


def marks(sketches: pl.DataFrame) -> pl.DataFrame:
    """Return the passages by which texts are brought together: `mark` (UInt32), and `text` (UInt64), the hash of one.

    `marks`, `meetings` and `likeliest` are the steps of `candidates`, each of which needs to see only a part of all.

    Args:
        sketches: as for `candidates`.
    """
    (packed,) = _marks(sketches.lazy(), np.arange(sketches.height))
    mark, row = halves(packed)
    return pl.DataFrame({"mark": mark, "text": sketches["hash"].to_numpy()[row]})


def meetings(marks: pl.DataFrame) -> pl.DataFrame:
    """Bring texts together that share passages: `text` and `twin` (UInt64), a row for each passage shared.

    Args:
        marks: see `marks`; of a passage all there are, or none.
    """
    texts, rank = np.unique(marks["text"].to_numpy(), return_inverse=True)
    (pair,) = _meetings((marks["mark"].to_numpy().astype(np.uint64) << np.uint64(32)) | rank.astype(np.uint64))
    text, twin = halves(pair)
    return pl.DataFrame({"text": texts[text], "twin": texts[twin]})


def likeliest(meetings: pl.DataFrame) -> pl.DataFrame:
    """Choose for each text the best few of those it meets: `text` and `twin` (UInt64).

    Args:
        meetings: see `meetings`; of a text all there are, or none.
    """
    both = np.concatenate([meetings["text"].to_numpy(), meetings["twin"].to_numpy()])
    texts, rank = np.unique(both, return_inverse=True)
    one, other = rank[: meetings.height].astype(np.uint64), rank[meetings.height :].astype(np.uint64)
    pairs = _likeliest((one << np.uint64(32)) | other)
    return pl.DataFrame({"text": texts[pairs[0]], "twin": texts[pairs[1]]})


def repeated_values(values: pl.Series, least: int) -> pl.Series:
    """Return the whole numbers that stand in a column at least `least` times. It sorts, because columns are long."""
    there = values.drop_nulls() if values.null_count() else values
    return pl.Series(repeated(in_order(there), least), dtype=values.dtype)


def shared_passages(mine: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Return the words that pairs of texts share: the longest passage of the first text that can be quoted.

    Args:
        mine: the one of each pair, as `copydesk.similarity.sketches.keys` gives it.
        others: the other of each pair.

    Returns:
        `start` (Int64) and `text`. For a few texts in a hundred no shared passage can be quoted: `text` is empty.
    """
    key, quotes = _quotes(mine)
    starts = mine["starts"].explode(empty_as_null=False).to_numpy()
    pair, passage = flat_passages(others)
    theirs = in_order(pair.astype(np.uint64) << np.uint64(32) | passage & ~np.uint32(NAMED))
    shared = np.flatnonzero(among(key, theirs))
    key, quotes, starts = key[shared], quotes[shared], starts[shared]
    # Where both texts quote the passage, as far as they go on alike.
    other_key, other_quotes = _quotes(others)
    order = np.argsort(other_key)
    at = np.minimum(np.searchsorted(other_key, key, sorter=order), len(order) - 1)
    same = _lower(quotes) == _lower(other_quotes[order[at]]) if len(order) else np.zeros_like(quotes, bool)
    same[other_key[order[at]] != key] = False
    size = np.maximum(_run(same), np.array(WIDTHS)[quotes[:, 0]])
    size = np.minimum(size, _run((quotes != 0) & (quotes != ord("\n"))))
    pair = (key >> np.uint64(32)).astype(np.int64)
    order = np.lexsort((-_whole(quotes, size), pair))
    found: list[tuple[int, str]] = [(0, "")] * len(mine)
    for n in order[firsts(pair[order])].tolist():
        found[pair[n]] = int(starts[n]), _whole_words(quotes[n].tobytes(), int(size[n]))
    return pl.DataFrame(found, schema={"start": pl.Int64, "text": pl.String}, orient="row")


def _marks(sketches: pl.LazyFrame, numbers: Any, parts: int = 1) -> list[Any]:
    """Return the lower part of the passages of each text (UInt64), with the number of the text in the lower 32 bits.

    They are shared out to parts, of which there is a power of two: of a passage all there are stand in one.
    """

    def batches() -> Iterator[tuple[Any, ...]]:
        at = 0
        for rows in sketches.select("passages", "limit").collect_batches(chunk_size=_ROWS):
            texts = numbers[at : at + len(rows)].astype(np.uint32)
            passages = rows["passages"].explode(empty_as_null=False).to_numpy()
            yield passages, rows["passages"].list.len().to_numpy(), rows["limit"].to_numpy(), texts
            at += len(rows)

    return functions.share_out_passages(batches, parts)


def _meetings(marks: Any, parts: int = 1) -> list[Any]:
    """Return pairs of texts, the higher number in the upper 32 bits, once for each passage that they share.

    Each text is brought together with the first of those that have the passage, and with the one before it. The pairs
    are shared out to parts: of the higher number all there are stand in one.
    """
    return functions.pair_texts(in_order(marks), parts)


def _likeliest(pairs: Any) -> tuple[Any, Any]:
    """Return the pairs that share enough passages, for each text the best few."""
    pairs = in_order(pairs)
    often = repeated(pairs, _SHARED)
    row, twin = halves(often)
    counts = np.searchsorted(pairs, often, "right") - np.searchsorted(pairs, often)
    best = (
        pl.DataFrame({"row": row, "twin": twin, "count": counts})
        .sort("row", "count", "twin", descending=[False, True, False])
        .group_by("row", maintain_order=True)
        .head(_CANDIDATES)
    )
    return best["row"].to_numpy(), best["twin"].to_numpy()


def _quotes(sketches: pl.DataFrame) -> tuple[Any, Any]:
    """Return the passages that can be quoted, each with its row before it (UInt64), and their bytes, a row each."""
    row, passage = flat_passages(sketches)
    there = np.flatnonzero(quotable(passage, drawing(sketches["windows"].to_numpy())[row]))
    key = row[there].astype(np.uint64) << np.uint64(32) | passage[there] & ~np.uint32(NAMED)
    return key, sketches["quotes"].explode(empty_as_null=False).to_numpy().reshape(-1, QUOTE)


def _lower(quotes: Any) -> Any:
    """Return bytes with ASCII letters in lower case, and one kind of white space."""
    spaced = np.maximum(quotes, 0x20)
    return spaced + np.uint8(0x20) * (spaced - np.uint8(ord("A")) < 26)


def _run(flags: Any) -> Any:
    """Return how many flags of each row are set from the first one on."""
    return np.where(flags.all(axis=1), flags.shape[1], np.argmin(flags, axis=1))


def _whole(quotes: Any, size: Any) -> Any:
    """Return about how many bytes `_whole_words` leaves of so many of each row."""
    place = np.arange(QUOTE)
    space = (quotes == ord(" ")) & (place < size[:, None])
    before = np.where(space.any(axis=1), QUOTE - 1 - np.argmax(space[:, ::-1], axis=1), 0)
    behind = quotes[np.arange(len(size)), np.minimum(size, QUOTE - 1)]
    parted = (size < QUOTE) & ((behind == ord(" ")) | (behind == ord("\n")))
    return np.where(~parted & (before > size // 2), before, size)


def _whole_words(quote: bytes, size: int) -> str:
    """Return so many bytes as text, without a last word that was cut if other words stand before it."""
    text = quote.rstrip(b"\0").decode(errors="ignore")
    cut = quote[:size].decode(errors="ignore")
    if len(cut) == len(text) or text[len(cut)].isalnum():
        before = cut.rfind(" ")
        cut = cut[:before] if before > len(cut) // 2 else cut
    return cut.rstrip()
