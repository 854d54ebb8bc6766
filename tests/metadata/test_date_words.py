"""The words of dates: every language of the lexicons has its twelve months."""

from __future__ import annotations

from copydesk.metadata.date_words import jalali_months, month_numbers, months, timely_words, without_accents

_MARCH = (
    "مارس آذار března marts märz μαρτίου march marzo مارس maaliskuuta mars मार्च maret 3月 maart marca março марта mart"
    " березня martie"
)


def test_march_is_the_third_month_in_every_language() -> None:
    names = [name for name in _MARCH.split() if name != "3月"]
    assert {name: month_numbers()[name] for name in names} == dict.fromkeys(names, (3,))
    assert month_numbers()["tháng 3"] == (3,)


def test_all_months_have_names_in_lower_case() -> None:
    for names in (month_numbers(), jalali_months()):
        assert {number for some in names.values() for number in some} == set(range(1, 13))
        assert all(name == name.lower() for name in names)
    assert all(months()[name] == number for name, number in (("mai", 5), ("fevrier", 2), ("maerz", 3), ("sept", 9)))


def test_a_name_of_our_languages_keeps_its_meaning_there() -> None:
    assert months()["listopada"] == 11  # in Croatian, it is October


def test_words_that_say_when_name_no_month() -> None:
    assert {"hours", "stunden", "gestern", "вчера", "رمضان", "yesterday"} <= timely_words()
    assert not timely_words() & {"march", "märz", "mars", "марта"}
    assert not timely_words() & {"staff", "the", "and", "not", "yet", "st"}


def test_accents_are_left_out() -> None:
    assert without_accents("février") == "fevrier"
