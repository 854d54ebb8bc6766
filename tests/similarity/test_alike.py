from __future__ import annotations

import polars as pl
import pytest

from copydesk.similarity.alike import hours, is_alike, is_wire_copy


@pytest.mark.parametrize(
    ("jaccard", "share", "back", "digits", "alike"),
    [(0.5, 0.6, 0.6, 20, True), (0.1, 0.6, 0.6, 20, False), (0.25, 0.3, 0.3, 20, False), (0.5, 0.6, 0.6, 1, False)],
)
def test_alike(jaccard: float, share: float, back: float, digits: int, alike: bool) -> None:
    row = {"jaccard": jaccard, "share": share, "back": back, "plain_all": 40, "plain_shared": 30, "digit_all": 20}
    row |= {"digit_shared": digits, "capital_all": 20, "capital_shared": 20}
    assert pl.DataFrame([row]).select(is_alike(0.2)).item() is alike


def test_a_wire_copy_comes_within_hours_from_another() -> None:
    row = {"publisher": "A", "publisher_twin": "B", "signed": True, "signed_twin": True}
    row |= {"published": "2023-03-01T10:00", "published_twin": "2023-03-02T10:00+02:00"}
    frame = pl.DataFrame([row, {**row, "published_twin": "2023-03-09"}, {**row, "publisher_twin": "A"}])
    assert frame.select(is_wire_copy()).to_series().to_list() == [True, False, False]
    assert frame.select(hours("published_twin") - hours("published")).to_series()[0] == 22
