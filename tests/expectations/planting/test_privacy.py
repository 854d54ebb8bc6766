"""Private data is planted where its place is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk_expectations.planting.privacy import PLANTERS


@pytest.mark.parametrize("kind", PLANTERS["private-data"])
@pytest.mark.parametrize("seed", range(3))
def test_private_data_stands_behind_the_story(plant: Callable[..., Any], kind: str, seed: int) -> None:
    before, after, defects = plant(PLANTERS["private-data"][kind], seed)
    assert defects
    for old, new in zip(before, after, strict=True):
        assert new["body"].startswith(old["body"]) and len(new["body"]) > len(old["body"])
