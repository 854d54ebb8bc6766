"""The parts of a headline that can be a site's name are cut off with their mark."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk_expectations.detection.metadata.site_names import site_names


def parts(headline: str) -> tuple[str | None, ...]:
    frame = site_names(pl.DataFrame({"text": [headline]}))
    rows = frame.select("last", "second", "first", "last_named", "first_named").rows()
    return rows[0] if rows else ()


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Bridge reopens | Post", (" | Post", None, "Bridge reopens | ", " | Post", "Bridge reopens | ")),
        ("Bridge reopens - Post", (" - Post", None, "Bridge reopens - ", " - Post", None)),
        ("Bridge - more - Post", (" - Post", " - more - Post", "Bridge - ", " - Post", None)),
        ("Watch: Bridge", (": Bridge", None, None, None, None)),
        ("大桥重新开放_晨报", ("_晨报", None, None, "_晨报", None)),
        ("Bridge reopens", ()),
        ("State-of-the-art bridge", ()),
    ],
)
def test_parts_are_cut_at_their_marks(headline: str, expected: tuple[str | None, ...]) -> None:
    assert parts(headline) == expected


def test_the_length_is_that_of_the_whole_headline() -> None:
    assert site_names(pl.DataFrame({"article": [3], "text": ["A | B"]})).select("article", "length").rows() == [(3, 5)]
