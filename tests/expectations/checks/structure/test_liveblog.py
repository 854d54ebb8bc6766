"""Live blogs are found by their times in many languages; timetables and programmes are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.structure.liveblog import Liveblog
from copydesk_expectations.detection.structure.clock_times import FIRST_BYTES, is_opening, is_time_alone

Found = Callable[..., list[dict[str, Any]]]

CHECK = Liveblog()
TIMES = [
    "14:05",
    "14.05 Uhr",
    "2.05pm",
    "2:05 p.m. ET",
    "14h05",
    "05:12 GMT",
    "kl. 14.05",
    "14:05 –",
    "[14:05]",
    "下午2:05",
    "14時05分",
]
ENTRY = (
    "The mayor has arrived at the bridge, and several hundred people are waiting there with flags in the rain today."
)


@given(st.sampled_from(TIMES), st.integers(3, 6), st.booleans())
def test_a_live_blog_is_one_finding(found: Found, time: str, entries: int, inline: bool) -> None:
    body = "\n".join(["Live"] + [f"{time}{' ' if inline else chr(10)}{ENTRY}"] * entries)
    rows = found(CHECK, [{"body": body}])
    assert len(rows) == 1
    assert rows[0]["start"] == 5
    assert str(entries) in rows[0]["reason"]


@given(st.sampled_from(TIMES), st.integers(3, 12))
def test_a_programme_and_a_single_time_are_silent(found: Found, time: str, items: int) -> None:
    assert found(CHECK, [{"body": "\n".join([f"{time} The news"] * items)}]) == []
    assert found(CHECK, [{"body": f"{time}\n{ENTRY}\n" + "\n".join([ENTRY] * items)}]) == []


@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], texts: list[str]) -> None:
    assert same_alone(CHECK, [{"body": text} for text in texts])


@given(
    st.sampled_from(
        ["", "kl. ", "um ", "às ", "il ", "ore ", "в ", "о ", "下午", "오후", "— ", "“", "(", "A", "x", "$"]
    ),
    st.sampled_from([*TIMES, "1405", "Now"]),
    st.sampled_from(["", " – Rain", ": Дождь", " 雨"]),
)
def test_what_is_left_out_by_its_first_byte_begins_with_no_time(before: str, time: str, after: str) -> None:
    line = pl.DataFrame({"text": [before + time + after]})
    timed = line.select(is_time_alone() | is_opening()).item()
    assert FIRST_BYTES[line["text"][0].encode()[0]] or not timed
