"""Lines of the page are put into the body as lines of their own; the story stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk_expectations.planting.residue import PLANTERS

Plant = Callable[..., Any]

PHRASES = [check for check, kinds in PLANTERS.items() if {*kinds} <= {"phrase of the lexicon", "at the end"}]


@pytest.mark.parametrize("check", PHRASES)
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_a_phrase_becomes_a_line_and_the_story_stays(plant: Plant, check: str, seed: int) -> None:
    for planter in PLANTERS[check].values():
        before, after, defects = plant(planter, seed)
        assert len(defects) == len(after)
        for defect in defects:
            was, body = before[defect.article]["body"], after[defect.article]["body"]
            line = body[defect.start : defect.end]
            assert line.strip() and "…" not in line
            assert [part for part in body.split("\n\n") if part != line] == was.split("\n\n")


def test_an_empty_label_stands_at_the_end(plant: Plant) -> None:
    _, after, defects = plant(PLANTERS["empty-label"]["at the end"], 3)
    assert all(defect.end == len(after[defect.article]["body"]) for defect in defects)


def test_a_page_takes_the_place_of_the_story(plant: Plant) -> None:
    before, after, defects = plant(PLANTERS["boilerplate-page"]["error page"], 5)
    assert len(defects) == len(after)
    assert all(1 <= len(now["body"].split("\n")) <= 3 for now in after)
    assert not any(was["body"].split("\n")[0] in now["body"] for was, now in zip(before, after, strict=True))


def test_a_line_of_the_house_is_the_same_in_all_articles_of_a_publisher(plant: Plant) -> None:
    _, after, defects = plant(PLANTERS["publisher-boilerplate"]["a line of the house"], 7)
    lines = {after[d.article]["body"][d.start : d.end] for d in defects}
    assert len(lines) == 1 and len(defects) == len(after)


@settings(max_examples=10)
@given(st.integers(0, 10**6))
def test_a_block_stands_below_the_story(plant: Plant, seed: int) -> None:
    before, after, defects = plant(PLANTERS["page-furniture"]["block below the story"], seed)
    for defect in defects:
        body = after[defect.article]["body"]
        assert body[: defect.start].rstrip() == before[defect.article]["body"]
        assert body[defect.start : defect.end].count("\n") == 11 and defect.end == len(body)
