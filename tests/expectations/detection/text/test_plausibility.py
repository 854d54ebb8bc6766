"""A text fits its own language, and garbled text fits none."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.text.plausibility import alphabet, could_be_sound, fit, script_of

LANGUAGES = ("ru", "el", "ar", "he", "zh", "ja", "ko", "hi", "tr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_fits_its_language(texts: dict[str, str], language: str) -> None:
    own = fit(texts[language])
    assert own.language == language and own.is_plausible


@pytest.mark.parametrize(("language", "codec"), [("ru", "cp1251"), ("el", "cp1253"), ("ar", "cp1256"), ("zh", "gbk")])
def test_garbled_text_fits_none(texts: dict[str, str], language: str, codec: str) -> None:
    assert not fit(texts[language].encode(codec).decode("latin-1")).is_plausible


def test_scripts_and_alphabets(texts: dict[str, str]) -> None:
    assert [script_of(texts[x])[0] for x in ("ru", "zh", "ja", "ko", "tr")] == [
        "Cyrillic",
        "Han",
        "Kana",
        "Hangul",
        "Latin",
    ]
    assert "ğ" in alphabet("tr") and not alphabet("xx")
    assert could_be_sound(texts["tr"], 3) and not could_be_sound("d³ugi most, który się nie zawalił", 3)
