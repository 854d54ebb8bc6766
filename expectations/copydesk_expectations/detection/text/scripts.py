"""Scripts: which script a text is in, and the letters that its languages write with."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from copydesk_expectations.tables import read_table

__all__ = ["BEYOND", "LATIN", "ONE_SCRIPT", "SCRIPTS", "alphabet", "language_table", "script_of"]

#: A character beyond ASCII.
BEYOND = re.compile("[^\x00-\x7f]")

#: The scripts that a text can be in, other than Latin.
_LETTERS = {
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u052f",
    "Hebrew": "\u05d0-\u05ea",
    "Arabic": "\u0621-\u06ff\ufb50-\ufdff\ufe70-\ufefc",
    "Thai": "\u0e00-\u0e7f",
    "Devanagari": "\u0900-\u097f",
    "Indic": "\u0980-\u0dff",
    "Kana": "\u3041-\u30fe",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff",
    "Hangul": "\uac00-\ud7a3",
}

#: For each of these scripts what finds a letter of it.
SCRIPTS = {name: re.compile(f"[{letters}]") for name, letters in _LETTERS.items()}

#: The languages in Latin script whose frequent words are known.
LATIN = (
    *("cs", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nl", "no", "pl"),
    *("pt", "ro", "sk", "sl", "sv", "tr"),
)

#: So large a share of the letters beyond ASCII are of the script of a text; Japanese has so many kana.
ONE_SCRIPT = 0.95
_KANA = 0.2


def script_of(text: str) -> tuple[str, float]:
    """Return the script of most letters beyond ASCII, and its share of them; 'Kana' for Japanese, else 'Latin'."""
    letters = Counter(filter(str.isalpha, BEYOND.findall(text)))
    total = letters.total()
    counts: Counter[str] = Counter(dict.fromkeys(_LETTERS, 0))
    for letter, count in letters.items():
        counts[_script_of_letter(letter)] += count
    cjk = counts["Han"] + counts["Kana"]
    if total and cjk >= ONE_SCRIPT * total:
        return ("Kana" if counts["Kana"] >= _KANA * cjk else "Han"), cjk / total
    latin = counts.pop("Latin", 0)
    counts.pop("", None)
    name, count = counts.most_common(1)[0]
    if not total or latin >= count:
        return "Latin", latin / total if total else 1.0
    return name, count / total


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    """Return the script of a letter beyond ASCII; nothing for one that is not of these scripts."""
    if letter < "\u0250" or "\u1e00" <= letter <= "\u1eff":
        return "Latin"
    return next((name for name, pattern in SCRIPTS.items() if pattern.match(letter)), "")


@cache
def alphabet(language: str) -> frozenset[str]:
    """Return the small letters beyond ASCII that a language writes with; none where that is not known."""
    return frozenset(language_table("alphabets").get(language, ""))


@cache
def language_table(name: str) -> dict[str, str]:
    """Return a table whose entries begin with the code of a language and a colon."""
    entries = (entry.partition(":") for entry in read_table(name))
    return {language: text.strip() for language, _, text in entries}
