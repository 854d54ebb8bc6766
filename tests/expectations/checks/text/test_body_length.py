"""Bodies outside the two bounds are found, whatever their script; bodies on the bounds are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.body_length import BodyLength

Found = Callable[..., list[dict[str, Any]]]

CHECK = BodyLength(min_words=5, max_words=9)


@settings(max_examples=60)
@given(st.integers(1, 20), st.sampled_from([" ", "\n", " \n\n "]))
def test_the_words_are_counted_and_the_bounds_belong_to_what_is_allowed(found: Found, words: int, between: str) -> None:
    rows = found(CHECK, [{"body": between.join(["river"] * words)}])
    said = {True: f"the body has {words} words, fewer than 5", False: f"the body has {words} words, more than 9"}
    assert [r["reason"] for r in rows] == ([] if 5 <= words <= 9 else [said[words < 5]])


@pytest.mark.parametrize(("characters", "short"), [(9, True), (10, False), (18, False)])
def test_two_characters_are_a_word_where_there_are_no_spaces(found: Found, characters: int, short: bool) -> None:
    assert bool(found(CHECK, [{"body": "桥" * characters}])) == short


def test_a_long_body_is_quoted_in_part(found: Found) -> None:
    (row,) = found(CHECK, [{"body": "river " * 100}])
    assert (row["start"], row["end"], row["repair"]) == (0, 200, "none")


def test_an_empty_body_is_left_to_another_check(found: Found) -> None:
    assert found(CHECK, [{"body": None}, {"body": ""}, {"body": " \n"}]) == []


@pytest.mark.parametrize("bounds", [{"min_words": -1}, {"min_words": 9, "max_words": 3}])
def test_bounds_that_cross_are_refused(bounds: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="expected 0 <= min_words <= max_words, got"):
        BodyLength(**bounds)


@settings(max_examples=40)
@given(st.lists(hostile_text(max_size=20), max_size=4))
def test_articles_together_and_alone_give_the_same(same_alone: Callable[..., bool], bodies: list[str]) -> None:
    assert same_alone(CHECK, [{"body": body} for body in bodies])
