"""A headline in the body is found whatever its case, spacing and marks; a lead that says more is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.structure import repeated_headline
from copydesk_expectations.checks.structure.repeated_headline import RepeatedHeadline

Found = Callable[..., list[dict[str, Any]]]

CHECK = RepeatedHeadline()
HEADLINES = [
    "Bridge over the river reopens",
    "«Мост» открыт снова",
    "Brücke öffnet – nach Jahren",
    "大桥重新开放",
    "الجسر مفتوح من جديد",
]
LEAD = "The first bus crossed it at six in the morning, and the mayor waved from the window for an hour."
CHANGES: list[Callable[[str], str]] = [
    str,
    str.upper,
    lambda h: h.replace(" ", "  "),
    lambda h: f" {h}.",
    lambda h: f"“{h}”",
    lambda h: f"{h} - The Daily Paper",
    lambda h: f"{h} | example.org",
]


@given(st.sampled_from(HEADLINES), st.sampled_from(CHANGES), st.sampled_from([*CHANGES[-2:], str]), st.integers(0, 2))
def test_the_headline_is_found_in_the_first_paragraphs(
    found: Found, headline: str, change: Callable[[str], str], site: Callable[[str], str], before: int
) -> None:
    line = change(headline)
    rows = found(CHECK, [{"headline": site(headline), "body": "\n".join([LEAD] * before + [line, LEAD])}])
    assert [(r["text"], r["repair"]) for r in rows] == [(line.strip(), "delete")]
    assert found(CHECK, [{"headline": site(headline), "body": "\n".join([LEAD] * 3 + [line, LEAD])}]) == []


@given(st.sampled_from(HEADLINES))
def test_a_lead_that_says_more_is_silent(found: Found, headline: str) -> None:
    assert found(CHECK, [{"headline": headline, "body": f"{headline}: {LEAD}"}]) == []


@given(st.lists(st.tuples(hostile_text(), hostile_text()), max_size=4))
def test_hostile_text_is_survived_alone_and_together(
    same_alone: Callable[..., bool], texts: list[tuple[str, str]]
) -> None:
    assert same_alone(CHECK, [{"headline": headline, "body": body} for headline, body in texts])


@given(
    st.sampled_from([*HEADLINES, "Bus 12 was the first to cross it - at six in the morning"]),
    st.sampled_from(CHANGES),
    st.sampled_from(CHANGES),
    st.sampled_from([str, lambda h: h.replace(" ", ""), lambda h: f"Video: {h}", lambda h: f"{h} again"]),
)
def test_no_repeat_is_kept_out(
    found: Found, headline: str, one: Callable[[str], str], other: Callable[[str], str], edit: Callable[[str], str]
) -> None:
    articles = [{"headline": one(headline), "body": f"{edit(other(headline))}\n{LEAD}"}]
    with patch.object(repeated_headline, "_in_common", lambda *lines: np.ones(len(lines[1]), bool)):
        every = found(CHECK, articles)
    assert found(CHECK, articles) == every
