"""Stories are counted so that copies of one count once, and each is its publisher's or its host's."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk.metadata.stories import count_stories, has_own_address, publisher_or_host, story_keys


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://a.example/bridge", True),
        ("a.example/bridge", True),
        ("https://a.example/?p=3", True),
        ("https://a.example/", False),
        ("https://a.example", False),
        ("https://a.example:80/#top", False),
    ],
)
def test_a_front_page_is_no_address_of_an_article(url: str, own: bool) -> None:
    assert has_own_address(pl.Series([url])).to_list() == [own]


def test_the_host_stands_in_for_a_publisher_that_is_missing() -> None:
    articles = pl.DataFrame(
        {
            "publisher": [" The Post ", "", None, None],
            "url": ["https://www.post.example/1", "https://www.Post.example/2?x", "//hill.example/3", None],
        },
        schema={"publisher": pl.String, "url": pl.String},
    )
    assert publisher_or_host(Batch(articles)).to_list() == ["the post", "post.example", "hill.example", None]


def test_a_story_goes_by_its_headline_or_else_by_its_longest_paragraph() -> None:
    batch = Batch(
        pl.DataFrame({"body": ["Short.\nThe bridge reopened.", "THE BRIDGE reopened.\nNo.", "It rained.", ""]})
    )
    headline = pl.Series([None, None, 7, None], dtype=pl.UInt64)
    keys = story_keys(batch, headline)
    assert keys[0] == keys[1] is not None and keys[2] == 7 and keys[3] is None


@pytest.mark.parametrize(
    ("urls", "stories", "bodies", "count"),
    [
        ([1, 1, 2], [5, 6, 7], [1, 2, 3], 2),
        ([1, 2, 3], [5, 5, 7], [1, 2, 3], 2),
        ([None, 2, 2], [5, 6, 7], [1, 2, 3], 3),
        ([1, 2, 3], [5, 6, 7], [1, 2, 3], 3),
        ([1, 2, 3], [5, 6, 7], [1, 1, 1], 1),
    ],
)
def test_copies_count_once_by_address_headline_or_body(
    urls: list[int | None], stories: list[int], bodies: list[int], count: int
) -> None:
    frame = pl.DataFrame({"url": urls, "story": stories, "body": bodies})
    assert frame.select(count_stories()).item() == count
