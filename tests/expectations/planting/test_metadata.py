"""Defects of metadata change the field they name, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.lexicon.lexicon import load
from copydesk_expectations.planting.metadata import PLANTERS

Plant = Callable[..., Any]

KINDS = [(check, kind) for check, kinds in PLANTERS.items() for kind in kinds]


@pytest.mark.parametrize(("check", "kind"), KINDS)
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_the_field_that_is_named_changes_and_no_other(plant: Plant, check: str, kind: str, seed: int) -> None:
    before, after, defects = plant(PLANTERS[check][kind], seed)
    assert len(defects) == len(after)
    for defect in defects:
        was, now = before[defect.article], after[defect.article]
        assert {field for field in was if was[field] != now[field]} == {defect.field}
        assert defect.start is None and defect.end is None


@pytest.mark.parametrize("check", ["headline-placeholder", "byline-junk"])
def test_a_phrase_is_one_of_the_article_s_language(plant: Plant, check: str) -> None:
    phrases = {(p.language, p.text) for p in load().phrases if p.kind == check}
    _, after, defects = plant(PLANTERS[check]["phrase of the lexicon"], 11)
    assert all((after[d.article]["language"], after[d.article][d.field]) in phrases for d in defects)


def test_the_name_of_the_site_stands_behind_the_headline(plant: Plant) -> None:
    before, after, _ = plant(PLANTERS["headline-site-suffix"]["the publisher's name"], 1)
    for was, now in zip(before, after, strict=True):
        assert now["headline"].startswith(was["headline"]) and now["headline"].endswith(was["publisher"])


def test_dates_lie_where_no_article_can_have_appeared(plant: Plant) -> None:
    dates = {kind: plant(planter, 2)[1][0] for kind, planter in PLANTERS["date-implausible"].items()}
    assert dates["in the future"]["published"][:4] == "2087" and dates["before the web"]["published"][:4] == "1970"
    changed = dates["modified before published"]
    assert changed["modified"] < changed["published"]
    assert not dates["no date"]["published"][0].isdigit()
