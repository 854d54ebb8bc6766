"""A body without text is found, and no body with a single letter in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.body_missing import BodyMissing

Found = Callable[..., list[dict[str, Any]]]

CHECK = BodyMissing()


@pytest.mark.parametrize(
    ("body", "reason"),
    [(None, "there is no body"), ("", "the body holds no text"), (" \n\t\u00a0\n ", "the body holds no text")],
)
def test_a_body_without_text_is_found_whole(found: Found, body: str | None, reason: str) -> None:
    (row,) = found(CHECK, [{"headline": "Bridge reopens", "body": body}])
    assert (row["start"], row["end"], row["reason"], row["repair"]) == (0, len(body or ""), reason, "none")


@settings(max_examples=60)
@given(hostile_text(), st.sampled_from(["a", "Yes.", "雨", "7"]), hostile_text())
def test_a_body_with_a_word_is_silent(found: Found, before: str, word: str, behind: str) -> None:
    assert found(CHECK, [{"body": before + word + behind}]) == []


@settings(max_examples=40)
@given(st.lists(st.none() | hostile_text(max_size=2), max_size=5))
def test_articles_together_and_alone_give_the_same(same_alone: Callable[..., bool], bodies: list[str | None]) -> None:
    assert same_alone(CHECK, [{"body": body} for body in bodies])
