"""Broken words are spanned as wholes, joined where they stand side by side, and mended where that is certain."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.detection.text import broken_text
from copydesk_expectations.detection.text.broken_text import MISREAD, broken_fields, broken_spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("The mayorâ€™s cafÃ© costs Â£5.", [("mayorâ€™s cafÃ©", "mayor’s café"), ("Â£", "£")]),
        ("He said\x85 no\x92t", [("no\x92t", "no’t")]),
        ("It isÂ here", [("isÂ", "is")]),
        ("A â€ quote", [("â€", None)]),
        ("na\ufffdve", [("na\ufffdve", None)]),
        ("nul\x00 here", [("\x00", "")]),
        ("É AMANHÃ”", []),
    ],
)
def test_words_are_spanned_and_mended(text: str, spans: list[tuple[str, str | None]]) -> None:
    assert [(text[s["start"] : s["end"]], s["mended"]) for s in broken_spans(text)] == spans


def test_a_garbled_line_is_not_mended_in_pieces_and_offsets_stay() -> None:
    line = "¤×¤ó ¤Ç¤¹¤«¤é¤Þ¤¿¤Ï¤½¤ÎÿÿÿÿÀÁÂ"
    rows = broken_fields({"headline": "cafÃ©", "body": f"ok\n{line}\ncafÃ©"}, bool)
    assert [(r["field"], r["start"], r["mended"]) for r in rows] == [
        ("headline", 0, "café"),
        ("body", 3, None),
        ("body", 4 + len(line), "café"),
    ]


def test_what_is_in_doubt_counts_beside_certain_damage() -> None:
    assert not broken_spans("É AMANHÃ”")
    assert len(broken_spans("É AMANHÃ” and much later a cafÃ©")) == 2


def test_each_finder_finds_its_own() -> None:
    assert [(s.mended, s.reason) for s in broken_text.misread("cafÃ©", [(3, 5)])] == [("é", MISREAD)]
    assert [s.mended for s in broken_text.control_letters("a\x92b \x81")] == ["’", None]
    assert [s.mended for s in broken_text.half_letters("isÂ it â€ ")] == ["", None]
    assert [(s.start, s.end) for s in broken_text.lost_letters("a\ufffd\ufffdb")] == [(1, 3)]
    assert [s["mended"] for s in broken_text.controls("a\x00\x01b")] == [""]


def test_words_of_accents_are_many_before_they_are_found() -> None:
    words = [word.encode("cp1251").decode("latin-1") for word in ("Москвы", "область", "сказал")]
    for count, expected in ((3, 3), (2, 0)):
        text = ", ".join(words[:count])
        assert len([*broken_text.accented_words(text, [(0, len(text))])]) == expected


@given(hostile_text())
def test_spans_are_in_order_and_apart_from_each_other(text: str) -> None:
    spans = [s for s in broken_spans(text) if s["mended"] != ""]
    assert all(0 <= s["start"] < s["end"] <= len(text) for s in spans)
    assert all(one["end"] <= other["start"] for one, other in pairwise(spans))
