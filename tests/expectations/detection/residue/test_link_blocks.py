"""Titles behind a label are its entries; what follows is the story's again."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.detection.residue.link_blocks import entries_behind_labels, link_blocks

PROSE = "The council met on Monday evening and agreed, after a long debate, to put off the decision on the old bridge."
TITLES = ["Mayor resigns after vote", "Five ways to cross a river without a bridge", "Ferry stops for the winter"]


def entries(*lines: str) -> list[str]:
    batch = Batch(pl.DataFrame({"body": ["\n".join(lines)]}))
    return batch.paragraphs["text"].gather(entries_behind_labels(batch)["place"]).to_list()


@pytest.mark.parametrize(
    "label", ["Read more", "You might also like", "Lesen Sie auch", "Читайте также", "関連記事", "相关新闻"]
)
@given(st.lists(st.sampled_from(TITLES), min_size=1, max_size=5, unique=True), st.booleans())
@settings(max_examples=6, deadline=None)
def test_the_titles_behind_a_label_are_its_entries_up_to_the_next_prose(
    label: str, titles: list[str], goes_on: bool
) -> None:
    assert entries(PROSE, label, *titles, *([PROSE] if goes_on else [])) == titles


def test_numbers_and_phrases_stand_between_entries() -> None:
    assert entries(PROSE, "Most read", "1", TITLES[0], "Advertisement", "2", TITLES[1]) == [
        "1",
        TITLES[0],
        "2",
        TITLES[1],
    ]


@pytest.mark.parametrize(
    "below", ["He was glad.", "(Reporting by Ann Vale)", "– We shall see, said the mayor", "* This story was corrected"]
)
def test_what_can_be_no_title_ends_a_block(below: str) -> None:
    assert entries(PROSE, "Read more", TITLES[0], below, TITLES[1]) == [TITLES[0]]


def test_a_cross_head_behind_a_label_is_of_the_story() -> None:
    assert entries(PROSE, "Read more", "Who pays", PROSE) == []


def test_a_pointer_with_its_title_is_no_label() -> None:
    assert entries(PROSE, "Read more: Mayor resigns", TITLES[1]) == []


def test_a_block_is_one_span_and_says_its_label() -> None:
    body = "\n".join([PROSE, "Read more", *TITLES])
    (block,) = link_blocks(Batch(pl.DataFrame({"body": [body]}))).rows(named=True)
    assert body[block["start"] : block["end"]] == "\n".join(TITLES)
    assert (block["label"], block["entries"]) == ("Read more", 3)


@given(st.lists(hostile_text(), max_size=3))
@settings(max_examples=20, deadline=None)
def test_it_stands_hostile_text(texts: list[str]) -> None:
    blocks = link_blocks(Batch(pl.DataFrame({"body": texts}, schema={"body": pl.String})))
    assert (blocks["end"] > blocks["start"]).all()
