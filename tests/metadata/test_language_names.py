"""Names of languages: one in words is the same as its code, whatever language it is in."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.metadata.language import known_languages, language_codes
from copydesk.metadata.language_names import code_named, english_name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(
            ("Englisch", "en"),
            ("anglais", "en"),
            ("inglés", "en"),
            ("английский", "en"),
            ("英语", "en"),
            ("英語", "en"),
        ),
        *(("allemand", "de"), ("Deutsch (Österreich)", "de"), ("Tiếng Việt", "vi"), ("bahasa Indonesia", "id")),
        *(("Brazilian Portuguese", "pt"), ("Português (Brasil)", "pt"), ("Simplified Chinese", "zh"), ("한국어", "ko")),
        *(("Norsk bokmål", "no"), ("norwegian nynorsk", "no"), ("हिन्दी", "hi"), ("Mandarin", "zh")),
    ],
)
def test_a_name_in_words_is_understood(name: str, code: str) -> None:
    assert language_codes(pl.Series([name])).to_list() == [code]


def test_what_names_no_language_or_two_is_none() -> None:
    assert code_named("klingon") is code_named("english and german") is code_named("") is None
    assert language_codes(pl.Series(["Klingon", "multiple", None, ""])).to_list() == [None] * 4


def test_every_language_that_can_be_identified_has_an_english_name() -> None:
    assert all(english_name(code) != code and code_named(english_name(code)) == code for code in known_languages())
