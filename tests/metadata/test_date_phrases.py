"""Dates in words: in any order, with any label, the day is the same; what names no day has none."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.metadata.date_phrases import read_phrase

#: The 14th of March 2026 in the languages of the lexicons, as their newsrooms print it.
_SAID = """
Updated 10:15 AM, Sat March 14, 2026
Mar 14, 2026 · 4 min read
Veröffentlicht am 14. März 2026 um 10.00 Uhr
Publié le 14 mars 2026 à 10h05
Publicado em 14 de março de 2026 às 10h05
Publicado el 14 de marzo de 2026
Pubblicato il 14 marzo 2026 alle 10:05
Geplaatst op 14 maart 2026
Publisert 14. mars 2026 kl. 10.15
Publiceret d. 14. marts 2026
Julkaistu 14.3.2026 klo 10.00
Publicerad den 14 mars 2026
Opublikowano 14 marca 2026, 10:00
Vydáno 14. března 2026
Опубликовано 14 марта 2026 г. в 10:00
Оновлено 14 березня 2026, 10:00
Δημοσιεύτηκε στις 14 Μαρτίου 2026
Giriş: 14 Mart 2026 Cumartesi
الجمعة ١٤ مارس ٢٠٢٦ - 10:00
نشر في 14 آذار 2026
شنبه ۲۳ اسفند ۱۴۰۴ - ۱۰:۰۰
प्रकाशित: १४ मार्च २०२६
Sabtu, 14 Maret 2026 | 10:15 WIB
Thứ bảy, ngày 14 tháng 3 năm 2026
發布時間：２０２６年３月１４日 上午10:00
二〇二六年三月十四日
民國115年3月14日
令和8年3月14日
입력 2026.03.14 10:00
14 มี.ค. 2569
14 במרץ 2026
"""


@pytest.mark.parametrize("text", _SAID.strip().splitlines())
def test_a_day_is_read_in_every_language(text: str) -> None:
    phrase = read_phrase(text)
    assert phrase.low is not None and phrase.high is not None
    assert phrase.low.date() <= date(2026, 3, 14) <= phrase.high.date()
    assert (phrase.high - phrase.low).days <= 1 and phrase.timely


@pytest.mark.parametrize(
    "text",
    [
        *"""vor 3 Stunden|il y a 3 jours|hace 5 minutos|há 2 horas|2 часа назад|2小时前|3시간 전|昨日|어제|2 saat önce
10:00|Saturday|١٥ رمضان ١٤٤٧|२०८२ चैत्र १|1447/09/25|14 Foomonth 2026""".replace("\n", "|").split("|")
    ],
)
def test_what_says_when_without_a_day_is_timely(text: str) -> None:
    assert read_phrase(text) == (None, None, None, True)


@pytest.mark.parametrize(
    "text", ["14 March", "3月14日", "not yet", "By Staff", "2026-02-30", "31/31/2026", "9999", "", "a " * 100]
)
def test_what_is_no_date_is_nothing(text: str) -> None:
    assert read_phrase(text) == (None, None, None, False)


def test_a_zone_leads_to_utc() -> None:
    for text in (
        "Updated 10:15 AM EDT, Sat March 14, 2026",
        "Sat March 14, 2026, 15:15 +0100",
        "14 March 2026, 14:15 GMT",
    ):
        assert read_phrase(text) == (datetime(2026, 3, 14, 14, 15), datetime(2026, 3, 14, 14, 15), True, True)


def test_two_dates_are_a_span() -> None:
    phrase = read_phrase("Published 14 March 2026, updated 16 March 2026")
    assert (phrase.low, phrase.high) == (datetime(2026, 3, 14), datetime(2026, 3, 16))


@settings(max_examples=50)
@given(st.text(max_size=40) | st.text("0123456789-/:. TZ+年月日aMr,十元令和", max_size=30))
def test_any_text_is_taken(text: str) -> None:
    phrase = read_phrase(text)
    assert (phrase.low is None) == (phrase.high is None) == (phrase.zoned is None)
    assert phrase.low is None or (phrase.high is not None and phrase.low <= phrase.high and phrase.timely)
