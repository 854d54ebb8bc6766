from __future__ import annotations

import polars as pl
from tests.auditing.stories import story

from copydesk.auditing.copies import copy_keys, copy_spans, id_conflicts
from copydesk.checks.batch import Batch


def keys(sides: list[str], bodies: list[str]) -> pl.DataFrame:
    frame = pl.DataFrame({"id": ["same"] * len(bodies), "body": bodies, "side": sides})
    return copy_keys(Batch(frame.with_columns(label=pl.lit(None, pl.String))))


def test_a_cluster_in_one_split_does_not_hide_its_copy_in_another() -> None:
    bodies = [story(5) + f" Edition {n} of the paper." for n in range(9)]
    spans = copy_spans(keys(["train"] * 8 + ["test"], bodies).lazy())
    assert spans["near-copy-across"]["article"].to_list() == [8]


def test_short_texts_are_not_compared() -> None:
    spans = copy_spans(keys(["train", "train", "test"], ["It rained.", "It snowed.", "It rained."]).lazy())
    assert spans["copy-across"].is_empty()


def test_an_id_of_two_texts() -> None:
    found = id_conflicts(keys(["a"] * 3, [story(1), story(2), story(1)]).lazy())
    assert found["article"].to_list() == [1]
    assert found["twin"].to_list() == [0]
