"""What a text was is among its readings, whatever it was read as."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.text.readings import NAMES, decoded_as, encoded_as, readings


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Мост открыт", "cp1251", "latin-1"),
        ("Мост открыт", "koi8-r", "cp1251"),
        ("大桥昨天开放", "gbk", "cp1252"),
        ("橋は昨日開いた", "cp932", "latin-1"),
        ("다리가 열렸다", "cp949", "gbk"),
        ("Köprü açıldı, ağır", "cp1254", "latin-1"),
        ("Η γέφυρα άνοιξε", "utf-8", "cp1253"),
    ],
)
def test_the_text_is_among_the_readings(text: str, right: str, wrong: str) -> None:
    data = text.encode(right)
    broken = (
        data.decode(wrong)
        if wrong in ("gbk", "cp949")
        else "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in data)
    )
    assert text in [r.mended for r in readings(broken)]
    assert {right, wrong} <= NAMES.keys()


def test_what_an_encoding_lacks_stays_as_it_is() -> None:
    assert encoded_as("ÀÈÌÒÙÂÊÎÔÛ“", "latin-1") == ["ÀÈÌÒÙÂÊÎÔÛ".encode("latin-1"), "“", b""]
    assert encoded_as("Мост", "latin-1") is None
    assert encoded_as("Мост", "gbk") is None


def test_the_last_letter_may_be_cut_in_half() -> None:
    data = "大桥昨天开放大桥昨天开放".encode("gbk")
    assert decoded_as([data], "gbk") == ("大桥昨天开放大桥昨天开放", True)
    assert decoded_as([data[:-1]], "gbk") == ("大桥昨天开放大桥昨天开", False)
    assert decoded_as([data[:3] + b"\xff" + data[3:]], "gbk") is None
