"""A phrase with slots matches what a plain pattern of it matches, whichever way it is looked up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.lexicon.slots import Slotted

words = st.sampled_from(["read", "more", "from", "our", "app", "get", "0"])
texts = st.lists(words, max_size=3).map(" ".join)
phrases = st.lists(texts, min_size=2, max_size=3).filter(any)
lines = st.lists(words, max_size=8).map(" ".join)


def matches(parts: list[str], line: str) -> bool:
    """Say whether a line is the parts, parted by spaces, with something in each slot."""
    first, *middle, last = parts
    pattern = [re.escape(first) + (" " if first else "")]
    pattern += [(" " if part else "") + re.escape(part) + (" " if part else "") for part in middle]
    pattern += [(" " if last else "") + re.escape(last)]
    return re.fullmatch(".+?".join(pattern), line) is not None


@given(st.lists(phrases, min_size=1, max_size=5), lines)
def test_a_line_has_the_bits_of_all_phrases_that_it_matches(some: list[list[str]], line: str) -> None:
    known = Slotted((parts, True, 1 << n) for n, parts in enumerate(some))
    expected = sum(1 << n for n, parts in enumerate(some) if matches(parts, line))
    assert known.bits(line) == expected


@pytest.mark.parametrize(
    ("parts", "spaced", "line", "expected"),
    [
        (["follow ", " on twitter"], True, "follow the herald on twitter", True),
        (["follow ", " on twitter"], True, "follow on twitter", False),
        (["follow ", " on twitter"], True, "followers on twitter", False),
        (["» follow ", ""], True, "follow us", True),
        (["", " newsletter »"], True, "the daily newsletter", True),
        (["関連記事", ""], False, "関連記事橋が再開", True),
        (["", "を読む"], False, "続きを読む", True),
        (["", "を読む"], False, "を読む", False),
        (["(", ") photo"], True, "bridge) photo", True),
        (["by ", ", ", ""], True, "by a. writer, the herald", True),
    ],
)
def test_slots_need_words_and_marks_at_the_edges_are_no_part(
    parts: list[str], spaced: bool, line: str, expected: bool
) -> None:
    assert bool(Slotted([(parts, spaced, 1)]).bits(line)) is expected


def test_the_same_phrase_twice_has_the_bits_of_both() -> None:
    parts = ["share on ", ""]
    assert Slotted([(parts, True, 1), (parts, True, 4)]).bits("share on facebook") == 5
    assert Slotted([]).bits("share on facebook") == Slotted([(parts, True, 1)]).bits("") == 0
