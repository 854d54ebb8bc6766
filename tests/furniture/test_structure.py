"""Headings between the prose of an article and the lines of a questionnaire are a structure that recurs through it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.furniture.structure import headings, questionnaires, recurring

#: What each letter of a drawn article is: prose, a heading, a name, a phrase, a line that recurs in its wording, a
#: question, an answer.
KINDS = "phnxrqa"


def drawn(*articles: str) -> dict[str, np.ndarray]:
    """Return the arrays that `recurring` takes, of articles with a letter a line."""
    lines = [(number, kind) for number, article in enumerate(articles) for kind in article]
    kinds = np.array([kind for _, kind in lines], dtype="U1")
    return {
        "article": np.array([number for number, _ in lines], np.int64),
        "prose": kinds == "p",
        "phrase": kinds == "x",
        "question": kinds == "q",
        "words": np.where(kinds == "n", 1, 4),
        "key": np.array([7 if kind == "r" else 1000 + at for at, (_, kind) in enumerate(lines)], np.uint64),
    }


def shown(*articles: str) -> str:
    flags = recurring(**drawn(*articles))
    return "".join("#" if flag else "." for flag in flags)


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("phphphphp", ".#.#.#.#."),
        ("phhphphhphp", ".##.#.##.#."),
        ("phphphp", "......."),  # too few
        ("prprprprp", "........."),  # a label of the page has one wording: 'Story continues below'
        ("pxpxpxpxp", "........."),
        ("pnpnpnpnp", "........."),  # readers and their comments
        ("phhhphhhphhhphhhp", "................."),  # blocks
        ("phphphphpxpxpxpxpxp", "..................."),  # in too few of the places between prose
        ("phphphphphhh", ".#.#.#.#...."),  # what stands below the story is another matter
    ],
)
def test_headings_stand_between_most_paragraphs(article: str, expected: str) -> None:
    assert shown(article) == expected


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("pqaqaqaqaa", ".########."),
        ("pqpqpqpqp", ".########"),  # the answers may be prose
        ("pqaqaqa", "......."),
        ("paaaaqaaaaqaaaaqaaaaqaa", "......................."),  # titles of other stories, a few of them questions
        ("pqqqqqq", "......."),  # no answers
        ("pqaqaqaqaqxxaa", ".##########..."),
    ],
)
def test_a_questionnaire_goes_from_its_first_question_to_its_last_answer(article: str, expected: str) -> None:
    assert shown(article) == expected


@given(st.lists(st.text(KINDS, min_size=1, max_size=24), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_an_article_is_judged_alone_and_prose_is_no_heading(articles: list[str]) -> None:
    assert shown(*articles) == "".join(shown(article) for article in articles)
    known = drawn(*articles)
    flags = headings(*(known[name] for name in ("article", "prose", "phrase", "words", "key")))
    assert not (flags & known["prose"]).any()


def test_nothing_is_flagged_where_there_is_nothing() -> None:
    empty = drawn("")
    assert not len(recurring(**empty))
    assert not questionnaires(*(drawn("p")[name] for name in ("article", "prose", "question"))).any()
