"""A headline above three different articles of a publisher is found, wherever the collection is cut."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.collection.shared_headline import SharedHeadline

Row = tuple[str | None, str | None, str]


def found(rows: list[Row], *, size: int = 99, check: SharedHeadline | None = None) -> list[tuple[int, str, int]]:
    check = check or SharedHeadline()
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("url", "headline", "body"), pl.String), orient="row")
    keys = [check.keys(Batch(frame[a : a + size], first=a)).collect() for a in range(0, len(rows), size)]
    return check.find(pl.concat(keys).lazy()).collect().select("article", "text", "twin").rows()


def story(number: int, headline: str = " News of the valley", host: str = "post.example") -> Row:
    return f"https://{host}/{number}", headline, f"Story {number} has words of its own.\nThe rest is the same."


@pytest.mark.parametrize("size", [1, 2, 99])
def test_three_stories_under_one_headline_are_found(size: int) -> None:
    rows = [story(0), story(1, "Bridge"), story(2, "NEWS of the valley "), story(3)]
    assert found(rows, size=size) == [(2, "NEWS of the valley", 0), (3, "News of the valley", 0)]


def test_two_stories_or_copies_or_other_hosts_are_left_alone() -> None:
    assert not found([story(0), story(1)])
    assert not found([story(0), story(1), story(2, host="hill.example")])
    assert not found([story(0), story(1), (story(1)[0], *story(2)[1:])])  # one address
    assert not found([story(0), story(1), (story(2)[0], *story(1)[1:])])  # one text
    assert not found([(None, *story(n)[1:]) for n in range(3)])
    assert not found([story(n, " ") for n in range(3)])


def test_the_fewest_articles_are_an_option() -> None:
    assert len(found([story(0), story(1)], check=SharedHeadline(min_articles=2))) == 1
    with pytest.raises(ValueError, match="min_articles"):
        SharedHeadline(min_articles=1)
