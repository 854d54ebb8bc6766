"""Which texts are alike: a template, a wire copy and an old story are told from twins."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from copydesk_expectations.detection.collection import twins

PAIR: dict[str, Any] = {
    "jaccard": 0.5,
    "share": 0.6,
    "back": 0.6,
    "plain_all": 40,
    "plain_shared": 30,
    "digit_all": 20,
    "digit_shared": 15,
    "capital_all": 20,
    "capital_shared": 15,
    "publisher": 1,
    "publisher_twin": 2,
    "signed": True,
    "signed_twin": True,
    "published": "2026-03-14T00:00:00Z",
    "published_twin": "2026-03-15",
}


def value(expression: pl.Expr, **changed: Any) -> Any:
    dates = {"published": pl.String, "published_twin": pl.String}
    return pl.DataFrame([PAIR | changed], schema_overrides=dates).select(expression).item()


def test_texts_are_alike_where_they_share_enough() -> None:
    assert value(twins.is_alike(0.5))
    assert not value(twins.is_alike(0.51))
    assert value(twins.is_alike(0.2), share=0.1)  # the whole of a shorter one
    assert not value(twins.is_alike(0.2), share=0.3, back=0.3)
    assert not value(twins.is_alike(0.2), digit_shared=1)


@pytest.mark.parametrize("kind", ["digit", "capital"])
def test_a_template_differs_in_its_figures_or_names_alone(kind: str) -> None:
    assert value(twins.is_by_template(), **{f"{kind}_shared": 2})
    assert not value(twins.is_by_template(), **{f"{kind}_shared": 4})
    assert not value(twins.is_by_template(), **{f"{kind}_shared": 2, f"{kind}_all": 9})
    assert not value(twins.is_by_template(), **{f"{kind}_shared": 2}, plain_all=9, plain_shared=7)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"publisher_twin": 1}, False),
        ({"signed_twin": False}, False),
        ({"published_twin": None}, False),
        ({"published_twin": "yesterday"}, False),
        ({"published_twin": "2026-03-17T00:00:00Z"}, True),
        ({"published_twin": "2026-03-17T01:00:00Z"}, False),
    ],
)
def test_a_wire_copy_is_at_another_publisher_within_days(changed: dict[str, Any], expected: bool) -> None:
    assert value(twins.is_wire_copy(), **changed) == expected


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1970-01-02", 24), (" 1970-01-01T05:59:00Z", 5), ("1970-01-01T05:00:00+02:00", 3), ("now", None), (None, None)],
)
def test_hours_count_from_1970(text: str | None, hours: int | None) -> None:
    frame = pl.DataFrame({"published": [text]}, schema={"published": pl.String})
    assert frame.select(twins.hours("published")).item() == hours
