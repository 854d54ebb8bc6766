"""A text is in the script of most of its letters, and an alphabet has the letters of its language."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.text.scripts import LATIN, SCRIPTS, alphabet, language_table, script_of


@pytest.mark.parametrize(
    ("language", "script"),
    [("ru", "Cyrillic"), ("zh", "Han"), ("ja", "Kana"), ("ko", "Hangul"), ("tr", "Latin"), ("hi", "Devanagari")],
)
def test_a_text_is_in_the_script_of_its_language(texts: dict[str, str], language: str, script: str) -> None:
    name, share = script_of(texts[language])
    assert name == script and share > 0.9


def test_what_has_no_letter_beyond_ascii_is_latin() -> None:
    assert script_of("The quay reopened.") == script_of("") == ("Latin", 1.0)


def test_an_alphabet_has_the_small_letters_of_its_language() -> None:
    assert "ğ" in alphabet("tr") and "Ğ" not in alphabet("tr") and not alphabet("xx")
    assert set(LATIN) & set(language_table("alphabets")) and "Latin" not in SCRIPTS
