"""Misread text is found where it stands and mended to what it was; text that only looks odd is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.mojibake import Mojibake

Found = Callable[..., list[dict[str, Any]]]

CHECK = Mojibake()
WORDS = {
    "cp1252": [
        "café",
        "mayor’s",
        "“Nous",
        "über",
        "niño",
        "£",
        "São",
        "Łódź",
        "się",
        "Москва",
        "город",
        "Αθήνα",
        "東京",
    ],
    "latin-1": ["café", "mayor’s", "“Nous", "über", "niño", "£", "São", "Łódź", "się", "Москва", "город", "北京市"],
    "cp1251": ["Москва", "город", "сказал", "mayor’s", "район"],
    "cp1250": ["łódka", "dziesięć", "mayor’s", "Москва"],
    "mac_roman": ["café", "mayor’s", "niño"],
}
SOUND = st.sampled_from(["The mayor said", "on Monday.", "É AMANHÃ”", "l’été", "5 °C", "GĂŞTI", "în țară", "naïve…"])


def misread(text: str, codec: str, times: int = 1) -> str:
    """Read UTF-8 bytes as another encoding; bytes that it does not have stay what Latin-1 makes of them."""
    for _ in range(times):
        text = "".join(bytes([b]).decode(codec, errors="ignore") or chr(b) for b in text.encode())
    return text


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, str, str]:
    """Words before, a broken word, and the word that it was."""
    codec = draw(st.sampled_from(sorted(WORDS)))
    word = draw(st.sampled_from(WORDS[codec]))
    times = draw(st.integers(1, 2)) if codec in ("cp1252", "latin-1") else 1
    return draw(st.sampled_from(["", "The mayor said", "在", "é 5"])), misread(word, codec, times), word


@settings(max_examples=40, deadline=None)
@given(broken(), st.sampled_from(["headline", "body"]))
def test_a_misread_word_is_found_and_mended(found: Found, case: tuple[str, str, str], field: str) -> None:
    before, wrong, right = case
    text = f"{before} - {wrong} and so on."
    rows = [r for r in found(CHECK, [{field: text}]) if r["field"] == field]
    assert [r["text"] for r in rows] == [wrong]
    assert rows[0]["replacement"] == right


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["Москвы", "область", "сказал", "полиция"]), min_size=3, max_size=6))
def test_one_byte_cyrillic_read_as_latin_is_one_finding(found: Found, words: list[str]) -> None:
    wrong = " ".join(["Москвы", *words]).encode("cp1251").decode("latin-1")
    rows = found(CHECK, [{"body": f"Reuters - {wrong}, 2024"}])
    assert [(r["text"], r["repair"]) for r in rows] == [(wrong, "none")]


LANGUAGES = {
    "cp1251": "Мэр сказал, что мост открыт и что он не закроется до конца года.",
    "gbk": "市长说，大桥在星期一开放，他们已经等了很久，这是两年来的第一次。",
    "euc_jp": "市長は橋が月曜日に開くと言った。これは二年ぶりのことで、住民たちも待っていた。",
}


@pytest.mark.parametrize("codec", LANGUAGES)
def test_a_paragraph_is_one_finding_with_the_name_of_its_encoding(found: Found, codec: str) -> None:
    text = LANGUAGES[codec]
    (row,) = found(CHECK, [{"headline": "OK", "body": f"It rained.\n{text.encode(codec).decode('latin-1')}"}])
    assert text.startswith(row["replacement"]) and "that was read as Latin-1" in row["reason"]


def test_words_of_a_latin_script_are_found_alone(found: Found) -> None:
    text = "Kolej została zamknięta, ponieważ most nad rzeką się zawalił, a jego odbudowa trwała długo."
    rows = found(CHECK, [{"body": text.encode("cp1250").decode("latin-1")}])
    assert [r["replacement"] for r in rows][:3] == ["została", "zamknięta", "ponieważ"]


@settings(max_examples=40, deadline=None)
@given(st.lists(SOUND, max_size=8).map(" ".join))
def test_sound_text_is_silent(found: Found, text: str) -> None:
    assert found(CHECK, [{"headline": text, "body": text}]) == []


@given(st.sampled_from("\x00\x01\x08\x0e\x1b\x1f\x7f"), st.lists(SOUND, min_size=1, max_size=3).map(" ".join))
def test_a_control_character_is_deleted(found: Found, control: str, text: str) -> None:
    rows = found(CHECK, [{"body": text + control}])
    assert [(r["text"], r["repair"]) for r in rows] == [(control, "delete")]


@settings(max_examples=20, deadline=None)
@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], collection: list[str]) -> None:
    assert same_alone(CHECK, [{"headline": text, "body": text} for text in collection])
