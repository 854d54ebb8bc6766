"""Likeness: which share of their passages two texts have in common, without the passages that are a publisher's.

A collection of near copies has as many texts to compare as articles. So passages lie in a file where texts are many.
"""

from __future__ import annotations

from typing import Any

from copydesk.lazy import np, pl
from copydesk.similarity.ordered import among, firsts, halves
from copydesk.similarity.publisher_passages import PublisherPassages
from copydesk.similarity.sketches import NAMED, flat_passages
from copydesk.similarity.stored import Stored, folder_for
from copydesk.temporary import TemporaryFolder

__all__ = ["Likeness"]

#: Texts that are read at once, and pairs that are compared at once.
_ROWS, _PAIRS = 20_000, 20_000

#: Passages of so many texts are held in memory: 20 MB.
_FEW = 20_000


class Likeness:
    """How alike texts are by their passages.

    Args:
        texts: a row for each text: `limit`, `publisher` (UInt64), and `story` (UInt64, the headline; null without).
        sketches: a row for each, in the same order: `passages`, and `lines` (List[UInt64], keys of its lines; the
            lowest 16 bits are how many words one has).

    Raises:
        OutputError: the folder for temporary files cannot be written to.
    """

    def __init__(self, texts: pl.DataFrame, sketches: pl.LazyFrame) -> None:
        self._limit = texts["limit"].to_numpy()
        folder = folder_for(len(texts), _FEW)
        passages = Stored(np.uint32, folder, "all")
        shared = PublisherPassages(texts, folder)
        count = np.zeros(len(texts), np.int64)
        at = 0
        for rows in sketches.select("passages", "lines").collect_batches(chunk_size=_ROWS):
            row, passage = flat_passages(rows)
            key = row.astype(np.uint64) << np.uint64(32) | passage
            key.sort()
            row, passage = halves(key[firsts(key >> np.uint64(2))])
            passages.append(passage)
            count[at : at + len(rows)] = np.bincount(row, minlength=len(rows))
            shared.add(row + np.uint32(at), passage & ~np.uint32(NAMED), _lines(rows, at))
            at += len(rows)
        self._passages, count = _without(passages, count, *shared.found(count), folder)
        self._edges = np.append(0, np.cumsum(count))

    def of(self, pairs: pl.DataFrame, only: pl.Expr | None = None) -> pl.DataFrame:
        """Compare the texts of pairs, `row` and `twin` (UInt32).

        Args:
            pairs: the rows of the texts.
            only: which pairs to return, by the columns below. Then there are the first five of these alone.

        Returns:
            The pairs, with `share` (of the passages of row, those that stand in twin), `back` (the same of the passages
            of twin), `jaccard` (Float64), and for `plain` passages, those with a `digit`, and those with a `capital`:
            `<kind>_all` (how many of row's) and `<kind>_shared`.
        """
        compared = []
        for first in range(0, max(len(pairs), 1), _PAIRS):
            some = pairs.select("row", "twin")[first : first + _PAIRS]
            some = self._compared(some)
            if only is not None:
                some = some.filter(only).select("row", "twin", "share", "back", "jaccard")
            compared.append(some)
        return pl.concat(compared).sort("row", "twin")

    def _compared(self, pairs: pl.DataFrame) -> pl.DataFrame:
        counted = self._counted(pairs["row"].to_numpy(), pairs["twin"].to_numpy())
        return (
            pl.concat([pairs, counted], how="horizontal")
            .filter(pl.col("mine") > 0, pl.col("theirs") > 0)
            .with_columns(
                share=pl.col("shared") / pl.col("mine"),
                back=pl.col("shared") / pl.col("theirs"),
                jaccard=pl.col("shared") / (pl.col("mine") + pl.col("theirs") - pl.col("shared")),
            )
            .drop("mine", "theirs", "shared")
        )

    def _counted(self, row: Any, twin: Any) -> pl.DataFrame:
        """Count the passages of each pair: `mine`, `theirs`, `shared`, and each kind of mine."""
        upto = np.minimum(self._limit[row], self._limit[twin])
        mine, theirs = (self._below(side, upto) for side in (row, twin))
        both = among(mine >> np.uint64(2), theirs >> np.uint64(2))
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
        passages = self._passages.take(np.arange(len(number)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes))
        low = passages <= upto[number]
        return number[low].astype(np.uint64) << np.uint64(32) | passages[low]


def _lines(rows: pl.DataFrame, first: int) -> Any:
    """Return the lines of texts: for each the row of its text, and its key."""
    row = np.repeat(np.arange(first, first + len(rows), dtype=np.uint64), rows["lines"].list.len().to_numpy())
    return np.column_stack([row, rows["lines"].explode(empty_as_null=False).to_numpy().astype(np.uint64)])


def _without(passages: Stored, count: Any, pages: Any, some: Any, folder: TemporaryFolder | None) -> tuple[Stored, Any]:
    """Return passages without those of publishers, and how many each text has.

    Args:
        passages: of all texts, one after the other.
        count: how many each text has.
        pages: the passages to leave out.
        some: of which texts they are left out.
        folder: where a file may lie.
    """
    if not len(pages):
        return passages, count
    kept, left = Stored(np.uint32, folder, "kept"), np.zeros(len(count), np.int64)
    edges = np.append(0, np.cumsum(count))
    for first in range(0, len(count), _ROWS):
        end = min(first + _ROWS, len(count))
        passage = passages.read(int(edges[first]), int(edges[end]))
        row = np.repeat(np.arange(end - first), count[first:end])
        stays = ~(among(passage & ~np.uint32(NAMED), pages) & some[first:end][row])
        kept.append(passage[stays])
        left[first:end] = np.bincount(row[stays], minlength=end - first)
    passages.remove()
    return kept, left
