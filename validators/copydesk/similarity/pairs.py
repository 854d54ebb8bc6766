"""Pairs: find the texts of a collection that share most of their passages, by their sketches.

Among the texts that share a passage, each is compared with the first one and with the one before it. A pair counts only
if its two sketches agree. The order of the texts depends on their contents, not on their places: a collection in
another order has the same pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.lazy import np, pl
from copydesk.native import functions
from copydesk.similarity.sketches import NAMED, QUOTE, WIDTHS, drawing, quotable

__all__ = [
    "Likeness",
    "candidates",
    "likeliest",
    "marks",
    "meetings",
    "repeated_values",
    "shared_passages",
]

#: Rows that are read at once, and pairs that are compared at once.
_ROWS, _PAIRS = 20_000, 20_000

#: Rows that are grouped at once.
_GROUPED = 1_000_000

#: Texts are brought together that share so many marks.
_SHARED = 3

#: Candidates of a text that are looked at.
_CANDIDATES = 4

#: A passage under so many headlines of one publisher, and of no other, or without headlines in so many texts, is the
#: publisher's, not a story's; unless more than so much of the text is such passages, or it belongs to a series.
_HEADLINES, _TEXTS, _ALL = 4, 20, 0.9

#: Texts whose other lines share so much with others are versions of one story under headlines of their own. What a
#: publisher prints around its stories is the same line by line, and the rest of such texts is their own.
_SERIES = 0.4


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
    mark, row = _halves(packed)
    return pl.DataFrame({"mark": mark, "text": sketches["hash"].to_numpy()[row]})


def meetings(marks: pl.DataFrame) -> pl.DataFrame:
    """Bring texts together that share passages: `text` and `twin` (UInt64), a row for each passage shared.

    Args:
        marks: see `marks`; of a passage all there are, or none.
    """
    texts, rank = np.unique(marks["text"].to_numpy(), return_inverse=True)
    (pair,) = _meetings((marks["mark"].to_numpy().astype(np.uint64) << np.uint64(32)) | rank.astype(np.uint64))
    text, twin = _halves(pair)
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


class Likeness:
    """How alike texts are by their passages, without the passages that are a publisher's.

    Args:
        sketches: a row for each text: `passages`, `limit`, `publisher` (UInt64), `story` (UInt64, the headline; null
            without), and `lines` (List[UInt64], keys of its lines; the lowest 16 bits are how many words one has).
    """

    def __init__(self, sketches: pl.DataFrame) -> None:
        row, passage = _flat(sketches)
        key = row.astype(np.uint64) << np.uint64(32) | passage
        key.sort()
        row, passage = _halves(key[_firsts(key >> np.uint64(2))])
        stays = ~_boilerplate(row, passage & ~np.uint32(NAMED), sketches)
        self._passages = passage[stays]
        self._edges = np.searchsorted(row[stays], np.arange(len(sketches) + 1))
        self._limit = sketches["limit"].to_numpy()

    def of(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Compare the texts of pairs, `row` and `twin` (UInt32).

        Returns:
            The pairs, with `share` (of the passages of row, those that stand in twin), `back` (the same of the passages
            of twin), `jaccard` (Float64), and for `plain` passages, those with a `digit`, and those with a `capital`:
            `<kind>_all` (how many of row's) and `<kind>_shared`.
        """
        sides = pairs["row"].to_numpy(), pairs["twin"].to_numpy()
        counted = [
            self._counted(*(side[n : n + _PAIRS] for side in sides)) for n in range(0, max(len(pairs), 1), _PAIRS)
        ]
        return (
            pl.concat([pairs.select("row", "twin"), pl.concat(counted)], how="horizontal")
            .filter(pl.col("mine") > 0, pl.col("theirs") > 0)
            .with_columns(
                share=pl.col("shared") / pl.col("mine"),
                back=pl.col("shared") / pl.col("theirs"),
                jaccard=pl.col("shared") / (pl.col("mine") + pl.col("theirs") - pl.col("shared")),
            )
            .drop("mine", "theirs", "shared")
            .sort("row", "twin")
        )

    def _counted(self, row: Any, twin: Any) -> pl.DataFrame:
        """Count the passages of each pair: `mine`, `theirs`, `shared`, and each kind of mine."""
        upto = np.minimum(self._limit[row], self._limit[twin])
        mine, theirs = (self._below(side, upto) for side in (row, twin))
        both = _among(mine >> np.uint64(2), theirs >> np.uint64(2))
        pair, named = (mine >> np.uint64(32)).astype(np.int64), mine & np.uint64(NAMED)
        kinds = {"plain": named == 0, "digit": named & np.uint64(1) != 0, "capital": named & np.uint64(2) != 0}
        flags = {f"{kind}_all": there for kind, there in kinds.items()}
        flags |= {f"{kind}_shared": there & both for kind, there in kinds.items()}
        count = {name: np.bincount(pair[there], minlength=len(row)) for name, there in flags.items()}
        of_twin = np.bincount((theirs >> np.uint64(32)).astype(np.int64), minlength=len(row))
        shared = np.bincount(pair[both], minlength=len(row))
        return pl.DataFrame(
            {"mine": np.bincount(pair, minlength=len(row)), "theirs": of_twin, "shared": shared} | count
        )

    def _below(self, rows: Any, upto: Any) -> Any:
        """Return the passages of some texts that are not above bounds, each with its number among these before it."""
        first = self._edges[rows]
        sizes = self._edges[rows + np.uint32(1)] - first
        number = np.repeat(np.arange(len(rows)), sizes)
        passages = self._passages[np.arange(len(number)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)]
        low = passages <= upto[number]
        return number[low].astype(np.uint64) << np.uint64(32) | passages[low]


