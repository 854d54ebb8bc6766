"""What a line looks like, and which words it shares with its story, as a slow look at it says."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.furniture.shape import SHAPE, as_bytes, shapes, words_in_common
from copydesk.native.constants import SHAPES


def looks(line: str) -> dict[str, int]:
    batch = Batch(pl.DataFrame({"body": [line]}))
    return {name: int(values[0]) for name, values in shapes(batch, np.array([0])).items()}


def test_each_byte_has_a_name() -> None:
    assert len(SHAPE) == len(set(SHAPE)) == SHAPES


@given(st.text("aBé'- 01A.:\"(),;!?|»“É…、中¿ß٣", min_size=1, max_size=40).filter(lambda t: t.strip() == t))
@settings(max_examples=60, deadline=None)
def test_counts_are_those_of_the_characters(line: str) -> None:
    shape, words = looks(line), line.split()
    assert shape["characters"] == len(line) and shape["words"] == len(words)
    assert shape["% digits"] == 100 * sum(c in "0123456789" for c in line) // len(line)
    assert shape["commas"] == sum(c in ",;،，、" for c in line)
    assert shape["bar"] == any(c in "|»" for c in line)
    assert shape["% capitals"] == 100 * sum(c.isupper() for c in line) // len(line)
    assert shape["unspaced"] == ("中" in line)


@given(st.text("@htpw.com é-", min_size=1, max_size=60).filter(lambda t: t.strip() == t))
@settings(max_examples=60, deadline=None)
def test_an_address_is_seen_wherever_it_begins(line: str) -> None:
    for piece in ("", "http", "www.", ".com"):
        spelt = f"{line}{piece}{line}"
        assert looks(spelt)["address"] == any(mark in spelt for mark in ("@", "http", "www.", ".com"))


@given(st.lists(st.sampled_from(["the", "x", "A", "1998", "12:30", "“", "?", "rather-long", "été"]), min_size=1))
@settings(max_examples=40, deadline=None)
def test_runs_of_small_letters_make_words_of_one_look(words: list[str]) -> None:
    line = " ".join(words)
    shape = looks(line)
    assert shape["words"] == len(words) and shape["characters"] == min(len(line), 255)
    assert shape["% words in capitals"] == 100 * sum(word[0].isupper() for word in words) // len(words)
    assert shape["time"] == any(word in ("1998", "12:30") for word in words)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Last updated at 18:50", "time", 1),
        ("On 3.10.2025 in Rome", "time", 1),
        ("Since 1998", "time", 1),
        ("12345 people in 3 towns", "time", 0),
        ("mail us: desk@post.example", "address", 1),
        ("© The Post", "copyright", 1),
        ("Home – Sports", "dash", 1),
        ("Only $3 a week", "money", 1),
        ("Is it over?", "end", 2),
        ("“It is over.”", "end", 8),
        ("“It is over.”", "last mark", 1),
        ("• One", "start", 5),
        ("Élan Vital", "% words in capitals", 100),
    ],
)
def test_a_line_is_seen_for_what_it_is(line: str, name: str, value: int) -> None:
    assert looks(line)[name] == value


def test_words_are_compared_with_the_rest_of_the_story_and_with_the_headline() -> None:
    story = "The bridge over the river was closed.\nBridge reopened by mayor\nGossip tonight\n中文新闻\nThe river rose."
    batch = Batch(pl.DataFrame({"headline": ["Bridge closed"], "body": [story]}))
    common = words_in_common(batch, np.array([True, False, False, False, True]))
    assert common["% known words"].tolist()[:3] == [25, 33, 0]
    assert common["% words of the headline"].tolist()[1:3] == [33, 0]
    assert common["new words"].tolist()[2:4] == [2, 3]


def test_numbers_are_clipped_to_bytes() -> None:
    assert as_bytes(np.array([-1, 0, 300])).tolist() == [0, 0, 255]
