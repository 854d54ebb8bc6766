"""An id that two texts of a publisher have is found at the second one, wherever the collection is cut."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.collection.conflicting_id import ConflictingId

Row = tuple[str | None, str | None, str]


def found(rows: list[Row], size: int = 99) -> list[tuple[int, str, int]]:
    check = ConflictingId()
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("id", "publisher", "body"), pl.String), orient="row")
    keys = [check.keys(Batch(frame[a : a + size], first=a)).collect() for a in range(0, len(rows), size)]
    return check.find(pl.concat(keys).lazy()).collect().select("article", "text", "twin").rows()


@pytest.mark.parametrize("size", [1, 2, 99])
def test_an_id_of_two_texts_is_found_once_a_text(size: int) -> None:
    texts = ["The bridge.", "THE bridge.", "The school.", "The school.", "The mill."]
    rows: list[Row] = [("a1", "Post", text) for text in texts]
    assert found(rows, size) == [(2, "a1", 0), (4, "a1", 0)]


def test_other_ids_other_publishers_and_no_ids_are_left_alone() -> None:
    assert not found([("a1", "Post", "One."), ("a2", "Post", "Two."), ("a1", "Hill", "Three.")])
    assert not found([(None, "Post", "One."), (None, "Post", "Two."), (" ", "Post", "One."), (" ", "Post", "Two.")])
