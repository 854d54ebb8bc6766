"""A line that was read in the wrong encoding is mended as a whole, and a sound one is left alone."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.text.misread_places import places
from copydesk_expectations.detection.text.misreadings import misread_alike, misreading_of, word_pairs


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


def test_a_short_line_was_misread_as_another_of_its_article(texts: dict[str, str]) -> None:
    told = misreading_of(misread(texts["tr"], "cp1254", "latin-1"))
    headline = misread("Yeni köprü açıldı", "cp1254", "latin-1")
    alike = told and misread_alike(headline, told)
    assert alike and alike.reading.mended == "Yeni köprü açıldı" and misreading_of(headline) is None
    assert told and misread_alike(texts["ru"], told) is None


def test_each_word_of_a_line_has_what_it_was() -> None:
    assert word_pairs("a ý", "a ı") == [(0, 1, "a"), (2, 3, "ı")]
    assert word_pairs("a ýb", "aiıb") == [(0, 1, "a"), (2, 4, "ıb")]
    assert word_pairs("a ý", "ab") == [(0, 3, "ab")]
