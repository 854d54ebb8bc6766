"""Twins: which texts of a collection share most of their passages, told by their sketches.

Of the texts that share some of their passages, every one is held against the first and against the one before it,
and a pair counts only if its two sketches agree. Which is first is a matter of their contents, not of their places:
a collection in another order has the same pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.columns import pl
from copydesk.shingles import NAMED, QUOTE, WIDTHS, drawing, quotable

if TYPE_CHECKING:
    import polars as pl

__all__ = ["candidates", "likeliest", "likeness", "marks", "meetings", "repeated_values", "shared_passage"]

#: Texts are brought together by one in so many of their passages.
_PART = 3

#: Candidates of a text that are looked at.
_CANDIDATES = 4

#: A passage under so many headlines of one publisher, and of no other, or without headlines in so many texts, is the
#: publisher's, not a story's; unless more than so much of the text is such passages.
_HEADLINES, _TEXTS, _ALL = 4, 20, 0.9


def candidates(sketches: pl.DataFrame) -> pl.DataFrame:
    """Find pairs of texts that share at least two of the lower part of their passages.

    Args:
        sketches: a row for each text: `passages` (List[UInt32]), `limit` (UInt32), and `hash` (UInt64), by which the
            texts are put in order.

    Returns:
        `row` and `twin` (UInt32, numbers of rows), for each text the best few before it in that order.
    """
    import numpy as np

    order = sketches["hash"].arg_sort().to_numpy()
    rank = np.empty(len(order), np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    pairs = _likeliest(_meetings(_marks(sketches, rank)))
    return pl.DataFrame({"row": order[pairs[0]].astype(np.uint32), "twin": order[pairs[1]].astype(np.uint32)})


def marks(sketches: pl.DataFrame) -> pl.DataFrame:
    """Return the passages by which texts are brought together: `mark` (UInt32), and `text` (UInt64), the hash of one.

    `marks`, `meetings` and `likeliest` are the steps of `candidates`, each of which needs to see only a part of all.

    Args:
        sketches: as for `candidates`.
    """
    import numpy as np

    packed = _marks(sketches, np.arange(sketches.height, dtype=np.uint32))
    texts = sketches["hash"].to_numpy()[(packed & np.uint64(2**32 - 1)).astype(np.int64)]
    return pl.DataFrame({"mark": (packed >> np.uint64(32)).astype(np.uint32), "text": texts})


def meetings(marks: pl.DataFrame) -> pl.DataFrame:
    """Bring texts together that share passages: `text` and `twin` (UInt64), a row for each passage shared.

    Args:
        marks: see `marks`; of a passage all there are, or none.
    """
    import numpy as np

    texts, rank = np.unique(marks["text"].to_numpy(), return_inverse=True)
    pair = _meetings((marks["mark"].to_numpy().astype(np.uint64) << np.uint64(32)) | rank.astype(np.uint64))
    low = (pair & np.uint64(2**32 - 1)).astype(np.int64)
    return pl.DataFrame({"text": texts[(pair >> np.uint64(32)).astype(np.int64)], "twin": texts[low]})


def likeliest(meetings: pl.DataFrame) -> pl.DataFrame:
    """Choose for each text the best few of those it meets: `text` and `twin` (UInt64).

    Args:
        meetings: see `meetings`; of a text all there are, or none.
    """
    import numpy as np

    both = np.concatenate([meetings["text"].to_numpy(), meetings["twin"].to_numpy()])
    texts, rank = np.unique(both, return_inverse=True)
    one, other = rank[: meetings.height].astype(np.uint64), rank[meetings.height :].astype(np.uint64)
    pairs = _likeliest((one << np.uint64(32)) | other)
    return pl.DataFrame({"text": texts[pairs[0]], "twin": texts[pairs[1]]})


def likeness(sketches: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Say how alike the texts of each pair are.

    Args:
        sketches: a row for each text: `passages`, `limit`, `publisher` (UInt64), and `story` (UInt64, the headline;
            null without).
        pairs: `row` and `twin` (UInt32).

    Returns:
        The pairs, with `share` (of the passages of row, those that stand in twin), `back` (the same of the passages of
        twin), `jaccard` (Float64), and for `plain` passages, those with a `digit`, and those with a `capital`:
        `<kind>_all` (UInt32, how many of row's) and `<kind>_shared`.
    """
    import numpy as np

    rows = pl.concat([pairs["row"], pairs["twin"]]).unique().sort()
    involved = sketches[rows].with_columns(row=rows)
    flat = involved["passages"].explode(empty_as_null=False).to_numpy()
    row = np.repeat(rows.to_numpy(), involved["passages"].list.len().to_numpy())
    kept = pl.DataFrame({"row": row, "passage": flat & ~np.uint32(NAMED), "named": flat & np.uint32(NAMED)})
    kept = kept.unique(["row", "passage"], keep="first", maintain_order=True)
    kept = _without_boilerplate(kept, involved)
    of_row = kept.rename({"row": "_row"})
    limits = involved.select(_row="row", limit="limit")
    asked = (
        pairs.lazy()
        .with_row_index("pair")
        .join(limits.lazy().rename({"_row": "row", "limit": "_a"}), on="row")
        .join(limits.lazy().rename({"_row": "twin", "limit": "_b"}), on="twin")
        .with_columns(limit=pl.min_horizontal("_a", "_b"))
    )
    left = asked.join(of_row.lazy(), left_on="row", right_on="_row").filter(pl.col("passage") <= pl.col("limit"))
    right = asked.join(of_row.lazy(), left_on="twin", right_on="_row").filter(pl.col("passage") <= pl.col("limit"))
    kinds = {
        "plain": pl.col("named") == 0,
        "digit": pl.col("named") & 1 != 0,
        "capital": pl.col("named") & 2 != 0,
    }
    shared = right.select("pair", "passage", both=pl.lit(True))
    counted = (
        left.join(shared, on=["pair", "passage"], how="left")
        .with_columns(pl.col("both").fill_null(False))
        .group_by("pair")
        .agg(
            pl.len().alias("_a_all"),
            pl.col("both").sum().alias("_shared"),
            *(kind.sum().alias(f"{name}_all") for name, kind in kinds.items()),
            *((kind & pl.col("both")).sum().alias(f"{name}_shared") for name, kind in kinds.items()),
        )
    )
    others = right.group_by("pair").agg(pl.len().alias("_b_all"))
    return (
        asked.join(counted, on="pair")
        .join(others, on="pair")
        .with_columns(
            share=pl.col("_shared") / pl.col("_a_all"),
            back=pl.col("_shared") / pl.col("_b_all"),
            jaccard=pl.col("_shared") / (pl.col("_a_all") + pl.col("_b_all") - pl.col("_shared")),
        )
        .select(
            "row", "twin", "share", "back", "jaccard", *(f"{k}_{what}" for k in kinds for what in ("all", "shared"))
        )
        .sort("row", "twin")
        .collect()
    )


