"""Defects of the text are put where they are said to be, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk_expectations.planting.text import PLANTERS

Plant = Callable[..., Any]

#: What changes a stretch of the body, and what is there then.
SPANS: dict[tuple[str, str], Callable[[str], bool]] = {
    ("mojibake", "read as Latin-1"): lambda words: "â\x80" in words or "Ã" in words,
    ("mojibake", "read as Windows-1252"): lambda words: "â€" in words or "Ã" in words,
    ("preparation-leftover", "special tokens"): lambda words: not words.islower() or "<" in words or "|" in words,
    ("preparation-leftover", "words taken out"): lambda words: set(words) <= {"@", " "},
    ("html-leftover", "tag"): lambda words: "<" in words,
    ("html-leftover", "entity"): lambda words: words.startswith("&") and words.endswith(";"),
    ("glued-words", "after a full stop"): lambda words: words[0].islower() and words[1] == "." and words[2].isupper(),
    ("truncated-body", "cut at any word"): lambda words: words[-1].isalnum(),
    ("truncated-body", "cut behind a function word"): lambda words: words.split()[-1].islower(),
}


@pytest.mark.parametrize(("check", "kind"), SPANS)
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_a_stretch_of_the_body_is_broken_and_the_rest_stays(plant: Plant, check: str, kind: str, seed: int) -> None:
    before, after, defects = plant(PLANTERS[check][kind], seed)
    assert defects
    for defect in defects:
        was, body = before[defect.article]["body"], after[defect.article]["body"]
        assert SPANS[check, kind](body[defect.start : defect.end])
        assert was.startswith(body[: defect.start])
        behind = body[defect.end :]
        assert was.endswith(behind.lstrip()) or (check == "truncated-body" and not behind)


@settings(max_examples=10)
@given(st.integers(0, 10**6))
def test_a_body_is_taken_away_or_made_short(plant: Plant, seed: int) -> None:
    _, after, defects = plant(PLANTERS["body-missing"]["empty"], seed)
    assert len(defects) == len(after) and not any((article["body"] or "").strip() for article in after)
    _, after, defects = plant(PLANTERS["body-length"]["too short"], seed)
    assert len(defects) == len(after) and all(len(article["body"]) <= 40 for article in after)


@settings(max_examples=10)
@given(st.integers(0, 10**6))
def test_a_language_is_declared_that_is_another_one(plant: Plant, seed: int) -> None:
    before, after, defects = plant(PLANTERS["language-mismatch"]["declared wrongly"], seed)
    assert len(defects) == len(after)
    assert all(
        was["language"] != now["language"] and was["body"] == now["body"]
        for was, now in zip(before, after, strict=True)
    )


def test_a_live_blog_has_every_paragraph_under_a_time(plant: Plant) -> None:
    before, after, _ = plant(PLANTERS["liveblog"]["clock times"], 1)
    for was, now in zip(before, after, strict=True):
        times, texts = now["body"].split("\n")[::3], now["body"].split("\n")[1::3]
        assert texts == was["body"].split("\n\n")
        assert times == sorted(times, reverse=True) and all(time[2] == ":" for time in times)
