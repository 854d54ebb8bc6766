"""A line that was read in the wrong encoding is mended as a whole, and a sound one is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.detection.text.misreadings import (
    accents,
    garbled_lines,
    is_garbled,
    misreading_of,
    misreadings_in,
    places,
)


def misread(text: str, right: str, wrong: str) -> str:
    return "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in text.encode(right))


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("ru", "cp1251", "latin-1"),
        ("ru", "koi8-r", "cp1252"),
        ("ru", "koi8-r", "cp1251"),
        ("ru", "cp1251", "koi8-r"),
        ("el", "cp1253", "cp1252"),
        ("ar", "cp1256", "latin-1"),
        ("he", "cp1255", "cp1252"),
        ("zh", "gbk", "latin-1"),
        ("ja", "cp932", "cp1252"),
        ("ja", "euc_jp", "latin-1"),
        ("ko", "euc_kr", "cp1252"),
        ("hi", "utf-8", "cp1252"),
    ],
)
def test_a_line_is_mended_as_a_whole(texts: dict[str, str], language: str, right: str, wrong: str) -> None:
    text = texts[language]
    broken = misread(text, right, wrong)
    misreading = misreading_of(broken)
    assert misreading and misreading.sure and misreading.reading.mended == text
    (place,) = places(broken, misreading)
    assert broken[: place.start] + (place.mended or "") + broken[place.end :] == text


@pytest.mark.parametrize("language", ("ru", "el", "ar", "he", "zh", "ja", "ko", "hi", "tr"))
def test_a_sound_line_is_left_alone(texts: dict[str, str], language: str) -> None:
    assert misreading_of(texts[language]) is None


def test_icelandic_is_not_taken_for_broken_turkish_and_is_mended() -> None:
    line = "Bæjarstjórinn sagði að brúin yrði opnuð á mánudaginn, en það er í fyrsta sinn sem hún lokast í þrjú ár."
    assert misreading_of(line) is None
    misreading = misreading_of(misread(line, "cp850", "cp1252"))
    assert misreading and (misreading.language, misreading.reading.mended) == ("is", line)


def test_in_latin_script_words_are_mended_alone_and_speak_for_the_headline(texts: dict[str, str]) -> None:
    body = misread(texts["tr"], "cp1254", "latin-1")
    fields = {"headline": misread("Yeni köprü açıldı", "cp1254", "latin-1"), "body": body}
    found = misreadings_in(fields, bool)
    assert [(fields["headline"][p.start : p.end], p.mended) for p in found["headline"]] == [("açýldý", "açıldı")]
    assert [p.mended for p in found["body"]] == ["başkanı", "açılacağını", "olduğunu"]
    assert misreadings_in({"headline": fields["headline"], "body": ""}, bool)["headline"] == []


def test_what_cannot_be_read_is_garbled_and_has_no_repair() -> None:
    line = "¤×¤ó ¤Ç¤¹¤«¤é¤Þ¤¿¤Ï¤½¤ÎÿÿÿÿÀÁÂ"
    assert is_garbled(line) and garbled_lines(f"ok\n  {line}\n") == [(5, 5 + len(line))]
    assert not is_garbled("É l’été à la plage, où l’on a été.") and accents("é!") == 1


@settings(max_examples=20, deadline=None)
@given(hostile_text())
def test_places_lie_in_the_text_in_order(text: str) -> None:
    found = misreadings_in({"body": text}, bool)["body"]
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert [p.start for p in found] == sorted(p.start for p in found)


def test_what_lost_bytes_is_found_and_not_mended() -> None:
    story = (
        "谷にある二つの小学校は九月から一人の校長が兼任することになった。二年続けて後任が見つからなかったためである。"
    )
    whole = story.encode("cp932").decode("latin-1")
    lost = story.encode("cp932").decode("cp1252", errors="ignore")
    for text, mended in ((whole, True), (lost, False)):
        (place,) = misreadings_in({"body": text}, bool)["body"]
        assert (place.mended is not None) == mended


def test_lines_without_a_sign_are_judged_beside_a_misread_one(texts: dict[str, str]) -> None:
    told, quiet, sound = (
        misread(texts["ru"], "cp1251", "latin-1"),
        misread(texts["ru"], "koi8-r", "cp1251"),
        "é " * 300,
    )
    beside = misreadings_in({"body": f"{sound}\n{quiet}\n{told}"}, told.__eq__)["body"]
    alone = misreadings_in({"body": f"{sound}\n{quiet}"}, told.__eq__)["body"]
    assert len(beside) == 2 and not alone
    assert misreadings_in({"body": quiet}, told.__eq__)["body"], "the longest line is always judged"
