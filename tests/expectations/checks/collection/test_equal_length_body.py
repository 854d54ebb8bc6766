"""Bodies that were cut at one length are found together; bodies of one length by chance are left alone."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.collection.equal_length_body import EqualLengthBody

CHECK = EqualLengthBody()
PLACES = ["harbour", "museum", "station", "library", "market", "bridge", "theatre", "school"]


def found_in(bodies: list[str]) -> list[dict[str, Any]]:
    batch = Batch(pl.DataFrame({"body": bodies}, schema={"body": pl.String}))
    return CHECK.find(CHECK.keys(batch)).collect().to_dicts()


def story(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    return (
        f"The {place} was opened again on day {number}, and the mayor told the guests of the {place} that it was time. "
        * 4
    )


@settings(max_examples=10)
@given(st.integers(5, 9), st.integers(90, 300))
def test_bodies_cut_at_one_length_are_found(count: int, length: int) -> None:
    bodies = [story(n)[:length].rstrip(" .").ljust(length, "x") for n in range(count)]
    rows = found_in(bodies)
    assert len(rows) == count
    assert f"{count} bodies have exactly {length} characters" in rows[0]["reason"]
    assert all(body.endswith(row["text"]) for body, row in zip(bodies, rows, strict=True))


def test_bytes_count_too() -> None:
    bodies = [
        ("Первый автобус проехал " + "я" * n + " по новому мосту в шесть часов утра, а мэр смотрел") for n in range(5)
    ]
    sized = [body + "x" * (200 - len(body.encode())) for body in bodies]
    assert len({len(text) for text in sized}) == 5
    assert len(found_in(sized)) == 5


@settings(max_examples=10)
@given(st.integers(10, 14), st.integers(30, 60))
def test_bodies_cut_at_one_number_of_words_are_found(count: int, words: int) -> None:
    whole = [" ".join([PLACES[n % 8] * (1 + n // 8), story(n), *(f"{n}" * m for m in range(40))]) for n in range(count)]
    bodies = [" ".join(text.replace(".", "").split()[:words]) for text in whole]
    rows = found_in(bodies)
    assert len({len(body) for body in bodies}) > 1
    assert len(rows) == count and f"{count} bodies have exactly {words} words" in " ".join(r["reason"] for r in rows)
    assert len(found_in(bodies[:9])) < 9


@pytest.mark.parametrize(
    "bodies",
    [
        [story(n)[:150] for n in range(4)],
        [story(1)[:150]] * 8,
        [story(n)[:140] + " It rained." for n in range(8)],
        [story(n)[:120] + "\nPhoto: the mayor" for n in range(8)],
        [story(n)[: 150 + n] for n in range(8)],
        [story(n)[:60] for n in range(8)],
    ],
)
def test_few_and_equal_and_whole_and_short_ones_are_silent(bodies: list[str]) -> None:
    assert found_in(bodies) == []


def test_a_length_that_is_as_common_as_its_neighbours_is_silent() -> None:
    bodies = [f"{n} {story(n)}"[:length] for length in range(140, 170) for n in range(5)]
    assert found_in(bodies) == []


@settings(max_examples=10)
@given(st.lists(hostile_text(), max_size=4))
def test_no_text_breaks_it(texts: list[str]) -> None:
    assert found_in(texts) == []


def test_fewer_than_two_articles_are_no_group() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        EqualLengthBody(min_articles=1)
