"""Plants a defect into clean articles and proves that nothing but the planted words is other than before."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

import pytest

from copydesk.evaluate.planting import Article, Defect, Planter

Planted = tuple[list[Article], list[Article], list[Defect]]

BODY = (
    "The bridge over the river reopened on Monday after two years of repairs. They’re glad, the mayor said.\n\n"
    "The first bus crossed it at six in the morning with some forty people on board, most on their way home.\n\n"
    "Nobody knew where the money for the steel was to be found, the engineers said in the town hall on Tuesday.\n\n"
    "A ferry carries the workers of the mill until the spring, and the fare is the same as that of the bus."
)


def _articles() -> list[Article]:
    return [
        {
            "id": str(number),
            "headline": f"The bridge over river {number} reopens",
            "body": BODY.replace("bridge", f"bridge {number}"),
            "publisher": "Harbour Gazette",
            "byline": "Maren Tolliver",
            "url": f"https://harbour.example/2026/03/14/bridge-{number}",
            "published": "2026-03-14T10:00:00+00:00",
            "modified": None,
            "language": language,
            "section": "Local",
        }
        for number, language in enumerate(["en", "de", "fr"] * 2)
    ]


@pytest.fixture(scope="session")
def plant() -> Callable[[Planter, int], Planted]:
    """A function: a planter and a seed to the articles before, the articles after, and the defects."""

    def planted(planter: Planter, seed: int) -> Planted:
        before = _articles()
        after = copy.deepcopy(before)
        return before, after, planter(after, random.Random(seed))

    return planted
