"""A missing space is told from names, addresses and abbreviations that are written without one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.lazy import pl
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.detection.text.seams import (
    LIKELY,
    Seam,
    ends_behind_name,
    ends_sentence,
    is_abbreviation,
    is_pair_of_words,
    is_site,
    links_of_posts,
    missing_spaces,
    opens_sentences,
    quotations,
    seams_before_names,
    sentence_seams,
    word_seams,
)
from copydesk_expectations.tables import read_table


def seam(left: str, mark: str, right: str) -> Seam:
    return Seam(left, mark, right, 0, len(left + mark + right))


@given(hostile_text())
def test_a_seam_spans_its_words(text: str) -> None:
    for found in (*sentence_seams(text), *word_seams(text)):
        assert text[found.start : found.end] == found.left + found.mark + found.right


def test_seams_are_found_in_three_alphabets() -> None:
    text = "It rained.The bus came.»Потом пришёл.Автобус уехал!Ήρθε"
    assert [s.left for s in sentence_seams(text)] == ["rained", "came", "пришёл", "уехал"]
    assert [(s.left, s.right) for s in word_seams("on MondayThe bus")] == [("Monday", "The")]
    assert not [*word_seams("iPhone, YouTube.com, McDonald, x_fooBar(")][2:]


@pytest.mark.parametrize("ending", ["Ru", "Com", "рф", "TV"])
def test_the_ending_of_a_site_is_no_word(ending: str) -> None:
    assert is_site(seam("Газета", ".", ending))
    assert not is_site(seam("Газета", ".", "Вчера"))


def test_abbreviations_are_those_of_the_table() -> None:
    assert all(is_abbreviation(seam(word, ".", "Nowak")) for word in read_table("abbreviations"))
    assert not is_abbreviation(seam("rained", ".", "The"))


@pytest.mark.parametrize(
    ("left", "mark", "right", "expected"),
    [
        ("rained", ".", "The", True),
        ("ran", ".", "The", False),
        ("bus", ".", "The", True),  # it stands apart in the text
        ("Table", ".", "Briefings", False),
        ("Rana", ".", "The", True),  # a function word
        ("Rana", ".", "Driver", True),  # it stands apart in the text
        ("Yahoo", "!", "Briefings", True),
    ],
)
def test_a_full_stop_ends_a_sentence_or_is_part_of_a_name(left: str, mark: str, right: str, expected: bool) -> None:
    assert ends_sentence(seam(left, mark, right), "A bus and its driver.") == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Monday", "The", True),
        ("city", "Source", True),
        ("Monday", "Source", False),  # a name may be written so
        ("bridge", "The", False),  # it does not stand apart
        ("city", "Bank", False),
    ],
)
def test_two_words_stand_apart_elsewhere(left: str, right: str, expected: bool) -> None:
    assert is_pair_of_words(seam(left, "", right), "On Monday the city named a source.") == expected


def test_a_number_or_an_abbreviation_counts_where_others_are() -> None:
    rest = " It rained all day.The bus came late.Nobody was there."
    assert len(missing_spaces("He left at 11 p.m.Police came in 2024.They found him." + rest)) == 4
    assert missing_spaces("He left at 11 p.m.Police came in 2024.They found him.") == []


def test_a_quotation_opens_behind_a_space_and_a_link_does_too() -> None:
    assert [s["mended"] for s in quotations("He left.“No”, she said. Er ging.“Ja.")] == ["left. “No", "ging. “Ja"]
    assert [s["mended"] for s in quotations("„Er ging.“Ja, er sagte.„Nein")] == ["sagte. „Nein"]
    (link,) = links_of_posts("It rainspic.twitter.com/aB3 and https://pic.twitter.com/x (pic.twitter.com/y)")
    assert link["mended"] == "rains pic.twitter.com/aB3"


def test_a_quote_that_may_open_or_close_has_no_certain_mending() -> None:
    (plain,) = missing_spaces("At noon it rained.The bus came.")
    (quote,) = missing_spaces("At noon it rained.”The bus came.")
    (straight,) = missing_spaces('At noon it rained."The bus came.')
    assert (plain["mended"], quote["mended"], straight["mended"]) == ("rained. The", "rained.” The", None)


PROSE = "The engineers had looked at the old deck for a week, and nobody in the town knew who would pay for it. "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor spent the week in Eastbridge.Drivers will wait for the new deck.", True),
        ("The ferry was moved to Lower Eastbridge.Drivers will wait for the new deck.", True),
        ("Eastbridge.Drivers will wait for the new deck.", False),  # the name of a site, at the start of a line
        ("The page “Eastbridge.Drivers” tells of the new deck.", False),
        ("The mayor wrote in the town's Eastbridge.Drivers, a letter of the clubs.", False),
        ("The mayor spent the week at Eastbridge.Drivers and at Eastbridge.News with friends.", False),
        ("The mayor came home with the Table.Drivers will wait for the new deck.", False),  # a known name
        ("Das Blatt Eastbridge.Drivers meldete es am Abend.", False),
    ],
)
def test_a_sentence_may_end_in_a_name(text: str, found: bool) -> None:
    (seam, *_) = sentence_seams(PROSE + text)
    assert ends_behind_name(seam, PROSE + text) == found


def test_a_capital_says_nothing_where_most_words_have_one() -> None:
    text = "Die Stadt hat lange auf den Neubau der Brücke in Ostbrück.Anwohner der Uferstraße warten weiter auf ihn."
    (seam,) = sentence_seams(text)
    assert not ends_behind_name(seam, text)


@pytest.mark.parametrize("name", ["NBC", "SoftBank", "РЖД", "BridgeTown"])
def test_a_sentence_may_begin_with_a_name_in_capitals(name: str) -> None:
    text = f"The tape of the meeting was shown on monday.{name} has not said who made it."
    (seam,) = seams_before_names(text)
    assert (seam.left, seam.right) == ("monday", name)
    assert missing_spaces(text)[0]["mended"] == f"monday. {name}"


@pytest.mark.parametrize(
    "text",
    [
        "In the last of the lessons he wrote console.LogError and left it there.",
        "They opened the page at index.HTML",
        "The page of the bridge is called ostbrück.COM and has many friends.",
        "google.JPG is what she sent to them.",
    ],
)
def test_code_and_files_are_no_sentences(text: str) -> None:
    assert not [*seams_before_names(text.replace("LogError ", "LogError("))]


def test_an_adverb_or_a_function_word_opens_sentences() -> None:
    assert opens_sentences("Unfortunately") and opens_sentences("The") and opens_sentences("Впрочем")
    assert not opens_sentences("Briefings")


PIECES = [
    *("It rained all day", "bridge", "Bridge", "the", "The", "NBC", "SoftBank", "I", "В", "открыт", "Первый", "11 p"),
    *(".", "!", "”", "“", "„", "’", "'s", " ", "\n", "pic.twitter.com/aB1", "https://t.co/aB1"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | hostile_text())
def test_each_text_with_a_missing_space_is_a_likely_one(text: str) -> None:
    assert not missing_spaces(text) or pl.Series([text]).str.contains(LIKELY).item()
