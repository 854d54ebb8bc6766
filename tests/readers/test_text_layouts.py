"""Texts with headers, highlights, and several documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.readers.text import find_starts
from copydesk.readers.text_layouts import layout_of

BODY = "It rained for three days.\n\nThe river: it rose until Sunday."


def test_front_matter_gives_fields_and_the_heading_is_the_headline() -> None:
    head = "title: \"Storm: the end\"\ndate: 2026-03-14\nauthor: M. T.\ntags: ['a', b]"
    text = f"---\n{head}\n---\n\n# Storm hits\n\n{BODY}"
    [piece] = layout_of(text) or []
    assert piece.fields == {
        "headline": "Storm hits",
        "byline": "M. T.",
        "published": "2026-03-14",
        "keywords": "a, b",
        "body": f"\n{BODY}",
    }


def test_header_lines_of_mail_are_no_headline() -> None:
    [piece] = layout_of(f"From: a@b.example (M. T.)\nSubject: Re: Storm\nLines: 20\n\n{BODY}") or []
    assert piece.fields == {"byline": "a@b.example (M. T.)", "headline": "Re: Storm", "body": BODY}


def test_highlights_are_the_standfirst_of_a_story_without_headline() -> None:
    [piece] = layout_of(f"{BODY}\n\n@highlight\n\nRain fell\n\n@highlight\n\nRiver rose\n") or []
    assert piece.fields == {"standfirst": "Rain fell\nRiver rose", "body": f"{BODY}\n\n"}


def test_each_document_of_a_download_is_an_article() -> None:
    one = "   {n} of 3 DOCUMENTS\n\n   The Herald\n\n   March 14, 2026\n\nStorm {n} hits\n\n"
    one += "BYLINE: M. T.\n\nLENGTH: 9 words\n\n"
    text = "".join(
        one.format(n=n) + BODY + "\n\nLOAD-DATE: March 14, 2026\n\nLANGUAGE: ENGLISH\n\n\n" for n in (1, 2, 3)
    )
    pieces = layout_of(text) or []
    assert [piece.fields["headline"] for piece in pieces] == ["Storm 1 hits", "Storm 2 hits", "Storm 3 hits"]
    assert all(piece.fields["body"] == BODY and piece.fields["publisher"] == "The Herald" for piece in pieces)


@pytest.mark.parametrize(
    "text", ["Storm\n\nIt rained.", "Interview: the mayor\nQ: Why?\n\nA: Rain.", "--- \nStorm", "1 of 3\n"]
)
def test_other_texts_have_no_layout(text: str) -> None:
    assert layout_of(text) is None


@given(st.text("-:\n#@ aFromSubject", max_size=60))
def test_places_are_where_the_fields_stand(text: str) -> None:
    for piece in layout_of(text) or []:
        for field, start in piece.starts.items():
            assert text[start:].startswith(piece.fields[field])
    assert all(0 <= start <= len(text) for start in find_starts(text).values())
