"""A text fits its own language, and garbled text fits none."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.text.misreadings import _is_better
from copydesk_expectations.detection.text.plausibility import (
    could_be_mended,
    could_be_misread,
    could_be_sound,
    fit,
)
from copydesk_expectations.detection.text.readings import readings

LANGUAGES = ("ru", "el", "ar", "he", "zh", "ja", "ko", "hi", "tr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_fits_its_language(texts: dict[str, str], language: str) -> None:
    own = fit(texts[language])
    assert own.language == language and own.is_plausible


@pytest.mark.parametrize(("language", "codec"), [("ru", "cp1251"), ("el", "cp1253"), ("ar", "cp1256"), ("zh", "gbk")])
def test_garbled_text_fits_none(texts: dict[str, str], language: str, codec: str) -> None:
    assert not fit(texts[language].encode(codec).decode("latin-1")).is_plausible


def test_a_sound_text_has_the_letters_of_one_language(texts: dict[str, str]) -> None:
    assert could_be_sound(texts["tr"], 3) and not could_be_sound("d³ugi most, który się nie zawalił", 3)


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252", "mac_roman", "cp1251", "koi8-r", "gbk"])
def test_what_is_left_out_at_once_would_be_left_out_later(texts: dict[str, str], wrong: str) -> None:
    quoted = [
        "It’s “the” mayor – she said – that it’s there…",
        "¿É à é?",
        "Ça ira à la forêt, où l’été est là.",
        "Smörgås",
    ]
    for text in [*texts.values(), *quoted]:
        for line in (text, text.encode("utf-8").decode(wrong, errors="ignore")):
            own = fit(line)
            better = [r for r in readings(line) if _is_better(line, own, r, fit(r.mended))]
            assert all(could_be_mended(line, reading.mended) for reading in better)
            assert could_be_misread(line) or not better


def test_few_letters_say_nothing() -> None:
    assert not could_be_misread("It’s a café") and could_be_misread("“It’s a café”") and could_be_misread("桥")
    assert could_be_mended("d³ugi mo¿e siê nie", "długi może się nie")
    assert not could_be_mended("“It’s”, he said", "łItßsç, he said")  # no language has all three
