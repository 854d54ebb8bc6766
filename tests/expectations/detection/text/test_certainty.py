"""A run that can be broken text is certain where sound text has nothing like it."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.text import certainty
from copydesk_expectations.detection.text.encodings import Run


def run(before: str, broken: str, after: str, mended: str, codec: str = "cp1252") -> Run:
    return Run(before + broken + after, len(before), len(before + broken), mended, codec)


def test_mac_roman_is_known_by_its_quotes_and_by_roots_in_words() -> None:
    assert certainty.is_mac_roman(run("mayor", "‚Äô", "s", "’", "mac_roman"))
    assert certainty.is_mac_roman(run("caf", "√©", "", "é", "mac_roman"))
    assert not certainty.is_mac_roman(run("", "√2", "", "x", "mac_roman"))


@pytest.mark.parametrize("broken", ["â€™", "â\x80\x99", "â‚¬", "â„¢", "ðŸ˜€", "ï»¿", "вЂ™"])
def test_some_beginnings_are_sure(broken: str) -> None:
    assert certainty.has_sure_beginning(run(" ", broken, " ", "x"))
    assert not certainty.has_sure_beginning(run(" ", "Ã©", " ", "é"))


def test_cyrillic_of_pairs_has_three_pairs() -> None:
    assert certainty.is_cyrillic_of_pairs(run("", "РњРѕСЃРєРІР°", "", "Москва", "cp1251"))
    assert not certainty.is_cyrillic_of_pairs(run("", "Рњ", "", "М", "cp1251"))
    assert not certainty.is_cyrillic_of_pairs(run("", "Россия", "", "x", "cp1251"))


def test_a_script_that_stands_near_makes_certain() -> None:
    assert certainty.is_near_its_script(run("Москва ", "Ð°", "", "а"))
    assert not certainty.is_near_its_script(run("Москва " + "x" * 60, "Ð°", "", "а"))
    assert not certainty.is_near_its_script(run("Athens ", "Ð°", "", "а"))
    assert not certainty.is_near_its_script(run("café ", "Ã©", "", "é"))


def test_a_run_that_was_misread_twice_is_longer_than_its_bytes() -> None:
    assert certainty.is_broken_twice(run("", "ÃƒÂ©", "", "é"))
    assert not certainty.is_broken_twice(run("", "Ã©", "", "é"))


def test_a_letter_goes_on_as_a_word() -> None:
    assert certainty.is_letter_in_word(run("caf", "Ã©", "s", "é"))
    assert certainty.is_letter_in_word(run("", "Ã„", "rzte", "Ä"))
    assert not certainty.is_letter_in_word(run("", "Ã©", "s", "é"))
    assert not certainty.is_letter_in_word(run("caf", "Ã©", "", "é"))


@pytest.mark.parametrize(
    ("before", "broken", "after", "mended", "codec", "expected"),
    [
        ("n", "Ăł", "e", "ó", "cp1250", True),
        (" ", "Ă©", " ", "é", "cp1250", False),
        ("x", "â‚¬", "x", "€", "cp1252", False),  # three characters
        ("x", "Ñ„", "x", "ф", "cp1252", False),  # no first half of Latin
        ("f", "Ã¨", " ", "è", "cp1252", True),
        ("E", "Ã¨", " ", "è", "cp1252", False),
        ("E", "Ã¨", "r", "è", "cp1252", True),
        (" ", "Â»", " ", "»", "cp1252", True),
        ("A", "Â»", " ", "»", "cp1252", False),
        ("a", "Ã“", "", "Ó", "cp1252", True),
        ("A", "Ã”", "", "Ô", "cp1252", False),
        (" ", "Ã\u00a0", " ", "à", "cp1252", True),
        ("S", "Ã\u00a0", " ", "à", "cp1252", False),
    ],
)
def test_a_lone_letter_depends_on_its_neighbours(
    before: str, broken: str, after: str, mended: str, codec: str, expected: bool
) -> None:
    assert certainty.is_lone_letter(run(before, broken, after, mended, codec)) == expected


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (run("caf", "Ã©", "", "é"), True),
        (run("mayor", "â€™", "s", "’"), True),
        (run("É AMANH", "Ã”", "", "Ô"), False),
        (run("", "Ðœ", "", "М"), False),  # a script that stands nowhere near
        (run("", "ÐœÐ¾", "", "Мо"), True),
        (run(" ", "Ă©Ă©", " ", "éé", "cp1250"), False),
    ],
)
def test_what_is_certain(candidate: Run, expected: bool) -> None:
    assert certainty.is_certain(candidate) == expected
