"""Private data is planted where its place is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk_expectations.planting.privacy import PLANTERS


@pytest.mark.parametrize("kind", PLANTERS["private-data"])
@pytest.mark.parametrize("seed", range(3))
def test_private_data_stands_behind_the_story(plant: Callable[..., Any], kind: str, seed: int) -> None:
    articles = [{"body": "It rained.", "headline": "Rain"}]
    before = articles[0]["body"]
    for defect in plant(PLANTERS["private-data"][kind], articles, seed):
        body = articles[defect.row]["body"]
        assert body.startswith(before) and defect.start > len(before)
