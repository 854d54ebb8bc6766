"""A sentence broken by a line break is found and joined; lists, verse, titles and whole sentences are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.structure.mid_sentence_break import MidSentenceBreak

Found = Callable[..., list[dict[str, Any]]]

CHECK = MidSentenceBreak()
SENTENCES = [
    "The first bus crossed the bridge at six in the morning, and the mayor waved from the window of the hall.",
    "Le pont est ouvert depuis lundi après deux ans de travaux, a annoncé la ville dans un communiqué de presse.",
    "Первый автобус проехал по мосту в шесть часов утра, а мэр смотрел на него из окна старой ратуши.",
    "Most otwarto w poniedziałek po dwóch latach remontu, a pierwszy autobus przejechał o szóstej rano.",
]


@settings(max_examples=80)
@given(st.sampled_from(SENTENCES), st.integers(5, 12), st.sampled_from(["\n", "\n\n", " \n ", "\r\n"]))
def test_a_break_before_a_small_letter_is_found_and_joined(
    found: Found, mend: Callable[..., str], sentence: str, words: int, seam: str
) -> None:
    left, right = sentence.split()[:words], sentence.split()[words:]
    body = " ".join(left) + seam + " ".join(right)
    rows = found(CHECK, [{"body": body}])
    assert [r["text"] for r in rows] == [left[-1] + seam + right[0]]
    assert mend(body, rows) == sentence
    assert found(CHECK, [{"body": sentence}]) == []


@pytest.mark.parametrize(
    ("language", "body", "text"),
    [
        (
            "de",
            "Am Montag öffnete die Stadt wieder die\nBrücke über den Fluss, sagte der Bürgermeister.",
            "die\nBrücke",
        ),
        ("en", "On Monday the city reopened the\nRiver Bridge, the mayor said in the hall.", "the\nRiver"),
        (None, "记者周一说明大桥的修理工作已经结束，\n第一辆公共汽车六点过桥，市长在窗口。", "已经结束，\n第一辆"),
    ],
)
def test_a_word_that_must_go_on_and_a_comma_without_case_are_found(
    found: Found, language: str | None, body: str, text: str
) -> None:
    rows = found(CHECK, [{"language": language, "body": body}])
    assert len(rows) == 1 and text in rows[0]["text"]


def test_a_label_that_stands_in_the_break_goes_with_it(found: Found, mend: Callable[..., str]) -> None:
    body = (
        "The first bus crossed the bridge at six\nAdvertisement\nin the morning, and the mayor waved from the window."
    )
    rows = found(CHECK, [{"body": body}])
    assert [r["text"] for r in rows] == ["six\nAdvertisement\nin"]
    assert "Advertisement" not in mend(body, rows)


def test_a_hyphen_is_named_and_not_mended(found: Found) -> None:
    (row,) = found(
        CHECK, [{"body": "The first bus crossed the re-\nopened bridge at six in the morning, said the mayor."}]
    )
    assert (row["text"], row["repair"]) == ("re-\nopened", "none")


@pytest.mark.parametrize(
    "body",
    [
        "The mayor cut the ribbon at six.\nthe first bus crossed the bridge.",
        "What you need for the pie\ntwo cups of flour, sifted well\none cup of sugar from the jar\nthree eggs",
        "Everything about the new bridge (and the old one)\nfrom the mayor of the town, who was there on Monday.",
        "The makers of the phone for the driver:\niPhone and eBay were there, said the mayor on Monday.",
        "The makers of the new phone for drivers\niPhone drivers were there, said the mayor on Monday.",
        "“The—\nthe bridge is open,” said the mayor on Monday in the hall of the town.",
        "Yes and no\nand so on, said the mayor of the town on Monday in the hall.",
    ],
)
def test_lines_that_are_no_broken_sentence_are_silent(found: Found, body: str) -> None:
    assert found(CHECK, [{"body": body}]) == []


@settings(max_examples=40)
@given(st.lists(st.lists(hostile_text() | st.sampled_from(SENTENCES), max_size=4).map("\n".join), max_size=4))
def test_articles_together_and_alone_give_the_same(same_alone: Callable[..., bool], bodies: list[str]) -> None:
    assert same_alone(CHECK, [{"body": body} for body in bodies])
