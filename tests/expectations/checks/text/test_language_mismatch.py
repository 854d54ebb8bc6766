"""A body in another language than the declared one is found; where nothing is sure, nothing is claimed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from copydesk.metadata.language_names import english_name
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.language_mismatch import LanguageMismatch

Found = Callable[..., list[dict[str, Any]]]

CHECK = LanguageMismatch()
TEXTS = {
    "en": "The bridge over the river has been reopened, and the mayor said that it was a good day for all.",
    "de": "Am Montag ist die Brücke für den Verkehr freigegeben worden, und der Bürgermeister war mit auf dem Weg.",
    "fr": "Le pont sur la rivière est ouvert depuis lundi, et le maire a dit que les travaux avaient duré deux ans.",
    "es": "El puente sobre el río se abrió el lunes, y el alcalde dijo que las obras de los dos años han sido largas.",
    "ru": "В понедельник мост через реку был открыт, и мэр сказал, что это хороший день для всех, кто там живет.",
    "el": "Η γέφυρα άνοιξε ξανά τη Δευτέρα και ο δήμαρχος είπε ότι είναι μια καλή ημέρα για όλους τους κατοίκους.",
    "zh": "市长周一宣布，横跨河流的大桥在经过两年的维修之后重新开放，第一辆公共汽车在早上六点钟通过了大桥。",
    "ja": "市長は月曜日、川にかかる橋が二年間の修理を終えて再び開通したと発表し、最初のバスが午前六時に橋を渡った。",
    "ko": "시장은 월요일에 강을 가로지르는 다리가 이년간의 수리를 마치고 다시 개통되었다고 발표했다.",
}
NAMES = {
    "en": ["en", "en-GB", "eng", "English", "EN_us"],
    "de": ["de", "deu", "ger", "German", "de-AT"],
    "zh": ["zh", "zh-Hant", "chi"],
}


def named(code: str) -> st.SearchStrategy[str]:
    return st.sampled_from(NAMES.get(code, [code]))


@settings(max_examples=60)
@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(sorted(TEXTS)), st.data())
def test_another_language_is_found_and_the_right_one_is_silent(
    found: Found, true: str, said: str, data: st.DataObject
) -> None:
    rows = found(CHECK, [{"language": data.draw(named(said)), "body": TEXTS[true]}])
    assert [(r["field"], r["start"]) for r in rows] == ([] if true == said else [("body", 0)])
    assert all(english_name(true) in r["reason"] for r in rows)


@settings(max_examples=40)
@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(["ca", "zu", "unknown", "", "x-default"]))
def test_a_language_that_is_not_known_is_never_contradicted(found: Found, true: str, said: str) -> None:
    assert found(CHECK, [{"language": said, "body": TEXTS[true]}]) == []


@settings(max_examples=40)
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 12), st.sampled_from(sorted(TEXTS)))
def test_a_text_of_a_few_words_is_not_judged(found: Found, true: str, words: int, said: str) -> None:
    assume(true not in ("zh", "ja", "ko", "el"))
    assert found(CHECK, [{"language": said, "body": " ".join(TEXTS[true].split()[:words])}]) == []


@settings(max_examples=40)
@given(st.lists(hostile_text(), max_size=4), st.sampled_from(["en", "zh", "qq"]))
def test_hostile_text_is_survived_alone_and_together(
    same_alone: Callable[..., bool], texts: list[str], said: str
) -> None:
    assert same_alone(CHECK, [{"language": said, "body": text} for text in texts])