def repeated_values(values: pl.Series, least: int) -> pl.Series:
    """Return the whole numbers that stand in a column at least `least` times. It sorts, because columns are long."""
    there = values.drop_nulls() if values.null_count() else values
    return pl.Series(_repeated(_sorted(there), least), dtype=values.dtype)


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
    pair, passage = _flat(others)
    theirs = _sorted(pair.astype(np.uint64) << np.uint64(32) | passage & ~np.uint32(NAMED))
    shared = np.flatnonzero(_among(key, theirs))
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
    for n in order[_firsts(pair[order])].tolist():
        found[pair[n]] = int(starts[n]), _whole_words(quotes[n].tobytes(), int(size[n]))
    return pl.DataFrame(found, schema={"start": pl.Int64, "text": pl.String}, orient="row")


def _repeated(ordered: Any, least: int) -> Any:
    """Return the values, each once, that stand in a sorted array at least so many times."""
    again = ordered[least - 1 :]
    again = again[again == ordered[: len(again)]]
    return again[_firsts(again)]


def _firsts(ordered: Any) -> Any:
    """Return where in a sorted array each value comes first."""
    if not len(ordered):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))


def _sorted(values: Any) -> Any:
    """Return whole numbers that are not negative in order, of 64 bits."""
    copy = np.array(values, np.uint64)
    copy.sort()
    return copy


def _halves(keys: Any) -> tuple[Any, Any]:
    """Return the upper and the lower half of numbers of 64 bits."""
    return (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)


def _among(values: Any, ordered: Any) -> Any:
    """Say which values stand in a sorted array."""
    if not len(ordered):
        return np.zeros(len(values), bool)
    return ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values


def _flat(sketches: pl.DataFrame) -> tuple[Any, Any]:
    """Return the passages of all texts, and the row of each."""
    lengths = sketches["passages"].list.len().to_numpy()
    passages = sketches["passages"].explode(empty_as_null=False).to_numpy()
    return np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths), passages


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
    return functions.pair_texts(_sorted(marks), parts)


def _likeliest(pairs: Any) -> tuple[Any, Any]:
    """Return the pairs that share enough passages, for each text the best few."""
    pairs = _sorted(pairs)
    often = _repeated(pairs, _SHARED)
    row, twin = _halves(often)
    counts = np.searchsorted(pairs, often, "right") - np.searchsorted(pairs, often)
    best = (
        pl.DataFrame({"row": row, "twin": twin, "count": counts})
        .sort("row", "count", "twin", descending=[False, True, False])
        .group_by("row", maintain_order=True)
        .head(_CANDIDATES)
    )
    return best["row"].to_numpy(), best["twin"].to_numpy()


