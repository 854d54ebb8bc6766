"""A text with two sections is found at the second one; a story in two sections of a site is not."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.collection.conflicting_label import ConflictingLabel

Row = tuple[str | None, str | None, str]

TEXT = "The bridge over the river reopened on Monday."


def found(rows: list[Row], size: int = 99) -> list[tuple[int, str, int]]:
    check = ConflictingLabel()
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("url", "section", "body"), pl.String), orient="row")
    keys = [check.keys(Batch(frame[a : a + size], first=a)).collect() for a in range(0, len(rows), size)]
    return check.find(pl.concat(keys).lazy()).collect().select("article", "text", "twin").rows()


@pytest.mark.parametrize("size", [1, 2, 99])
@pytest.mark.parametrize("url", [None, "https://post.example/bridge"])
def test_a_text_with_two_labels_is_found(size: int, url: str | None) -> None:
    rows: list[Row] = [(url, "Local", TEXT), (url, "LOCAL ", TEXT.upper()), (url, " Sport", TEXT), (url, None, TEXT)]
    assert found(rows, size) == [(2, "Sport", 0)]


def test_other_addresses_other_texts_and_short_ones_are_left_alone() -> None:
    assert not found([("https://a.example/1", "Local", TEXT), ("https://a.example/2", "Roads", TEXT)])
    assert not found(
        [(None, "Local", TEXT), (None, "Roads", TEXT + " It rained."), (None, "A", "No."), (None, "B", "No.")]
    )


def test_a_collection_without_addresses_is_judged() -> None:
    check, frame = ConflictingLabel(), pl.DataFrame({"section": ["Local", "Sport"], "body": [TEXT, TEXT]})
    assert check.find(check.keys(Batch(frame))).collect()["text"].to_list() == ["Sport"]
