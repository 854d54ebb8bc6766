"""A label that introduces nothing is found and taken out; one with its list, and a speaker's colon, are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.residue.empty_label import EmptyLabel

Found = Callable[..., list[dict[str, Any]]]

CHECK = EmptyLabel()
PROSE = "The bridge over the river reopened on Monday after two years of repairs, the city said."
LABELS = ["Related topics", "Tags", "Related topics:", "More on this:", "Schlagworte", "In the north:", "标签："]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=3), st.integers(1, 3))
def test_labels_at_the_end_are_found_and_taken_out(
    found: Found, mend: Callable[..., str], labels: list[str], paragraphs: int
) -> None:
    body = "\n".join([PROSE] * paragraphs + labels)
    rows = found(CHECK, [{"body": body}])
    assert [(r["text"], r["repair"]) for r in rows] == [(label, "delete") for label in labels]
    assert mend(body, rows).rstrip("\n") == "\n".join([PROSE] * paragraphs)


@settings(max_examples=60)
@given(st.sampled_from(LABELS), st.sampled_from([PROSE, "“We are glad.”", "bridges, rivers"]))
def test_a_label_with_something_behind_it_is_silent(found: Found, label: str, behind: str) -> None:
    assert found(CHECK, [{"body": f"{PROSE}\n{label}\n{behind}"}]) == []


@pytest.mark.parametrize(
    ("line", "most", "labels"),
    [("The mayor of the town said:", 4, 0), ("The mayor of the town said:", 6, 1), ("The bridge reopened.", 4, 0)],
)
def test_a_colon_makes_a_label_of_a_few_words(found: Found, line: str, most: int, labels: int) -> None:
    assert len(found(EmptyLabel(max_words=most), [{"body": f"{PROSE}\n{line}"}])) == labels


@settings(max_examples=40)
@given(st.lists(st.lists(hostile_text() | st.sampled_from(LABELS), max_size=4).map("\n".join), max_size=4))
def test_articles_together_and_alone_give_the_same(same_alone: Callable[..., bool], bodies: list[str]) -> None:
    assert same_alone(CHECK, [{"body": body} for body in bodies])
