"""Each misreading that we know shows one of the signs, and sound text shows few."""

from __future__ import annotations

import re

import pytest

from copydesk_expectations.detection.text.misreading_signs import SIGNS

SIGN = re.compile(b"|".join(b"(?:" + sign + b")" for sign in SIGNS), re.S)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Мост открыли после двух лет работ", "cp1251", "latin-1"),
        ("Мост открыли после двух лет работ", "koi8-r", "latin-1"),
        ("大桥昨天开放", "gbk", "cp1252"),
        ("橋は昨日開いた。これは", "cp932", "cp1252"),
        ("الجسر القديم في المدينة", "cp1256", "cp1252"),
        ("Kolej została zamknięta", "cp1250", "latin-1"),
        ("şehir içinde ağır", "cp1254", "latin-1"),
        ("Při opravě přišel", "cp1250", "cp1252"),
        ("Il va à Paris", "cp1252", "cp1250"),
        ("für die Brücke", "mac_roman", "cp1252"),
        ("Η γέφυρα και το", "utf-8", "cp1253"),
    ],
)
def test_a_misreading_shows_a_sign(text: str, right: str, wrong: str) -> None:
    broken = "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in text.encode(right))
    assert SIGN.search(broken.encode()) and not SIGN.search(text.encode())
