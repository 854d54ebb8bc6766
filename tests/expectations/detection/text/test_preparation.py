"""Each mark of a program is told from what a story can hold, and mended where it is certain what it was."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.detection.text import preparation
from copydesk_expectations.detection.text.preparation import leftovers_in

#: Pieces of what is found, and of what is not.
PIECES = (
    *(
        "\\n",
        "\\u00e9",
        "=C3=A9",
        "-LRB-",
        "-rrb-",
        "-l\u017fb-",
        "<UNK>",
        "[PAD]",
        "NEWL\u0130NE_CHAR",
        "|||||",
        "@H\u0131ghlight",
    ),
    *("\n", ". ", " ", "It rained", "@ @ @", "ro@@ ad to@@ wn vi@@ lla", " ##x a ##b c ##d", "\u2581x\u2581y\u2581z"),
    *(
        "---\na: b\n---\n",
        "LOREM \u0131psum dolor",
        "As an A\u0130 language model",
        "en tant qu'IA",
        "xxBOS",
        "story_separator",
    ),
)


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[x["start"] : x["end"]], x["mended"]) for x in leftovers_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"It rained.\n\nThe bus came.", [(r"\n\n", "\n\n")]),
        (r"It rained.\n“No.”\nHe left.", [(r"\n", "\n"), (r"\n", "\n")]),
        (r"It said \u201cno\u201d in the caf\u00e9.", [(r"\u201cno\u201d", "“no”"), (r"caf\u00e9.", "café.")]),
        (r"Rain \ud83d\ude00 and \ud83d here, and \u00e9t\u00e9", [(r"\ud83d\ude00", "😀"), (r"\ud83d", None)]),
        ("The -lrb- old -rrb- quay -LSB- sic", [("-lrb- old -rrb-", "(old)"), ("-LSB-", "[")]),
        ("The <unk> bus <s>", [("<unk>", None), ("<s>", "")]),
        ("ro@@ ad to the br@@ idge by the quay@@ side", [("ro@@ ad", "road"), ("br@@ idge", "bridge")]),
        ("---\ntitle: Rain\ntags: x\n---\nIt rained.", [("---\ntitle: Rain\ntags: x\n---", "")]),
        ("Lorem ipsum dolor sit amet.\nIt rained.", [("Lorem ipsum dolor sit amet.", "")]),
        ("b'It rained.'", [("b'It rained.'", None)]),
    ],
)
def test_marks_are_found_and_mended(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text)[: len(expected)] == expected


def test_tokens_apart_are_reported_once_and_not_beside_brackets() -> None:
    text = "the bus came , and went . the bridge , which was old , held . nobody , they said , was hurt ."
    assert [words for words, _ in found(text + "\n" + text)] == [text]
    assert found(text.replace("the bridge", "-lrb- x -rrb-"))[0][0] == "-lrb- x -rrb-" and len(found(text)) == 1


@settings(max_examples=30)
@given(hostile_text())
def test_spans_are_in_order_and_apart_from_each_other(text: str) -> None:
    spans = leftovers_in(text)
    assert all(0 <= s["start"] < s["end"] <= len(text) for s in spans)
    assert all(one["end"] <= other["start"] for one, other in pairwise(spans))


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_whatever_finds_something_has_its_piece_in_the_text(text: str) -> None:
    alike = preparation._folded(text)
    for finders in (preparation._MENTIONED, preparation._FINDERS):
        for find, pieces in finders.items():
            assert any(piece in alike for piece in pieces) or not [*find(text)]


def test_one_case_is_that_of_the_expressions() -> None:
    letters = "".join(map(chr, range(0x80, 0x2200)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        assert {preparation._folded(c) for c in re.findall(letter, letters, re.I)} <= {letter}
