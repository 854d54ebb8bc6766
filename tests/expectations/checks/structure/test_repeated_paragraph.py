"""A paragraph that stands twice is found and its copy taken out; refrains, figures and short lines may repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.structure.repeated_paragraph import RepeatedParagraph

Found = Callable[..., list[dict[str, Any]]]

CHECK = RepeatedParagraph()
PROSE = [
    "The bridge over the river reopened on Monday after two years of repairs.",
    "Die Brücke über den Fluss ist nach zwei langen Jahren wieder offen.",
    "第一辆公共汽车在早上六点钟驶过了河上的新桥，市长从市政厅的窗口挥手。",
    "Nobody knew where the money for the steel was to be found, the engineers said.",
]
CHANGES: list[Callable[[str], str]] = [str, str.upper, lambda p: p.replace(" ", "  "), lambda p: f"  {p}\t"]


@settings(max_examples=60)
@given(
    st.permutations(PROSE),
    st.integers(0, 3),
    st.integers(1, 3),
    st.sampled_from(CHANGES),
    st.sampled_from(["\n", "\n\n"]),
)
def test_a_copy_is_found_wherever_it_stands_and_taken_out(
    found: Found,
    mend: Callable[..., str],
    story: list[str],
    which: int,
    further: int,
    change: Callable[[str], str],
    seam: str,
) -> None:
    copy = change(story[which])
    lines = [*story[: which + further], copy, *story[which + further :]]
    body = seam.join(lines)
    rows = found(CHECK, [{"body": body}])
    assert [(r["text"], r["repair"]) for r in rows] == [(copy.strip(), "delete")]
    assert rows[0]["related_paragraph"] == which + 1
    assert rows[0]["related_start"] == body.index(story[which])
    mended = mend(body, rows)
    assert [line for line in mended.split("\n") if line.strip()] == story
    assert found(CHECK, [{"body": mended}]) == []


@pytest.mark.parametrize(
    "line",
    [
        "Yes.",
        "What did he say?",
        "Wigan 3 Leeds 2 Hull 4 Bath 1 York 0 Derby 5.",
        "Advertisement for the bridge and the bus",
    ],
)
def test_lines_that_repeat_by_nature_are_silent(found: Found, line: str) -> None:
    assert found(CHECK, [{"body": "\n".join([line, PROSE[0], line, PROSE[3], line])}]) == []


def test_a_slogan_may_be_quoted_again_and_again(found: Found) -> None:
    slogan = "“We want our bridge back and we want it back now.”"
    assert found(CHECK, [{"body": "\n".join([slogan, PROSE[0], slogan, PROSE[3], slogan])}]) == []
    assert len(found(CHECK, [{"body": "\n".join([slogan, PROSE[0], slogan])}])) == 1


def test_two_articles_may_share_a_paragraph(found: Found) -> None:
    assert found(CHECK, [{"body": PROSE[0]}, {"body": PROSE[0]}]) == []


@settings(max_examples=40)
@given(st.lists(st.lists(hostile_text() | st.sampled_from(PROSE), max_size=5).map("\n".join), max_size=4))
def test_articles_together_and_alone_give_the_same(same_alone: Callable[..., bool], bodies: list[str]) -> None:
    assert same_alone(CHECK, [{"body": body} for body in bodies])


@pytest.mark.parametrize(
    ("before", "after", "certain"),
    [
        ("", "", True),
        (" \t", " ", True),
        ("TARN, 4 March - ", "", False),  # a dateline would stay alone
        ('"', '"', False),
        ("", " of the net profit.", False),  # an abbreviation is no end
    ],
)
def test_copies_of_whole_lines_are_repaired_and_parts_of_paragraphs_are_not(
    before: str, after: str, certain: bool
) -> None:
    body = f"{PROSE[0]}\n{before}{PROSE[0]}{after}\n{PROSE[3]}"
    start = body.rindex(PROSE[0])
    assert CHECK.is_certain(body, start, start + len(PROSE[0]), "") is certain
