"""Defects of structure: a paragraph or the headline again, or a sentence broken; all else stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk_expectations.planting.structure import PLANTERS

Plant = Callable[..., Any]


def squeezed(text: str) -> str:
    return "".join(text.split()).upper()


@pytest.mark.parametrize("kind", PLANTERS["repeated-paragraph"])
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_a_paragraph_is_repeated_further_down(plant: Plant, kind: str, seed: int) -> None:
    before, after, defects = plant(PLANTERS["repeated-paragraph"][kind], seed)
    assert defects
    for defect in defects:
        was, body = before[defect.article]["body"], after[defect.article]["body"]
        assert body[: defect.start - 2] + body[defect.end :] == was
        assert squeezed(body[defect.start : defect.end]) in [squeezed(part) for part in was.split("\n\n")]


@pytest.mark.parametrize("kind", PLANTERS["repeated-headline"])
def test_the_headline_is_put_before_the_body(plant: Plant, kind: str) -> None:
    before, after, defects = plant(PLANTERS["repeated-headline"][kind], 1)
    assert len(defects) == len(after)
    for defect in defects:
        was, now = before[defect.article], after[defect.article]
        assert squeezed(now["body"][: defect.end]) == squeezed(was["headline"])
        assert now["body"][defect.end :] == "\n\n" + was["body"]


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_a_sentence_is_broken_between_two_words(plant: Plant, seed: int) -> None:
    before, after, defects = plant(PLANTERS["mid-sentence-break"]["hard line break"], seed)
    assert len(defects) == len(after)
    for defect in defects:
        was, body = before[defect.article]["body"], after[defect.article]["body"]
        left, right = body[defect.start : defect.end].split("\n")
        assert left[-1].isalpha() and right.islower()
        assert body[: defect.start] + f"{left} {right}" + body[defect.end :] == was
