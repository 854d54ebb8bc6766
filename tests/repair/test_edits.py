"""Edits of a text: merged, widened to whole lines, applied, put together and taken back."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.repair.edits import Edit, Repair, apply, compose, edits_of, original_span, undo

TEXTS = st.text("ab \n.\r", max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    return text, draw(edits_within(text))


@st.composite
def edits_within(draw: st.DrawFn, text: str) -> list[Edit]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return [Edit(start, end, draw(st.text("xy\n", max_size=3))) for start, end in pairs]


def repair(text: str, words: str, new: str | None = None, *, nth: int = 0) -> Repair:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Repair("check", "body", start, start + len(words), new)


def repaired(text: str, *repairs: Repair) -> str:
    return apply(text, edits_of(text, repairs))


@given(edited())
@settings(max_examples=60)
def test_what_is_undone_is_as_it_was(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    assert apply(apply(text, edits), undo(text, edits)) == text


@given(st.data())
@settings(max_examples=100)
def test_edits_put_together_do_what_they_do_in_turn(data: st.DataObject) -> None:
    text, edits = data.draw(edited())
    middle = apply(text, edits)
    more = data.draw(edits_within(middle))
    both = compose(text, edits, more)
    assert apply(text, both) == apply(middle, more)
    assert all(one.end <= other.start for one, other in itertools.pairwise(both))


@given(st.data())
@settings(max_examples=60)
def test_repairs_are_made_once_and_nothing_else_goes(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, 5)), max_size=5))
    repairs = [Repair("check", "body", at, min(len(text), at + size), None) for at, size in spans]
    edits = edits_of(text, repairs)
    assert all(one.end < other.start for one, other in itertools.pairwise(edits))
    gone = {n for r in repairs for n in range(r.start, r.end)}
    more = {n for e in edits for n in range(e.start, e.end)} - gone
    assert all(text[n].isspace() for n in more), "only white space goes beside what is repaired"
    covered = [n for n in gone if not any(e.start <= n < e.end for e in edits)]
    assert not covered


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_goes_with_its_break(end: str) -> None:
    text = end.join(["One.", "Hide Ad", "Two."])
    assert repaired(text, repair(text, "Hide Ad")) == f"One.{end}Two."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nHide Ad\nHide Ad\n\nTwo.", "One.\n\nTwo."),
        ("One.\nHide Ad\n\nTwo.", "One.\n\nTwo."),
        ("One.\n\nHide Ad\nTwo.", "One.\n\nTwo."),
        ("One.\n\nHide Ad", "One."),
        ("One.\n\n  Hide Ad \n", "One.\n"),
        ("Hide Ad\n\nOne.", "One."),
        ("\n\nHide Ad\n\n  One.", "\n\n  One."),
        ("Hide Ad", ""),
        ("One. Hide Ad Two.", "One. Two."),
        ("One. Hide Ad", "One."),
        ("Hide Ad One.", "One."),
    ],
)
def test_no_empty_line_is_left(text: str, expected: str) -> None:
    repairs = [repair(text, "Hide Ad", nth=n) for n in range(text.count("Hide Ad"))]
    assert repaired(text, *repairs) == expected


def test_a_deletion_within_a_replacement_is_a_part_of_it() -> None:
    text = "to lead\nHide Ad\nbetter lives"
    edits = edits_of(text, [repair(text, "Hide Ad"), repair(text, "lead\nHide Ad\nbetter", "lead better")])
    assert apply(text, edits) == "to lead better lives" and len(edits[0].repairs) == 2


def test_a_replacement_that_overlaps_a_deletion_waits() -> None:
    text = "One two three"
    edits = edits_of(text, [repair(text, "One two"), repair(text, "two three", "2 3")])
    assert apply(text, edits) == "three"


def test_a_span_of_the_edited_text_is_found_in_the_text() -> None:
    text = "One. Hide Ad Two. Three."
    edits = [Edit(5, 13, "")]
    assert apply(text, edits) == "One. Two. Three."
    assert original_span(edits, 10, 16) == (18, 24)
    assert original_span(edits, 0, 3) == (0, 3)
    assert original_span(edits, 5, 9) == (5, 17)