def repeated_values(values: pl.Series, least: int) -> pl.Series:
    """Return the values that stand in a column at least so many times: by sorting, for it may be long."""
    import numpy as np

    ordered = np.sort(values.to_numpy())
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else np.empty(0, np.int64)
    often = starts[np.diff(np.append(starts, len(ordered))) >= least]
    return pl.Series(ordered[often], dtype=values.dtype)


def _marks(sketches: pl.DataFrame, numbers: Any) -> Any:
    """Return the lower part of the passages of each text, with the number of the text in the lower 32 bits."""
    import numpy as np

    sizes = sketches["passages"].list.len().to_numpy()
    flat = sketches["passages"].explode(empty_as_null=False).to_numpy() & ~np.uint32(NAMED)
    limit = sketches["limit"].to_numpy()
    # Of a text so short that all its passages are kept, all of them; else the lower part.
    low = flat <= np.repeat(np.where(limit == 2**32 - 1, limit, limit // _PART), sizes)
    return (flat[low].astype(np.uint64) << np.uint64(32)) | np.repeat(numbers, sizes)[low]


def _meetings(key: Any) -> Any:
    """Return pairs of numbers, the higher in the upper 32 bits, once for each passage that they share."""
    import numpy as np

    key = np.sort(key)
    again = key[1:] >> np.uint64(32) == key[:-1] >> np.uint64(32)
    several = np.zeros(len(key), bool)
    several[1:] = again
    several[:-1] |= again
    key = key[several]
    key = key[np.append(True, key[1:] != key[:-1])] if len(key) else key
    value, owner = (key >> np.uint64(32)).astype(np.uint32), (key & np.uint64(2**32 - 1)).astype(np.uint32)
    starts = np.flatnonzero(np.append(True, value[1:] != value[:-1])) if len(value) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(value)))
    earliest = np.repeat(owner[starts], sizes)
    later = np.ones(len(value), bool)
    later[starts] = False
    before = np.empty_like(owner)
    before[1:] = owner[:-1]
    second = later & (before != earliest)
    rows = np.concatenate([owner[later], owner[second]]).astype(np.uint64)
    others = np.concatenate([earliest[later], before[second]]).astype(np.uint64)
    return (rows << np.uint64(32)) | others


