"""Every copy of a body is found and names the first, however the collection is cut; no other body is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.collection.duplicate_article import DuplicateArticle

STORY = "The bridge over the river reopened on Monday, the city said.\nThe first bus crossed it at six, number {}."
CHANGES: list[Callable[[str], str]] = [str, str.upper, lambda b: b.replace(" ", "  "), lambda b: f"\n {b}\n\n"]


def found(bodies: Sequence[str], cuts: Sequence[int] = (), check: DuplicateArticle | None = None) -> pl.DataFrame:
    check = check or DuplicateArticle()
    frame = pl.DataFrame({"body": bodies}, schema={"body": pl.String})
    bounds = [0, *sorted(c for c in set(cuts) if 0 < c < len(bodies)), len(bodies)]
    keys = [check.keys(Batch(frame[a:b], first=a)).collect() for a, b in pairwise(bounds)]
    rows = check.find(pl.concat(keys).lazy()).collect().sort("article")
    for article, start, end, text in rows.select("article", "start", "end", "text").iter_rows():
        assert bodies[article][start:end] == text != ""
    return rows


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(CHANGES)), min_size=1, max_size=9), st.sets(st.integers(1, 8))
)
def test_copies_name_the_first_of_their_kind(articles: list[tuple[int, Callable[[str], str]]], cuts: set[int]) -> None:
    bodies = [change(STORY.format(number)) for number, change in articles]
    numbers = [number for number, _ in articles]
    expected = [(place, numbers.index(n)) for place, n in enumerate(numbers) if numbers.index(n) < place]
    rows = found(bodies)
    assert rows.select("article", "twin").rows() == expected
    assert rows["group"].to_list() == rows["twin"].to_list()
    assert found(bodies, sorted(cuts)).equals(rows)


def test_a_copy_with_another_first_line_is_no_copy() -> None:
    assert found([STORY.format(1), "Monday\n" + STORY.format(1)]).is_empty()


def test_short_and_missing_bodies_are_left_alone() -> None:
    assert found(["It rained all day", "It rained all day", "", "", " "]).is_empty()
    assert found(["It rained all day", "It rained all day"], check=DuplicateArticle(min_words=4)).height == 1


def test_a_long_first_line_is_quoted_in_part() -> None:
    (text,) = found(["river " * 100, "river " * 100])["text"]
    assert len(text) == 160
