"""Misreadings: what a line was that was read in the wrong encoding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from copydesk_expectations.detection.text.plausibility import (
    FEWEST_LETTERS,
    FEWEST_NEW,
    MARKS,
    Fit,
    could_be_mended,
    could_be_misread,
    could_be_sound,
    fit,
)
from copydesk_expectations.detection.text.readings import Reading, readings
from copydesk_expectations.detection.text.scripts import alphabet, script_of

__all__ = ["Misreading", "misread_alike", "misreading_of", "word_pairs"]

_CHUNK = re.compile(r"\S+")

#: A second reading has to be so much worse than the best.
_MARGIN = 1.6

_CJK = ("Han", "Kana", "Hangul")

#: In Latin script words change into letters of the language, from letters that it mostly lacks.
_KNOWN_BEFORE = 0.4
_MOSTLY_LETTERS = 0.6

#: So much of a line must be in the script of the article around it.
_MOSTLY = 0.9

#: UTF-8 in Latin script that was read as one of these is found word by word, see `encodings`.
_PLAIN = ("latin-1", "cp1252", "cp1250", "cp1251", "mac_roman")

#: Signs that bytes of a CJK text were lost: half-width kana, and one letter of ASCII between two of the script.
_LOST_BYTES = re.compile("[\uff61-\uff9f]|(?<=[\u3040-\u9fff\uac00-\ud7a3])[A-Za-z](?=[\u3040-\u9fff\uac00-\ud7a3])")

#: Longer lines are judged by so many characters at their beginning, and then read as a whole.
_HEAD = 4000


class Misreading(NamedTuple):
    """What a line was, in which language and script. `looks` is the script that it seems to be in.

    In Latin script, only some words of it changed. `sure`: it may be mended.
    """

    reading: Reading
    language: str
    script: str
    looks: str
    sure: bool


def misreading_of(line: str, known: tuple[Misreading, ...] = ()) -> Misreading | None:
    """Return what a line was, where it was misread; None where it can be what it looks like.

    Args:
        line: the line.
        known: a line of the same article, if one was misread. What it was is tried first, as the others take long.
    """
    return (_judged_once if len(line) <= _HEAD else _judged)(line, known)


def _judged(line: str, known: tuple[Misreading, ...]) -> Misreading | None:
    if not could_be_misread(line):
        return None
    own = fit(line[:_HEAD])
    if own.is_plausible and own.language != "en":
        return None
    for other in known:
        for reading in readings(line, iter([(other.reading.wrong, other.reading.right)])):
            its = fit(reading.mended[:_HEAD])
            if other.sure and its.language == other.language and _is_better(line, own, reading, its):
                return other._replace(reading=reading, sure=_is_complete(reading))
    head = line[:_HEAD]
    likely = (r for r in readings(head) if could_be_mended(head, r.mended))
    judged = [(r, f) for r in likely for f in [fit(r.mended)] if _is_better(head, own, r, f)]
    if not judged:
        return None
    judged.sort(key=lambda pair: -pair[1].share * (1 - pair[1].foreign))
    (best, its), rest = judged[0], judged[1:]
    if len(line) > _HEAD:
        whole = next(readings(line, iter([(best.wrong, best.right)])), None)
        if whole is None:
            return None
        best = whole
    sure = _is_complete(best) and all(its.share >= _MARGIN * other.share for _, other in rest)
    return Misreading(best, its.language, script_of(best.mended)[0], script_of(line)[0], sure)


#: A page's lines stand on all of its publisher's pages. Long lines are not kept in memory.
_judged_once = lru_cache(maxsize=1024)(_judged)


def _is_complete(reading: Reading) -> bool:
    """Return whether no byte of a text is missing, so that it can be mended."""
    return reading.whole and not _LOST_BYTES.search(reading.mended)


def _is_better(line: str, own: Fit, reading: Reading, mended: Fit) -> bool:
    """Return whether a reading makes a text of a language, and of what was none."""
    if not mended.is_plausible or mended.share < own.share:
        return False
    looks, script = script_of(line)[0], script_of(reading.mended)[0]
    if script == "Latin":
        is_plain = reading.right == "utf-8" and reading.wrong in _PLAIN
        words = line[:_HEAD]
        return not (is_plain or could_be_sound(words, mended.hits)) and _changes_letters(
            line, reading.mended, mended.language
        )
    if own.looks_sound and looks != "Latin" and (looks not in _CJK or script not in _CJK):
        return False
    letters = sum(c > "\x7f" and c.isalpha() for c in reading.mended)
    ascii_letters = sum(c < "\x7f" and c.isalpha() for c in reading.mended)
    fewest = FEWEST_LETTERS if looks == "Latin" else 2 * FEWEST_LETTERS
    return letters >= fewest and letters > ascii_letters


def _changes_letters(line: str, mended: str, language: str, fewest: int = FEWEST_NEW) -> bool:
    """Return whether words of a line in Latin script get letters of the language for letters that it lacks."""
    known = alphabet(language)
    chunks = word_pairs(line, mended)
    changed = [(line[start:end], new) for start, end, new in chunks if line[start:end] != new]
    old = Counter(c for words, _ in changed for c in _strange_letters(words))
    new = Counter(c for _, words in changed for c in words.lower() if c > "\x7f")
    old, new = old - new, new - old
    letters = [c for c in new if c.isalpha()]
    return (
        len(changed) >= fewest
        and sum(new[c] for c in letters) >= max(fewest, _MOSTLY_LETTERS * new.total())
        and known.union(MARKS).issuperset(new)
        and sum(old[c] for c in old if c in known) <= _KNOWN_BEFORE * old.total()
    )


def _strange_letters(word: str) -> Iterator[str]:
    """Yield the characters beyond ASCII of a word; small, unless they are capitals behind small letters."""
    for before, character in pairwise(f" {word}"):
        if character > "\x7f":
            yield character if before.islower() else character.lower()


def word_pairs(line: str, mended: str) -> list[tuple[int, int, str]]:
    """Return the words of a line, by their start and end, with what each was; else the whole line."""
    words, new = list(_CHUNK.finditer(line)), _CHUNK.findall(mended)
    if len(words) == len(new):
        return [(*m.span(), word) for m, word in zip(words, new, strict=True)]
    if len(line) == len(mended):
        return [(*m.span(), mended[slice(*m.span())]) for m in words]
    return [(0, len(line), mended)]


def misread_alike(line: str, other: Misreading) -> Misreading | None:
    """Return what a line was if it was misread as another of its article was."""
    own = fit(line[:_HEAD])
    if script_of(line)[0] != other.looks or (own.is_plausible and own.language != other.language):
        return None
    for reading in readings(line, iter([(other.reading.wrong, other.reading.right)])):
        mended, (script, share) = fit(reading.mended[:_HEAD]), script_of(reading.mended)
        if script == "Latin":
            better = _changes_letters(line, reading.mended, other.language, fewest=1)
        else:
            better = script == other.script and min(share, 1 - mended.foreign) >= _MOSTLY and script != other.looks
        if better:
            return Misreading(reading, other.language, script, other.looks, _is_complete(reading))
    return None
