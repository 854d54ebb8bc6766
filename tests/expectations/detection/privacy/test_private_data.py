"""Addresses, numbers and keys are told from prices, times, scores and the contacts of newsrooms."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.privacy.private_data import (
    access_keys,
    email_addresses,
    is_public_contact,
    private_data_in,
    telephone_numbers,
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Call +44 20 7946 0958 or +1 (212) 555-0199.", ["+44 20 7946 0958", "+1 (212) 555-0199"]),
        ("Tel.: 030 1234567; 电话：010-12345678", ["030 1234567"]),
        ("電話:03-1234-5678", ["03-1234-5678"]),
        ("Тел. 8 495 123-45-67", ["8 495 123-45-67"]),
        ("The index rose +1.25 to 4 500 300, won 3-2, in 2019-2024, at +25 degrees.", []),
        ("Call 0800 111 222 or 1-800-555-0199 for help; phone 999.", []),
    ],
)
def test_numbers_of_telephones(text: str, numbers: list[str]) -> None:
    assert sorted(text[d.start : d.end] for d in telephone_numbers(text)) == sorted(numbers)


def test_addresses_of_mail_are_no_handles() -> None:
    text = "jane.doe@mail.example, @jane, a@b, https://x.example/@jane.doe"
    assert [text[d.start : d.end] for d in email_addresses(text)] == ["jane.doe@mail.example"]


@pytest.mark.parametrize(
    "key", ["AKIA" + "A1" * 8, "ghp_" + "aB3" * 12, "eyJ" + "a" * 20 + ".eyJ" + "b" * 20 + "." + "c" * 20]
)
def test_keys_have_the_form_that_their_service_gives_them(key: str) -> None:
    text = f"key={key} and more"
    assert [text[d.start : d.end] for d in access_keys(text)] == [key]
    assert not [*access_keys(key[:10])]


def test_newsrooms_give_out_their_contacts() -> None:
    assert is_public_contact("Redaktion@courier.example", ())
    assert is_public_contact("+49 30 1", ["49301"]) and not is_public_contact("+49 30 1", ())
    assert is_public_contact("sport@courier.example", (), "www.courier.example")
    assert not is_public_contact("jane.doe@courier.example", (), "www.courier.example")
    assert private_data_in("newsroom@courier.example and jane@mail.example", ["mail.example"]) == []
