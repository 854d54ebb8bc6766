"""A text fits its own language, and garbled text fits none."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.plausibility import alphabet, could_be_sound, fit, script_of

TEXTS = {
    "ru": "Мэр сказал, что мост открыт и что он не закроется до конца года.",
    "el": "Ο δήμαρχος είπε ότι η γέφυρα θα είναι ανοιχτή από την Δευτέρα και μετά.",
    "ar": "قال رئيس البلدية إن الجسر سوف يفتح يوم الاثنين بعد أن تم إصلاحه في المدينة",
    "he": "ראש העיר אמר כי הגשר ייפתח ביום ראשון אחרי שנה של עבודות",
    "zh": "市长说，大桥在星期一开放，他们已经等了很久，这是两年来的第一次。",
    "ja": "市長は橋が月曜日に開くと言った。これは二年ぶりのことで、住民たちも待っていた。",
    "ko": "시장은 다리가 월요일에 열린다고 말했다. 주민들은 이 다리를 오래 기다렸다.",
    "hi": "महापौर ने कहा कि पुल सोमवार को खुलेगा और यह दो साल के बाद है",
    "tr": "Belediye başkanı, köprünün pazartesi günü açılacağını ve bu yolun çok önemli olduğunu söyledi.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_fits_its_language(language: str) -> None:
    own = fit(TEXTS[language])
    assert own.language == language and own.is_plausible


@pytest.mark.parametrize(("language", "codec"), [("ru", "cp1251"), ("el", "cp1253"), ("ar", "cp1256"), ("zh", "gbk")])
def test_garbled_text_fits_none(language: str, codec: str) -> None:
    assert not fit(TEXTS[language].encode(codec).decode("latin-1")).is_plausible


def test_scripts_and_alphabets() -> None:
    assert [script_of(TEXTS[x])[0] for x in ("ru", "zh", "ja", "ko", "tr")] == [
        "Cyrillic",
        "Han",
        "Kana",
        "Hangul",
        "Latin",
    ]
    assert "ğ" in alphabet("tr") and not alphabet("xx")
    assert could_be_sound(TEXTS["tr"], 3) and not could_be_sound("d³ugi most, który się nie zawalił", 3)
