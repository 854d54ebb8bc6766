"""A headline without text is found; one that is there, whatever it says, is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.metadata.headline_missing import HeadlineMissing

Found = Callable[..., list[dict[str, Any]]]

CHECK = HeadlineMissing()


@pytest.mark.parametrize("headline", [None, "", "  ", "\n\t\u00a0"])
def test_a_headline_without_text_is_found_whole(found: Found, headline: str | None) -> None:
    (row,) = found(CHECK, [{"headline": headline, "body": "It rained."}])
    assert (row["field"], row["start"], row["end"]) == ("headline", 0, len(headline or ""))
    assert (row["reason"], row["repair"]) == ("there is no headline", "none")


@settings(max_examples=60)
@given(hostile_text(), st.sampled_from(["-", "Untitled", "雨", "7"]))
def test_a_headline_that_is_there_is_silent(found: Found, before: str, word: str) -> None:
    assert found(CHECK, [{"headline": before + word}]) == []


def test_where_no_column_is_a_headline_every_article_says_what_to_do() -> None:
    batch = Batch(pl.DataFrame({"body": ["It rained.", "It snowed."]}))
    rows = CHECK.find(batch).collect()
    assert rows["article"].to_list() == [0, 1]
    assert rows["reason"].unique().item().endswith("(say which with --map headline=COLUMN)")


@settings(max_examples=40)
@given(st.lists(st.none() | hostile_text(max_size=2), max_size=5))
def test_articles_together_and_alone_give_the_same(
    same_alone: Callable[..., bool], headlines: list[str | None]
) -> None:
    assert same_alone(CHECK, [{"headline": headline} for headline in headlines])
