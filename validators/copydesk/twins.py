"""Twins: which texts of a collection share most of their passages with an earlier one, told by their sketches.

No clusters are made: every text is held against the first text, and against the one before it, of those that share
some of its passages, and a pair counts only if its two sketches agree. Chains of weak likeness join nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.columns import pl
from copydesk.shingles import NAMED, quotable

if TYPE_CHECKING:
    import polars as pl

__all__ = ["likeliest", "marks", "meetings", "repeated_values", "shared_passage", "twins"]

#: Texts are brought together by one in so many of their passages.
_PART = 3

#: Candidates of a text that are looked at.
_CANDIDATES = 4

#: A passage under so many headlines of one publisher, and of no other, or without headlines in so many texts, is the
#: publisher's, not a story's; unless more than so much of the text is such passages.
_HEADLINES, _TEXTS, _ALL = 4, 20, 0.9


def twins(sketches: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Hold pairs of texts against each other, passage by passage.

    Args:
        sketches: a row for each text, in order: `article` (UInt32), `passages` (List[UInt32]), `limit` (UInt32),
            `publisher` (UInt64), and `story` (UInt64, the headline; null without); of the texts in the pairs alone.
        pairs: the pairs, see `likeliest`.

    Returns:
        A row for each pair: `row` and `twin` (UInt32, numbers of rows, twin < row), `share` (of the passages of row,
        those that stand in twin), `back` (the same of the passages of twin), `jaccard` (Float64), and for `plain`
        passages, those with a `digit`, and those with a `capital`: `<kind>_all` (UInt32, how many of row's) and
        `<kind>_shared`.
    """
    import numpy as np

    passages = sketches["passages"]
    sizes = passages.list.len().to_numpy().astype(np.int64)
    flat = passages.explode(empty_as_null=False).to_numpy()
    row = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    limit = sketches["limit"].to_numpy()
    numbers = sketches["article"].to_numpy()
    pairs = pl.DataFrame(
        {
            "row": np.searchsorted(numbers, pairs["article"].to_numpy()).astype(np.uint32),
            "twin": np.searchsorted(numbers, pairs["twin"].to_numpy()).astype(np.uint32),
        }
    )
    kept = pl.DataFrame({"row": row, "passage": flat & ~np.uint32(NAMED), "named": flat & np.uint32(NAMED)})
    kept = kept.unique(["row", "passage"], keep="first", maintain_order=True)
    kept = _without_boilerplate(kept, sketches)
    of_row = kept.rename({"row": "_row"})
    limits = pl.DataFrame({"_row": np.arange(len(sizes), dtype=np.uint32), "limit": limit})
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


def marks(sketches: pl.DataFrame) -> pl.Series:
    """Return the marks by which texts are brought together: a part of their passages.

    Args:
        sketches: a row for each text: `article` (UInt32), `passages` and `limit`.

    Returns:
        UInt64: a passage, and in the lower 32 bits the number of an article in which it stands.
    """
    import numpy as np

    flat = sketches["passages"].explode(empty_as_null=False).to_numpy() & ~np.uint32(NAMED)
    sizes = sketches["passages"].list.len().to_numpy()
    limit = sketches["limit"].to_numpy()
    # Of a text so short that all its passages are kept, all of them; else the lower part.
    bound = np.where(limit == 2**32 - 1, limit, limit // _PART)
    low = flat <= np.repeat(bound, sizes)
    owner = np.repeat(sketches["article"].to_numpy(), sizes)
    return pl.Series((flat[low].astype(np.uint64) << np.uint64(32)) | owner[low])


def meetings(marks: pl.Series) -> pl.Series:
    """Bring each article together with the first one, and with the one before it, of those that share a mark.

    Args:
        marks: see `marks`; of a passage all there are, or none.

    Returns:
        UInt64: an article, and in the lower 32 bits an earlier one; a pair stands there once for each mark shared.
    """
    import numpy as np

    key = np.sort(marks.to_numpy())
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
    articles = np.concatenate([owner[later], owner[second]]).astype(np.uint64)
    others = np.concatenate([earliest[later], before[second]]).astype(np.uint64)
    return pl.Series((articles << np.uint64(32)) | others)


def likeliest(meetings: pl.Series) -> pl.DataFrame:
    """Choose the pairs that share the most marks, and at least two.

    Args:
        meetings: see `meetings`; of an article all there are, or none.

    Returns:
        A row for each pair: `article` and `twin` (UInt32, twin < article).
    """
    import numpy as np

    pair = np.sort(meetings.to_numpy())
    starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1])) if len(pair) else np.empty(0, np.int64)
    counts = np.diff(np.append(starts, len(pair)))
    enough = counts >= 2
    chosen = pair[starts][enough]
    return (
        pl.DataFrame(
            {
                "article": (chosen >> np.uint64(32)).astype(np.uint32),
                "twin": (chosen & np.uint64(2**32 - 1)).astype(np.uint32),
                "count": counts[enough],
            }
        )
        .sort("article", "count", "twin", descending=[False, True, False])
        .group_by("article", maintain_order=True)
        .head(_CANDIDATES)
        .select("article", "twin")
    )


def _without_boilerplate(kept: pl.DataFrame, sketches: pl.DataFrame) -> pl.DataFrame:
    """Leave out the passages of publishers, unless of a text little else would stay."""
    often = kept.lazy().filter(pl.len().over("passage") >= _HEADLINES)
    whose = sketches.lazy().with_row_index("row").select("row", "publisher", "story")
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
    longer = dict(zip(_quoted(other), other["texts"], strict=True))
    best = (0, "")
    for passage, start, width, text in zip(_quoted(mine), mine["starts"], mine["widths"], mine["texts"], strict=True):
        if passage not in theirs:
            continue
        sure = text.encode()[:width].decode(errors="ignore")
        words = _whole_words(text, len(max(sure, _common(text, longer.get(passage, "")), key=len)))
        if len(words) > len(best[1]):
            best = (start, words)
    return best


def _quoted(sketch: dict[str, Any]) -> list[int]:
    """Return the passages whose words are kept, in their order."""
    limit = int(quotable(sketch["windows"]))
    return [p & ~NAMED for p in sketch["passages"] if p <= limit]


def _whole_words(text: str, length: int) -> str:
    """Return so many characters of a text, without a last word that was cut if other words stand before it."""
    cut = text[:length]
    if length == len(text) or text[length].isalnum():
        before = cut.rstrip().rfind(" ")
        cut = cut[:before] if before > length // 2 else cut
    return cut.rstrip()


def _common(one: str, two: str) -> str:
    n = 0
    for a, b in zip(one, two, strict=False):
        if a != b and a.lower() != b.lower() and not (a.isspace() and b.isspace()):
            break
        n += 1
    return one[:n]
