"""The words of dates: names of months, and words that say when without naming a day.

They are in `date_words.txt`, which `ci/date-words` makes out of the Unicode CLDR.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

__all__ = ["jalali_months", "month_numbers", "months", "timely_words", "without_accents"]


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    """Return the words of each section of the file."""
    found: dict[str, list[str]] = {}
    for line in (files(__package__) / "date_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            words.append(line)
    return {name: tuple(words) for name, words in found.items()}


def _numbers(calendar: str) -> dict[str, tuple[int, ...]]:
    """Return the names of the months of a calendar, with and without accents, and the numbers that each may be."""
    found: dict[str, set[int]] = {}
    for number in range(1, 13):
        for name in _sections()[f"{calendar} {number}"]:
            found.setdefault(name, set()).add(number)
    bare: dict[str, set[int]] = {}
    for name, numbers in found.items():
        bare.setdefault(without_accents(name), set()).update(numbers)
    return {name: tuple(sorted(numbers)) for name, numbers in (bare | found).items()}


@cache
def month_numbers() -> dict[str, tuple[int, ...]]:
    """Return the names of the months of the Gregorian calendar, in lower case, and the numbers that each may be.

    >>> month_numbers()["märz"], month_numbers()["fevrier"]
    ((3,), (2,))
    """
    return _numbers("month")


@cache
def jalali_months() -> dict[str, tuple[int, ...]]:
    """Return the names of the months of the Iranian calendar, in the same form."""
    return _numbers("jalali")


@cache
def months() -> dict[str, int]:
    """Return the names of one word that are of one month only, and its number."""
    return {name: numbers[0] for name, numbers in month_numbers().items() if len(numbers) == 1 and " " not in name}


@cache
def timely_words() -> frozenset[str]:
    """Return words that say when but name no day: units of time, 'yesterday', weekdays, months of other calendars."""
    return frozenset(_sections()["timely"])


def without_accents(word: str) -> str:
    """Return a word without the accents on Latin, Greek and Cyrillic letters.

    >>> without_accents("août")
    'aout'
    """
    bare = (c for c in unicodedata.normalize("NFD", word) if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", "".join(bare))