def _boilerplate(row: Any, passage: Any, sketches: pl.DataFrame) -> Any:
    """Flag passages that are a publisher's, except in texts that have little else. No text has a passage twice.

    A passage that stands above all in versions of one story is the story's.
    """
    often = repeated_values(pl.Series(passage), _HEADLINES).to_numpy()
    there = np.flatnonzero(_among(passage, often))
    whose = sketches.select("publisher", "story", series=pl.Series(_is_in_series(row, passage, sketches)))
    # In parts, of a passage all there are in one: near copies repeat nearly all of theirs.
    parts = 1 + len(there) // _GROUPED
    part = passage[there] % np.uint32(parts)
    pages = [_pages(whose[row[some]].with_columns(passage=passage[some])) for some in _parted(there, part, parts)]
    page = _among(passage, np.sort(np.concatenate(pages)))
    share = np.bincount(row[page], minlength=len(sketches)) / np.maximum(np.bincount(row, minlength=len(sketches)), 1)
    return page & (share <= _ALL)[row]


def _parted(places: Any, part: Any, parts: int) -> Iterator[Any]:
    """Yield the places of each part."""
    for number in range(parts):
        yield places[part == number] if parts > 1 else places


def _pages(whose: pl.DataFrame) -> Any:
    """Return the passages that are a publisher's; a row is a text that has a `passage`, and whose it is."""
    passages = (
        whose.lazy()
        .group_by("passage")
        .agg(*_spread(), pl.col("series").mean())
        .filter(_is_of_publisher(), pl.col("series") < 1 / 2)
        .select("passage")
        .collect()
    )
    return passages["passage"].to_numpy()


def _is_in_series(row: Any, passage: Any, sketches: pl.DataFrame) -> Any:
    """Return whether each text shares much with other stories, beside the lines that a publisher prints under each."""
    # Copies under one headline are one story. Without a headline each text is one.
    rows = np.arange(len(sketches), dtype=np.uint64)
    story = sketches["story"].fill_null(pl.Series(rows)).to_numpy().astype(np.uint32)[row]
    twice = np.zeros(len(passage), bool)
    parts = 1 + len(passage) // _GROUPED
    for places in _parted(np.arange(len(passage), dtype=np.uint32), passage % np.uint32(parts), parts):
        some = passage[places]
        pairs = _sorted(some.astype(np.uint64) << np.uint64(32) | story[places])
        twice[places] = _among(some, _repeated(pairs[_firsts(pairs)] >> np.uint64(32), 2))
    count = np.maximum(np.bincount(row, minlength=len(sketches)), 1)
    shared = np.bincount(row[twice], minlength=len(sketches)) / count
    repeated = _repeated_lines(sketches)
    return shared - repeated >= _SERIES * (1 - repeated)


def _repeated_lines(sketches: pl.DataFrame) -> Any:
    """Return which share of the words of each text stands in lines that are its publisher's."""
    lines = (
        sketches.select("publisher", "story", line="lines").with_row_index("row").explode("line", empty_as_null=False)
    )
    pages = (
        lines.lazy().group_by("line").agg(*_spread()).filter(_is_of_publisher()).select("line", page=pl.lit(value=True))
    )
    words = pl.col("line") & 0xFFFF
    shares = (
        lines.lazy()
        .join(pages, on="line", how="left")
        .group_by("row")
        .agg(share=words.filter(pl.col("page")).sum() / words.sum())
        .collect()
    )
    repeated = np.zeros(len(sketches))
    repeated[shares["row"].to_numpy()] = shares["share"].fill_nan(0).fill_null(0).to_numpy()
    return repeated


def _spread() -> list[pl.Expr]:
    """Return in how many texts, at how many publishers and under how many headlines the rows of a group stand."""
    return [
        pl.len().alias("texts"),
        pl.col("publisher").n_unique().alias("owners"),
        pl.col("story").drop_nulls().n_unique().alias("stories"),
    ]


def _is_of_publisher() -> pl.Expr:
    """Return whether what has that `_spread` is a publisher's, not a story's."""
    return (pl.col("owners") == 1) & ((pl.col("stories") >= _HEADLINES) | (pl.col("texts") > _TEXTS))


def _quotes(sketches: pl.DataFrame) -> tuple[Any, Any]:
    """Return the passages that can be quoted, each with its row before it (UInt64), and their bytes, a row each."""
    row, passage = _flat(sketches)
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
