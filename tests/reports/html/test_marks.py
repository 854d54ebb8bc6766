"""Findings as marks: a place that lies in the text, a number in reading order, an anchor of its own."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks import FAMILIES, SEVERITIES
from copydesk.model.result import Sample
from copydesk.reports.html.marks import READING_ORDER, Mark, field_rank, number_marks

from ..hostile import HOSTILE

ANYTHING = st.none() | st.integers(-9, 99) | HOSTILE
FINDINGS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "field": st.sampled_from(["body", "headline", "nowhere"]) | HOSTILE,
            "start": ANYTHING,
            "end": ANYTHING,
            "check": ANYTHING,
            "fingerprint": ANYTHING,
            "family": ANYTHING,
            "severity": ANYTHING,
            "repair": ANYTHING,
        },
    ),
    max_size=8,
)


@given(st.text(max_size=40), FINDINGS)
def test_marks_lie_in_the_text_and_have_anchors_of_their_own(body: str, findings: list[dict[str, Any]]) -> None:
    article: dict[str, str | None] = {"body": body, "headline": "One", "byline": None}
    taken = {"story-1"}
    marks = number_marks(Sample(article, findings), taken)
    assert [m.number for m in marks] == list(range(1, len(findings) + 1))
    assert len({m.anchor for m in marks}) == len(marks) and {m.anchor for m in marks} < taken
    for m in marks:
        assert 0 <= m.start <= m.end <= len(article.get(m.field) or "")
        assert re.fullmatch(r"f-[A-Za-z0-9_-]+", m.anchor)
    assert [field_rank(m.field) for m in marks] == sorted(field_rank(m.field) for m in marks)


@given(FINDINGS)
def test_no_value_is_trusted(findings: list[dict[str, Any]]) -> None:
    for m in map(Mark, findings):
        assert m.kind in (*FAMILIES, "other") and m.severity in SEVERITIES and m.repair in ("delete", "replace", "none")
        assert not re.search("[\x00-\x08\u202e\u2066]", m.label)
        assert isinstance(m.value("check"), str) and m.value("no such column") == ""


def test_equal_fingerprints_get_different_anchors() -> None:
    finding = {"fingerprint": "aa", "check": "mojibake", "start": 0, "end": 1}
    assert [m.anchor for m in number_marks(Sample({"body": "x"}, [finding, finding]))] == ["f-aa", "f-aa-x"]


def test_fields_follow_in_reading_order() -> None:
    ranks = [field_rank(field) for field in (*READING_ORDER, "nowhere")]
    assert ranks == sorted(set(ranks))
