"""Twins: which of the texts that share passages are alike, and which of them is the best twin of each.

A pair is a row with `share` and `back`, the shares of passages of either text that stand in the other one, and their
Jaccard index. Of passages of three kinds it has how many the first text has (`plain_all`, `digit_all`, `capital_all`)
and how many of these both have (`plain_shared` and so on). It also has `publisher`, `signed` (whether there is one) and
`published` of both, those of the second with the ending `_twin`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl
from copydesk.similarity.alike import hours, is_alike, is_by_template, is_wire_copy
from copydesk.similarity.groups import groups
from copydesk.similarity.likeness import Likeness

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame, Series

__all__ = ["best_twins", "hours", "is_alike", "is_by_template", "is_wire_copy"]


def best_twins(
    asked: DataFrame, texts: DataFrame, sketches: LazyFrame, *, least: float, syndication: bool
) -> DataFrame:
    """Return the best twin of each text but the `first` of its group.

    Args:
        asked: pairs of rows of the texts, `row` and `twin`.
        texts: a row for each text, with whose it is.
        sketches: a row for each of these, see `copydesk.similarity.likeness.Likeness`.
        least: the least Jaccard index of two texts that are alike.
        syndication: whether wire copies count.
    """
    # Exact copies may differ in these: the result must not depend on which of them comes first.
    likeness = Likeness(texts.select("limit", publisher="least_publisher", story="least_story"), sketches)

    def alike(pairs: DataFrame) -> DataFrame:
        pairs = likeness.of(pairs, is_alike(least))
        pairs = pairs.with_columns(wire=_wire_copies(pairs, texts))
        return pairs.filter(pl.lit(syndication) | ~pl.col("wire"))

    there = alike(asked)
    back = there.with_columns(row="twin", twin="row", share="back", back="share")
    joined = groups(there["row"], there["twin"]).rename({"member": "row", "group": "first"})
    joined = joined.filter(pl.col("row") != pl.col("first"))
    pairs = pl.concat([there, back])
    unasked = joined.select("row", twin="first").join(pairs, on=["row", "twin"], how="anti")
    # An earlier one, and the earliest among those that are about as alike: where all copies are of one story, they
    # name the first.
    order = (pl.col("twin") > pl.col("row"), (pl.col("jaccard") * 5).round(), pl.col("twin"))
    return (
        pl.concat([pairs, alike(unasked)])
        .join(joined, on="row")
        .sort("row", *order, descending=[False, False, True, False])
        .unique("row", keep="first", maintain_order=True)
    )


def _wire_copies(pairs: DataFrame, texts: DataFrame) -> Series:
    signed = texts.select("publisher", "signed", "published")
    both = [signed[pairs["row"]], signed[pairs["twin"]].select(pl.all().name.suffix("_twin"))]
    return pl.concat(both, how="horizontal").select(is_wire_copy()).to_series()
