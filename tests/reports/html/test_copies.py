"""Copies side by side: what is marked is what differs, and nothing is lost but what is said to be left out."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from copydesk.reports.html.copies import COMPARED_CHARACTERS, compare_texts

from ..hostile import HOSTILE

WORDS = st.lists(st.sampled_from(["pier", "storm", "ferry", "Friday", "新聞", "خبر", "again,", "said."]), max_size=25)


def text_of(side: Markup) -> str:
    return side.striptags().replace("\u200b", "")


def marked(side: Markup) -> list[str]:
    return [Markup(m).unescape() for m in re.findall(r'<mark class="only">(.*?)</mark>', side, re.DOTALL)]


@settings(deadline=None)
@given(WORDS, WORDS)
def test_short_texts_are_shown_whole(one: list[str], other: list[str]) -> None:
    sides = compare_texts(" ".join(one), " ".join(other))
    for side, words in zip(sides, (one, other), strict=True):
        assert "".join(text_of(side).split()) == "".join(words)


@settings(deadline=None)
@given(WORDS.filter(bool), st.integers(0, 30))
def test_an_added_word_is_what_is_marked(words: list[str], place: int) -> None:
    with_more = [*words[:place], "lighthouse", *words[place:]]
    plain, grown = compare_texts(" ".join(words), " ".join(with_more))
    assert marked(plain) == []
    assert marked(grown) == ["lighthouse"]


@settings(deadline=None)
@given(HOSTILE, HOSTILE)
def test_no_text_becomes_markup(one: str, other: str) -> None:
    for side in compare_texts(one, other):
        bare = re.sub(
            r'<mark class="only">|</mark>|<span class="more">|</span>|<i class="cp" title="[^"<>]*">|</i>', "", side
        )
        assert "<" not in bare and ">" not in bare


def test_what_is_the_same_at_length_is_left_out_and_counted() -> None:
    middle = " ".join(f"word{n}" for n in range(100))
    one, other = compare_texts(f"First {middle} old end", f"First {middle} new end")
    assert marked(one) == ["old"] and marked(other) == ["new"]
    for side in (one, other):
        counted = re.search(r"… (\d+) words the same …", side)
        assert counted and 60 < int(counted[1]) < 100
        assert "word99" in side and "word50" not in side


def test_case_and_spacing_are_no_difference() -> None:
    one, other = compare_texts("The  Pier\nreopened.", "the pier REOPENED.")
    assert marked(one) == marked(other) == []


def test_the_end_of_what_is_compared_is_no_difference() -> None:
    story = "The committee heard evidence for the ninth hour. " * (COMPARED_CHARACTERS // 30)
    one, other = compare_texts("Ad. " + story, story)
    assert marked(one) == ["Ad"] or marked(one) == ["Ad."]
    assert marked(other) == []
