"""Plausibility: whether a text is one of some language, going by its letters and its frequent words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from copydesk.lexicon.lexicon import load
from copydesk_expectations.detection.text.scripts import (
    BEYOND,
    LATIN,
    ONE_SCRIPT,
    SCRIPTS,
    alphabet,
    language_table,
    script_of,
)

__all__ = [
    "FEWEST_LETTERS",
    "FEWEST_NEW",
    "MARKS",
    "Fit",
    "could_be_mended",
    "could_be_misread",
    "could_be_sound",
    "fit",
]

_BY_WORDS = {
    "Greek": ("el",),
    "Cyrillic": ("ru", "uk", "bg", "sr"),
    "Hebrew": ("he",),
    "Arabic": ("ar", "fa"),
    "Devanagari": ("hi",),
    "Latin": LATIN,
}

#: Marks that texts have beside letters.
MARKS = frozenset("“”„‘’‚–—…«»‹›¿¡€£§°·•\u00a0")

#: So many letters beyond ASCII tell an encoding; in Latin script, so many new ones.
FEWEST_LETTERS, FEWEST_NEW = 8, 3

_ASCII_LETTER = re.compile("[A-Za-z]")

#: White space beyond ASCII, and what encodings of several bytes a letter have.
_WIDE = re.compile("[^\\S\x00-\x7f]|[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]")

#: A text without spaces has so many different frequent words.
_FEWEST_KINDS = 3

#: A word; the vowel signs of Indic scripts and of Arabic are no letters to Python.
_WORD = re.compile("(?:[^\\W\\d_]|[\u064b-\u0652\u0900-\u0dff])+")

#: A capital behind a small letter; and what no text has much of: signs, and halves of letters.
_INNER_CAPITAL = re.compile(r"[a-zß-öø-ÿа-џά-ώ][А-ЯΑ-ΩÀ-ÖØ-ÞЁ]")
_ODD = re.compile("[\u00a6-\u00a9\u00ac\u00ae-\u00b1\u00b4-\u00b6\u00b8\u2190-\u25ff\uff61-\uff9f\u02c6-\u02dd]")

#: A sign within a word, where no language has one.
_SIGN_IN_WORD = re.compile("[^\\W\\d_](?=[\u00a1-\u00a9\u00ac\u00ae-\u00b6\u00b8\u00b9\u00bc-\u00bf][^\\W\\d_])")

#: The bytes that begin the frequent ideographs: level 1 of GB 2312 and Big5, and those of JIS X 0208.
_COMMON = {"gb2312": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "shift_jis": (0x88, 0x97)}


class Fit(NamedTuple):
    """How well a text fits the language that it fits best.

    Attributes:
        language: its code, or the script where no list knows its languages; empty for no language at all.
        hits: how many frequent words of the language it has.
        share: their share of its words; of its letters in scripts without spaces.
        foreign: the share of its letters beyond ASCII that are not of the script, or not of the alphabet.
    """

    language: str
    hits: int
    share: float
    foreign: float

    @property
    def looks_sound(self) -> bool:
        """Whether it has one script and few strange letters, whatever its words."""
        return self.foreign <= 1 - ONE_SCRIPT

    @property
    def is_plausible(self) -> bool:
        """Whether this can be a text of the language: frequent words are enough, and strange letters few."""
        least = 0.1 if self.language in ("zh", "ja", "ko") else 0.06
        return self.hits >= 2 and self.share >= least and self.looks_sound


def fit(text: str) -> Fit:
    """Measure how well a text fits the language that it fits best.

    >>> fit("Мэр сказал, что мост открыт и что он не закроется.").language
    'ru'
    """
    beyond = max(1, len(BEYOND.findall(text)))
    strange = max(len(_ODD.findall(text)), len(_SIGN_IN_WORD.findall(text))) / beyond
    foreign = max(strange, len(_INNER_CAPITAL.findall(text)) / max(1, len(text.split())))
    if foreign > 1 - ONE_SCRIPT:
        return Fit("", 0, 0.0, foreign)  # no words can make a text of it
    script, share = script_of(text)
    foreign = max(foreign, 1 - share)
    if foreign > 1 - ONE_SCRIPT:
        return Fit(script, 0, 0.0, foreign)
    if script in ("Han", "Kana", "Thai"):
        return _fit_unspaced(text, script, foreign)
    if script == "Hangul":
        return _fit_korean(text, foreign)
    words = [word.lower() for word in _WORD.findall(text)]
    counts = _hits(words, script)
    language = max(counts, key=lambda code: counts[code], default="")
    if script == "Latin":
        foreign = max(foreign, _foreign_letters(text, language))
    hits = counts.get(language, 0)
    return Fit(language or script, hits, hits / max(1, len(words)), foreign)


def _hits(words: list[str], script: str) -> dict[str, int]:
    """Count the frequent words of each language of a script; those of one letter no more than longer ones."""
    languages = _languages(script)
    longer = Counter(language for word in words if len(word) > 1 for language in languages.get(word, ()))
    letters = Counter(language for word in words if len(word) == 1 for language in languages.get(word, ()))
    return {language: count + min(count, letters[language]) for language, count in longer.items()}


def _fit_unspaced(text: str, script: str, foreign: float) -> Fit:
    """Measure a text in Chinese, Japanese or Thai, by frequent letters and by the words within it."""
    language = {"Han": "zh", "Kana": "ja", "Thai": "th"}[script]
    letters = sum(c.isalpha() and c > "\x7f" for c in text)
    found = {word: count for word in _words(language) if (count := text.count(word))}
    hits = sum(found.values()) if len(found) >= _FEWEST_KINDS else 0
    if script != "Thai":
        han = SCRIPTS["Han"].findall(text)
        charsets = ("shift_jis",) if script == "Kana" else ("gb2312", "big5")
        common = max(sum(_is_common(c, charset) for c in han) for charset in charsets) / max(1, len(han))
        foreign = max(foreign, 0.85 * (1 - common) if common < 0.9 else 0.0)
    return Fit(language, hits, hits / max(1, letters), foreign)


def _fit_korean(text: str, foreign: float) -> Fit:
    """Measure a text in Korean: its words end in particles, and the syllables are among the frequent ones."""
    syllables = SCRIPTS["Hangul"].findall(text)
    rare = sum(not c.encode("euc_kr", "ignore") for c in syllables)
    words = [word for word in _WORD.findall(text) if word[-1] >= "\uac00"]
    ends = tuple(_words("ko"))
    hits = sum(len(word) > 1 and word.endswith(ends) for word in words)
    return Fit("ko", hits, hits / max(1, len(words)), max(foreign, rare / max(1, len(syllables))))


def _is_common(character: str, charset: str) -> bool:
    first, last = _COMMON[charset]
    return first <= (character.encode(charset, "ignore") or b"\0")[0] <= last


def _foreign_letters(text: str, language: str) -> float:
    """Return the share of the letters beyond ASCII that a language does not write with."""
    letters = [c for c in text.lower() if c > "\x7f" and c.isalpha()]
    return sum(c not in alphabet(language) for c in letters) / max(1, len(letters))


def could_be_sound(text: str, hits: int) -> bool:
    """Return whether some language in Latin script has all letters of a text, and nearly so many words in it."""
    if _SIGN_IN_WORD.search(text) or _INNER_CAPITAL.search(text):
        return False
    letters = {c for c in text.lower() if c > "\x7f" and c.isalpha()}
    words = [word.lower() for word in _WORD.findall(text)]
    counts = _hits(words, "Latin")
    return any(alphabet(language) >= letters and count >= 0.6 * hits for language, count in counts.items())


def could_be_misread(line: str) -> bool:
    """Return whether a line has enough characters beyond ASCII; one of several bytes can stand for more letters."""
    return len(BEYOND.findall(line)) >= FEWEST_NEW or _WIDE.search(line) is not None


def could_be_mended(line: str, mended: str) -> bool:
    """Return whether a line can have been misread, going by the letters that it would have: to `fit` it takes long.

    Scripts other than Latin need more letters beyond ASCII than in it. In Latin script there must be some new letters,
    and one language must have all of them.
    """
    if _WIDE.search(line):
        return True  # characters may be others than those of the same place
    letters = [c for c in BEYOND.findall(mended) if c.isalpha()]
    if len(letters) < FEWEST_NEW:
        return False
    if len(letters) >= FEWEST_LETTERS and len(letters) > len(_ASCII_LETTER.findall(mended)):
        return True
    new = {c for c in BEYOND.findall(mended.lower()) if not c.isspace()}
    new.difference_update(BEYOND.findall(line), BEYOND.findall(line.lower()))
    return any(known >= new for known in _latin_characters())


@cache
def _latin_characters() -> tuple[frozenset[str], ...]:
    """Return for each language in Latin script its letters beyond ASCII, and the marks that texts have beside."""
    return tuple(alphabet(language) | MARKS for language in LATIN)


@cache
def _languages(script: str) -> dict[str, tuple[str, ...]]:
    """Return for each frequent word of the languages of a script those that have it."""
    known: dict[str, tuple[str, ...]] = {}
    for language in _BY_WORDS.get(script, ()):
        known |= {word: (*known.get(word, ()), language) for word in _words(language)}
    return known


@cache
def _words(language: str) -> frozenset[str]:
    known = load().words("function-words").get(language)
    return frozenset(known or language_table("frequent_words").get(language, "").split())
