"""Of a body only its sentences are compared, and what is found there is named by its place in the body."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from copydesk.checks.batch import Batch
from copydesk.similarity.sketches import keys
from copydesk.similarity.story_text import StoryText

STORY = "The brücke over the river reopened on Monday after two long years of repairs, the mayor said at noon. " * 5
BODIES = [
    f"Home\nМеню\n{STORY}\nAdvertisement\n{STORY.replace('noon', 'six')}\nMore from the valley",
    "Hafen Rovers 3 1\nQuay Town 2 2\nNorth End 0 1",
    "",
    STORY,
]


def texts(story: StoryText) -> list[str]:
    bounds = story.bounds.tolist()
    return [story.data[a:b].tobytes().decode() for a, b in pairwise(bounds)]


def test_labels_and_titles_are_left_out_unless_they_are_the_body() -> None:
    story = StoryText(Batch(pl.DataFrame({"body": BODIES})))
    first, results, missing, alone = texts(story)
    assert first.split() == (STORY + STORY.replace("noon", "six")).split()
    assert results.split() == BODIES[1].split()
    assert missing.strip() == ""
    assert alone.strip() == STORY.strip()
    assert story.words.tolist()[1:] == [12, 0, len(STORY.split())]


def test_places_are_those_of_the_body() -> None:
    story = StoryText(Batch(pl.DataFrame({"body": BODIES})))
    sketches = keys(story, story.words)
    places = story.in_body(sketches["starts"])
    assert places.list.len().to_list() == sketches["starts"].list.len().to_list()
    for body, text, inside, outside in zip(BODIES, texts(story), sketches["starts"], places, strict=True):
        for at, place in zip(inside, outside, strict=True):
            assert body[place : place + 3].split()[0] == text[at : at + 3].split()[0]


def test_equal_lines_have_equal_keys_with_their_words() -> None:
    lines = StoryText(Batch(pl.DataFrame({"body": BODIES}))).lines().to_list()
    assert len(lines[0]) == 2 and len(lines[2]) == 0
    assert lines[3][0] in lines[0]
    assert lines[3][0] & 0xFFFF == len(STORY.split())
