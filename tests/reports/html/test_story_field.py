"""One field of a story: all its text is shown or counted, and every mark has its note."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.model.result import Sample
from copydesk.reports.html.marks import number_marks
from copydesk.reports.html.story_field import StoryField

TEXTS = st.lists(st.sampled_from(["It rained.", "Hide Ad", "word", "新聞", "", " "]), max_size=30).map("\n".join)


def field(text: str | None, *spans: tuple[int, int], name: str = "body", room: int = 6000, **more: Any) -> StoryField:
    about = {"field": name, "check": "ad-residue", "family": "residue", **more}
    findings = [{**about, "start": start, "end": end, "fingerprint": f"x{n}"} for n, (start, end) in enumerate(spans)]
    marks = number_marks(Sample({name: text}, findings))
    return StoryField(name, text, marks, room=room, story="story-1", ids={"other": "story-9"})


def text_of(block: Any) -> str:
    """Return the text of a block as a reader sees it, without the numbers of findings."""
    return re.sub(r"<[^>]*>", "", re.sub(r'<a class="ref.*?</a>|<span class="more">…</span>', "", str(block.text)))


SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)).map(lambda p: (min(p), max(p))), max_size=5)


@settings(max_examples=60)
@given(TEXTS, SPANS)
def test_a_field_that_fits_is_shown_whole_and_each_finding_has_a_note(text: str, spans: list[tuple[int, int]]) -> None:
    laid_out = field(text, *spans)
    blocks = laid_out.as_read()
    if text.strip():
        assert "".join("".join(map(text_of, blocks)).split()) == "".join(text.split())
    numbers = [note.number for block in blocks for note in block.notes]
    assert sorted(numbers) == list(range(1, len(spans) + 1)) and set(numbers) == laid_out.noted


@settings(max_examples=40)
@given(st.integers(400, 3000), st.integers(0, 2900))
def test_a_long_field_says_how_much_is_left_out(length: int, at: int) -> None:
    text = ("It rained all day in Osterwisch. " * 100)[:length]
    at = min(at, length - 7)
    blocks = field(text, (at, at + 7), room=200).as_read()
    gaps = [int(m[1].replace(",", "")) for b in blocks if (m := re.search(r"… ([\d,]+) characters", str(b.text)))]
    shown = sum(len(text_of(b)) for b in blocks if b.role != "cut")
    assert len(gaps) == sum(b.role == "cut" for b in blocks)
    assert sum(gaps) + shown == length
    assert any(block.notes for block in blocks)


@pytest.mark.parametrize(
    ("text", "words"), [(None, "No headline"), ("", "No headline"), (" \n", "The headline is blank")]
)
def test_a_field_without_words_says_so_and_keeps_its_note(text: str | None, words: str) -> None:
    (block,) = field(text, (0, 0), name="headline").as_read()
    assert words in block.text and len(block.notes) == 1
    assert field(text, (0, 0), name="headline").as_repaired() == []


def test_a_repeat_is_marked_at_both_places() -> None:
    text = "It rained all day.\nIt rained all day."
    laid_out = field(text, (19, 37), related_paragraph=1, related_start=0)
    first, second = laid_out.as_read()
    assert '<a id="story-1-body-0-18">' in first.text and '<span class="twin">' in first.text
    assert [number for number, *_ in first.echoes] == [1]
    assert (second.notes[0].related, second.notes[0].related_anchor) == ("paragraph 1", "story-1-body-0-18")


def test_another_article_is_a_link_where_the_page_has_it() -> None:
    (block,) = field("It rained.", (0, 10), twin_id="other", twin_file="news/a.jsonl", twin_row=7).as_read()
    assert (block.notes[0].related, block.notes[0].related_anchor) == ("news/a.jsonl, row 7 · other", "story-9")
    (block,) = field("It rained.", (0, 10), twin_id="unknown", twin_file="news/a.jsonl", twin_row=7).as_read()
    assert block.notes[0].related_anchor == ""


def test_a_finding_about_the_whole_body_marks_nothing() -> None:
    text = "It rained.\nIt snowed."
    laid_out = field(text, (0, len(text)))
    assert laid_out.whole and all("<mark" not in block.text for block in laid_out.as_read())
    assert "<mark" in field("It rained.", (0, 10)).as_read()[0].text


def test_repairs_are_made() -> None:
    blocks = field("Hide Ad\nIt rained.", (0, 7), repair="delete").as_repaired()
    assert [str(block.text) for block in blocks] == ["It rained."]
    blocks = field("cafÃ© opens", (0, 5), name="headline", repair="replace", replacement="café").as_repaired()
    assert [str(block.text) for block in blocks] == ['<ins class="put">café</ins> opens']
