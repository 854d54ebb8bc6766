"""An invitation or a line of rights is found and taken out; a sentence about a newsletter is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.residue.promo_residue import PromoResidue

Found = Callable[..., list[dict[str, Any]]]

CHECK = PromoResidue()
STORY = [
    "The council met on Monday evening and put off the decision on the old bridge.",
    "The first bus crossed it at six in the morning, and the driver rang the bell.",
    "Nobody knew where the money for the steel was to be found, the engineers said.",
]
LINES = [
    "Sign up for our newsletter",
    "Follow us on Facebook",
    "All rights reserved",
    "Subscribe to continue reading",
    "Download our app",
    "Donate now",
    "Jetzt abonnieren",
    "Alle Rechte vorbehalten",
]
SENTENCES = [
    "The council will send a newsletter to every household in the valley.",
    "“Sign up for our newsletter,” the form said, and four hundred people did.",
    "All rights were reserved, the mayor joked.",
]
FORMS = ["{}", "{}:", "» {}", "  {} »", "– {} –"]


@settings(max_examples=60)
@given(st.sampled_from(LINES), st.sampled_from([str, str.upper, str.lower]), st.sampled_from(FORMS), st.integers(0, 3))
def test_a_line_is_found_with_its_exact_words_and_taken_out(
    found: Found, mend: Callable[..., str], line: str, case: Callable[[str], str], form: str, before: int
) -> None:
    line = form.format(case(line))
    body = "\n".join([*STORY[:before], line, *STORY[before:]])
    rows = found(CHECK, [{"body": body}])
    assert [(r["text"], r["repair"]) for r in rows] == [(line.strip(), "delete")]
    mended = mend(body, rows)
    assert [part for part in mended.split("\n") if part.strip()] == STORY
    assert found(CHECK, [{"body": mended}]) == []


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*SENTENCES, *STORY]), min_size=1, max_size=6))
def test_a_sentence_that_holds_the_words_is_silent(found: Found, sentences: list[str]) -> None:
    assert found(CHECK, [{"body": "\n".join(sentences)}]) == []


@settings(max_examples=40)
@given(
    st.lists(st.lists(hostile_text() | st.sampled_from([*LINES, *SENTENCES]), max_size=4).map("\n".join), max_size=4)
)
def test_articles_together_and_alone_give_the_same(same_alone: Callable[..., bool], bodies: list[str]) -> None:
    assert same_alone(CHECK, [{"body": body} for body in bodies])


@pytest.mark.parametrize(
    ("line", "certain"),
    [
        ("Sign up for our newsletter", True),
        ("Ann Bell for the Harbour Gazette. Copyright 2031. All rights reserved.", True),
        ("This material may not be published, broadcast, rewritten, or redistributed. © 2031 A Ltd.", True),
        ("The mayor speaks to the crowd on the pier on Monday evening Copyright 2031. All rights reserved.", False),
    ],
)
def test_prose_before_a_note_of_rights_is_no_certain_repair(line: str, certain: bool) -> None:
    body = f"The boats came home.\n{line}\nNobody was hurt."
    assert CHECK.is_certain(body, body.index(line), body.index(line) + len(line), "") is certain
