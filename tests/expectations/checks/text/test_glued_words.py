"""A lost space is found with the words on both sides and put back; names, addresses and code are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.glued_words import GluedWords

Found = Callable[..., list[dict[str, Any]]]

CHECK = GluedWords()
LEFT = ["morning", "Brücke", "открыт", "γέφυρα", "przejechał", "réparée", "año", "wieder"]
RIGHT = ["The", "Первый", "Σήμερα", "Wczoraj", "Élodie", "Ayer", "It", "I", "В"]
NAMES = [
    "iPhone",
    "YouTube",
    "McDonald’s",
    "DiCaprio",
    "LaGuardia",
    "PhD",
    "WhatsApp",
    "GmbH",
    "d.h.",
    "U.S.A.",
    ".NET",
]
MORE = [
    "Ph.D.",
    "J.R.R.",
    "@JaneRoe",
    "#TheBridge",
    "www.DearAbby.com",
    "a@b.Com",
    "console.log",
    "getElement",
    "Yahoo!",
]
SOUND = st.lists(
    st.sampled_from([*NAMES, *MORE, "The mayor said.", "e.g. the", "«Газета.Ru»", "3.5", "np.Warszawa"]), max_size=8
)


@given(SOUND.map(" ".join), st.sampled_from(LEFT), st.sampled_from(".!?"), st.sampled_from(RIGHT))
def test_a_lost_space_after_a_sentence_is_found_and_put_back(
    found: Found, mend: Callable[..., str], before: str, left: str, mark: str, right: str
) -> None:
    sound = f"{before} there {left.lower()} {left.lower()}{mark} {right} followed."
    broken = sound.replace(f"{mark} {right} f", f"{mark}{right} f")
    rows = found(CHECK, [{"body": broken}])
    assert [r["text"] for r in rows] == [f"{left.lower()}{mark}{right}"]
    assert mend(broken, rows) == sound


@given(SOUND.map(" ".join), st.sampled_from(["Monday", "bridge"]), st.sampled_from(["The", "This", "But"]))
def test_two_words_run_together_are_found_where_the_second_opens_sentences(
    found: Found, before: str, left: str, right: str
) -> None:
    rows = found(CHECK, [{"body": f"{before} on {left} it was\n on {left}{right} bus"}])
    assert [(r["text"], r["replacement"]) for r in rows] == [(f"{left}{right}", f"{left} {right}")]


@given(SOUND.map(" ".join))
def test_names_addresses_and_abbreviations_are_silent(found: Found, text: str) -> None:
    assert found(CHECK, [{"body": text}]) == []


@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], texts: list[str]) -> None:
    assert same_alone(CHECK, [{"body": text} for text in texts])


def test_a_place_behind_a_name_is_found_and_its_repair_is_not_certain(found: Found) -> None:
    text = "The engineers met for the last time in Eastbridge.Drivers had to wait for the bus.\nIt rained.The bus came."
    rows = found(CHECK, [{"body": text}])
    assert [r["text"] for r in rows] == ["Eastbridge.Drivers", "rained.The"]
    assert [CHECK.is_certain(text, r["start"], r["end"], r["replacement"]) for r in rows] == [False, True]
