"""Private data in a text: addresses of e-mail, telephone numbers, keys and tokens."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from copydesk_expectations.tables import read_table

__all__ = ["PrivateData", "access_keys", "email_addresses", "is_public_contact", "private_data_in", "telephone_numbers"]

_EMAIL = re.compile(r"(?<![\w.+/@-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,20}(?![\w@-])")

#: International numbers begin with a plus; others are told by the word before them.
_INTERNATIONAL = re.compile(r"(?<![\w+.])\+\d{1,3}(?:[ \u00a0.()/-]{0,2}\d{1,4}){2,6}(?![\d%])")
_LABELLED = re.compile(
    r"(?:\b(?:tel|phone|telephone|mobile|cell|call|text|whatsapp|fax|telefon|handy|mobil|tél|téléphone|teléfono|telefono"
    r"|telefone|celular|telefoon|telefoni|puhelin|τηλ|тел|телефон|моб)\b\.?|电话|電話|☎|📞|전화|هاتف|تلفن|फोन|โทร)"
    r"(?: (?:on|at|no|number|nr|us|number is))?[.:]{0,2}[ \u00a0]?"
    r"(?P<number>\(?0?\d(?:[ \u00a0.()/-]{0,2}\d){6,12})(?![\d%])",
    re.I,
)
#: Numbers that cost nothing are given out for everybody.
_FREE = re.compile(r"^(?:\+?1[ .-]?)?\(?(?:0?80[0-9]|8[0-8]{2}|900|116)\b")
_DIGITS = (8, 15)

#: Keys and tokens as their services make them: Amazon, GitHub, GitLab, Google, Slack, OpenAI, web tokens, private keys.
_KEY = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[opsu]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{22,100}\b|\bglpat-[\w-]{20}\b"
    r"|\bAIza[\w-]{35}\b|\bxox[abprs]-[A-Za-z0-9-]{10,100}\b|\bsk-(?:proj-)?[A-Za-z0-9_-]{32,200}\b"
    r"|\beyJ[\w-]{10,1000}\.eyJ[\w-]{10,2000}\.[\w-]{10,1000}\b"
    r"|-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----(?:[^-]{1,5000}-----END (?:[A-Z]{2,10} )?PRIVATE KEY-----)?"
)


class PrivateData(NamedTuple):
    """Characters of a text that are somebody's, and what they are."""

    start: int
    end: int
    reason: str


def private_data_in(text: str, allowed: Collection[str] = (), host: str = "") -> list[PrivateData]:
    """Find private data in a text, in order.

    Args:
        text: the text.
        allowed: addresses, domains and numbers that may stand in it, in small letters; numbers as digits alone.
        host: the host of the article's URL. Addresses there that belong to a desk may stand in it.
    """
    found = [*access_keys(text)]
    contacts = (*email_addresses(text), *telephone_numbers(text))
    found += [data for data in contacts if not is_public_contact(text[data.start : data.end], allowed, host)]
    return sorted(found)


def email_addresses(text: str) -> Iterator[PrivateData]:
    """Yield addresses of e-mail."""
    if "@" in text:
        yield from (PrivateData(*m.span(), "an e-mail address") for m in _EMAIL.finditer(text))


def telephone_numbers(text: str) -> Iterator[PrivateData]:
    """Yield telephone numbers, but those that are free of charge."""
    international = [m.span() for m in _INTERNATIONAL.finditer(text)]
    labelled = [m.span("number") for m in _LABELLED.finditer(text)]
    for start, end in {*international, *labelled}:
        digits = sum(c.isdigit() for c in text[start:end])
        if _DIGITS[0] - 1 <= digits <= _DIGITS[1] and not _FREE.match(text[start:end]):
            yield PrivateData(start, end, "a telephone number")


def access_keys(text: str) -> Iterator[PrivateData]:
    """Yield keys and tokens that open an account or a service."""
    return (PrivateData(*m.span(), "a key or token of a service") for m in _KEY.finditer(text))


def is_public_contact(words: str, allowed: Collection[str], host: str = "") -> bool:
    """Return whether an address or a number is a newsroom's, or is allowed.

    >>> is_public_contact("newsroom@courier.example", ()), is_public_contact("jane@mail.example", ["mail.example"])
    (True, True)
    """
    words = words.lower()
    name, at, domain = words.partition("@")
    if not at:
        return "".join(c for c in words if c.isdigit()) in allowed
    desk = name in read_table("newsroom_contacts")
    return (
        words in allowed
        or domain in allowed
        or desk
        or bool(host and f".{host}".endswith(f".{domain}") and "." not in name)
    )