def _likeliest(pair: Any) -> tuple[Any, Any]:
    """Return the pairs that share at least two passages, for each number the best few."""
    import numpy as np

    pair = np.sort(pair)
    starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1])) if len(pair) else np.empty(0, np.int64)
    counts = np.diff(np.append(starts, len(pair)))
    enough = counts >= 2
    chosen = pair[starts][enough]
    best = (
        pl.DataFrame(
            {
                "row": (chosen >> np.uint64(32)).astype(np.uint32),
                "twin": (chosen & np.uint64(2**32 - 1)).astype(np.uint32),
                "count": counts[enough],
            }
        )
        .sort("row", "count", "twin", descending=[False, True, False])
        .group_by("row", maintain_order=True)
        .head(_CANDIDATES)
    )
    return best["row"].to_numpy(), best["twin"].to_numpy()


def _without_boilerplate(kept: pl.DataFrame, involved: pl.DataFrame) -> pl.DataFrame:
    """Leave out the passages of publishers, unless of a text little else would stay."""
    often = kept.lazy().filter(pl.len().over("passage") >= _HEADLINES)
    whose = involved.lazy().select("row", "publisher", "story")
    pages = (
        often.join(whose, on="row")
        .group_by("passage")
        .agg(
            pl.len().alias("texts"),
            pl.col("publisher").n_unique().alias("owners"),
            pl.col("story").drop_nulls().n_unique().alias("stories"),
        )
        .filter((pl.col("owners") == 1) & ((pl.col("stories") >= _HEADLINES) | (pl.col("texts") > _TEXTS)))
        .select("passage", page=pl.lit(True))
    )
    marked = kept.lazy().join(pages, on="passage", how="left", maintain_order="left")
    marked = marked.with_columns(pl.col("page").fill_null(False))
    stays = ~pl.col("page") | (pl.col("page").mean().over("row") > _ALL)
    return marked.filter(stays).select("row", "passage", "named").collect()


def shared_passage(mine: dict[str, Any], other: dict[str, Any]) -> tuple[int, str]:
    """Return where the longest passage starts that can be quoted of a text and stands in the other, and its words.

    Both are rows of `copydesk.shingles.keys`. Of few texts in a hundred no shared passage can be quoted: then no words.
    """
    theirs = {p & ~NAMED for p in other["passages"]}
    longer = dict(_quoted(other))
    best = (0, "")
    for (passage, quote), start in zip(_quoted(mine), mine["starts"], strict=True):
        if passage not in theirs:
            continue
        text, sure = _line(quote), _line(quote[: WIDTHS[quote[0]]])
        words = _whole_words(text, max(len(sure), _common(text, _line(longer.get(passage, b"")))))
        if len(words) > len(best[1]):
            best = (start, words)
    return best


def _quoted(sketch: dict[str, Any]) -> list[tuple[int, bytes]]:
    """Return the passages whose words are kept, in their order, and the bytes from there on."""
    import numpy as np

    passages = np.array(sketch["passages"], np.uint32)
    passages = passages[quotable(passages, drawing(sketch["windows"]))] & ~np.uint32(NAMED)
    quotes = [sketch["quotes"][n : n + QUOTE] for n in range(0, len(sketch["quotes"]), QUOTE)]
    return list(zip(passages.tolist(), quotes, strict=True))


def _line(quote: bytes) -> str:
    """Return the text up to the end of the line."""
    return quote.rstrip(b"\0").decode(errors="ignore").partition("\n")[0]


def _whole_words(text: str, length: int) -> str:
    """Return so many characters of a text, without a last word that was cut if other words stand before it."""
    cut = text[:length]
    if length == len(text) or text[length].isalnum():
        before = cut.rstrip().rfind(" ")
        cut = cut[:before] if before > length // 2 else cut
    return cut.rstrip()


def _common(one: str, two: str) -> int:
    """Return how many characters two texts have in common from the start on, whatever their case and spacing."""
    n = 0
    for a, b in zip(one, two, strict=False):
        if a != b and a.lower() != b.lower() and not (a.isspace() and b.isspace()):
            break
        n += 1
    return n
