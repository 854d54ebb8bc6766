"""Copies are added behind the articles, which stay; each differs from its original as its kind says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.lazy import pl
from copydesk.metadata.urls import canonical
from copydesk.text.buffer import Text
from copydesk_expectations.planting.collection import PLANTERS

Plant = Callable[..., Any]

#: These change the articles themselves.
IN_PLACE = {"equal-length-body": "body", "shared-headline": "headline"}

KINDS = [(check, kind) for check, kinds in PLANTERS.items() for kind in kinds if check not in IN_PLACE]


def originals(before: list[Any], after: list[Any], defects: list[Any]) -> list[tuple[Any, Any]]:
    return [(before[int(after[d.article]["id"].removeprefix("copy-"))], after[d.article]) for d in defects]


@pytest.mark.parametrize(("check", "kind"), KINDS)
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_the_articles_stay_and_each_has_a_copy(plant: Plant, check: str, kind: str, seed: int) -> None:
    before, after, defects = plant(PLANTERS[check][kind], seed)
    assert after[: len(before)] == before
    assert [d.article for d in defects] == list(range(len(before), 2 * len(before)))
    assert len({article["id"] for article in after}) == (len(before) if check == "conflicting-id" else len(after))


@pytest.mark.parametrize("check", IN_PLACE)
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_one_field_of_the_articles_is_changed(plant: Plant, check: str, seed: int) -> None:
    for planter in PLANTERS[check].values():
        before, after, defects = plant(planter, seed)
        assert len(after) == len(before) and defects
        changed = [n for n, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
        assert {d.article for d in defects} <= set(changed)
        for one, other in zip(before, after, strict=True):
            assert {**one, IN_PLACE[check]: None} == {**other, IN_PLACE[check]: None}


@pytest.mark.parametrize("kind", PLANTERS["duplicate-article"])
def test_an_exact_copy_differs_in_case_and_spacing_alone(plant: Plant, kind: str) -> None:
    for original, copy in originals(*plant(PLANTERS["duplicate-article"][kind], 1)):
        assert "".join(copy["body"].split()).upper() == "".join(original["body"].split()).upper()
        assert copy["url"] != original["url"]


def test_a_near_copy_keeps_most_of_its_words(plant: Plant) -> None:
    for original, copy in originals(*plant(PLANTERS["near-duplicate-article"]["20 % of the words changed"], 1)):
        pairs = list(zip(original["body"].split(), copy["body"].split(), strict=True))
        assert 0.6 < sum(one == other for one, other in pairs) / len(pairs) < 1
    for original, copy in originals(*plant(PLANTERS["near-duplicate-article"]["a third cut"], 1)):
        assert 0.6 * len(original["body"]) < len(copy["body"]) < 0.75 * len(original["body"])


@pytest.mark.parametrize("kind", PLANTERS["duplicate-url"])
def test_an_address_is_the_same_in_another_spelling(plant: Plant, kind: str) -> None:
    for original, copy in originals(*plant(PLANTERS["duplicate-url"][kind], 1)):
        one, other = canonical(Text(pl.Series([original["url"], copy["url"]])))
        assert one == other and original["url"] != copy["url"] and original["body"] != copy["body"]


def test_an_id_or_a_label_is_in_conflict(plant: Plant) -> None:
    before, after, _ = plant(PLANTERS["conflicting-id"]["another text"], 1)
    for original, copy in zip(before, after[len(before) :], strict=True):
        assert original["id"] == copy["id"] and original["body"] != copy["body"]
    for original, copy in originals(*plant(PLANTERS["conflicting-label"]["another section"], 1)):
        assert original.get("section") != copy["section"] and original["body"] == copy["body"]
