"""Seams of a text: places where a space between two words is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from copydesk.lexicon.lexicon import load
from copydesk_expectations.tables import read_table

__all__ = [
    *(
        "LIKELY",
        "OPENERS",
        "Seam",
        "doubtful_seams",
        "ends_behind_name",
        "links_of_posts",
        "missing_spaces",
        "opens_sentences",
    ),
    *("quotations", "seams_before_names"),
]

_LOWER = "a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťũūŭůűųŵŷźżžșțΐά-ώа-џѣґ"
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽȘȚΆ-ΏΑ-ΫЀ-ЯҐ"

#: Letters that are words.
_ALONE = "IAÀÉOEYWZUSИОВЯКСУАΗΟ"

#: Two sentences without a space between: a word, the mark, a capital. Around it nothing that an address, a name of a
#: program or a list of abbreviations would have. Places first, then what is on both sides: it is ten times as fast.
_JOINT = re.compile(rf"[.!?][”»)’\"]?(?=[{_UPPER}])")
_LEFT = re.compile(rf"(?<![^\s(“\"„«‘'’–—-])[{_UPPER}]?[{_LOWER}]{{2,}}(?:[’'-][{_LOWER}]+)*$")
_EDGE = r"(?=[\s,;:!?”»)’'\"–—-]|\.(?:\s|$)|$)"
_RIGHT = re.compile(rf"(?:[{_UPPER}][{_LOWER}]+|[{_ALONE}](?=\s)){_EDGE}")

#: A name in capitals, or with a capital inside, that opens a sentence: 'NBC', 'SoftBank'.
_NAME = re.compile(rf"(?:[{_UPPER}]{{3,}}|[{_UPPER}][{_LOWER}]+(?:[{_UPPER}][{_LOWER}]*)+){_EDGE}")

#: What else a sentence ends with: a time of day, a number. It counts where the article has other such places.
_ABBREVIATED = re.compile(rf"(?<![\w.])(?:[{_LOWER}]\.){{1,3}}[{_LOWER}]$|(?<![\w.,:])\d+(?:[.,:]\d+)*\s?[%°€]?$")
_FEWEST_OTHERS = 2

#: A quotation that opens right behind a sentence; and a link of a post right behind a word.
_OPENING = re.compile(rf"[.!?][“„](?=[{_UPPER}])")
_LINK = re.compile(r"(?:pic\.twitter\.com/|https?://t\.co/)\w+")
_BEFORE_LINK = re.compile(r"[^\s/(\[<=\"'“‘]{1,60}$")

#: The capital between two words without anything between. It comes first, as few letters are capitals.
_SEAM = re.compile(rf"[{_UPPER}](?<=[{_LOWER}]{{2}}.)(?=[{_LOWER}]{{2}})")
_FIRST = re.compile(rf"(?<![\w@#/._-])[{_UPPER}]?[{_LOWER}]{{3,}}$")
_SECOND = re.compile(rf"[{_UPPER}][{_LOWER}]{{2,}}(?![\w@/_(-])(?!\.\w)")

#: A word is looked for in so many characters.
_REACH = 60

#: A word of so few letters before a full stop may be an abbreviation that no table has.
_SHORT = 3

#: Words that open sentences, and that no name of a product ends with; a look for each is nearly free.
OPENERS = ("The", "This", "But", "They", "Die", "Les")

#: A text without any of these has no seam; told by polars, which is many times as fast as `re`.
LIKELY = "|".join(
    (
        rf"[{_LOWER}][.!?](?:[“„][{_UPPER}]|[”»)’\"]?(?:[{_UPPER}][{_LOWER}{_UPPER}]|[{_ALONE}]))",
        rf"[{_LOWER}]{{3}}(?:{'|'.join(OPENERS)})",
        rf"(?:^|[^{_LOWER}{_UPPER}])[{_LOWER}]{{4,}}[{_UPPER}][{_LOWER}]{{3}}",
        r"\S(?:pic\.twitter\.com/|https?://t\.co/)",
    )
)

#: A sentence that may end or begin with a name has so many words before the full stop, and the next one begins so.
_SENTENCE_ABOVE = re.compile(r"[^.!?:;„“”«»\"|\n]{12,} $")
_SENTENCE_BELOW = re.compile(rf" [{_LOWER}{_UPPER}\d][^\n|]{{8}}")
_FEWEST_ABOVE = 3

#: Where more than such a share of the words have a capital, it says nothing: in German, in lists, in headlines.
_MOST_CAPITALS = 0.25
_MEASURED = 20_000

#: What is written with a full stop inside because it is the name of a site or a section.
_ENDINGS = frozenset(
    ["ru", "рф", "ру", "com", "gr", "pl", "ua", "net", "org", "tv", "uk", "eu", "info", "biz", "fm", "md"]
)


class Seam(NamedTuple):
    """Two words with a `mark` between them, or nothing; they span the text from `start` to `end`."""

    left: str
    mark: str
    right: str
    start: int
    end: int


def missing_spaces(text: str) -> list[dict[str, Any]]:
    """Find the places without a space: `start`, `end`, and `mended` (None where a quote stands between)."""
    sentences = [s for s in sentence_seams(text) if not is_site(s) and not is_abbreviation(s)]
    certain = [s for s in sentences if ends_sentence(s, text)]
    if len(certain) >= _FEWEST_OTHERS:
        certain = [*sentences, *doubtful_seams(text)]
    else:
        certain += [s for s in sentences if s not in certain and ends_behind_name(s, text)]
    pairs = [s for s in word_seams(text) if is_pair_of_words(s, text)]
    spans = [
        {"start": s.start, "end": s.end, "mended": _mended(s)} for s in (*certain, *seams_before_names(text), *pairs)
    ]
    spans += [*quotations(text), *links_of_posts(text)]
    return sorted(spans, key=lambda span: int(span["start"]))


def doubtful_seams(text: str) -> Iterator[Seam]:
    """Yield the full stops behind a number or an abbreviation, with a capital right behind them."""
    for mark in _JOINT.finditer(text):
        left = _ABBREVIATED.search(text[max(0, mark.start() - _REACH) : mark.start()])
        right = _RIGHT.match(text, mark.end())
        if left and right and len(right[0]) > 2 and right[0].lower() not in _ENDINGS:
            yield Seam(left[0], mark[0], right[0], mark.start() - len(left[0]), right.end())


def quotations(text: str) -> Iterator[dict[str, Any]]:
    """Yield the places where a quotation opens right behind a sentence; in German, “ closes one."""
    for mark in _OPENING.finditer(text):
        left = _LEFT.search(text[max(0, mark.start() - _REACH) : mark.start()])
        right = re.compile(rf"[{_UPPER}][{_LOWER}]*").match(text, mark.end())
        if left and right and (mark[0][1] == "„" or "„" not in text):
            start, end = mark.start() - len(left[0]), right.end()
            yield {"start": start, "end": end, "mended": f"{left[0]}{mark[0][0]} {mark[0][1]}{right[0]}"}


def links_of_posts(text: str) -> Iterator[dict[str, Any]]:
    """Yield the links of posts that stand right behind a word."""
    for link in _LINK.finditer(text) if "pic.twitter.com/" in text or "//t.co/" in text else ():
        left = _BEFORE_LINK.search(text[max(0, link.start() - _REACH) : link.start()])
        if left:
            yield {"start": link.start() - len(left[0]), "end": link.end(), "mended": f"{left[0]} {link[0]}"}


def sentence_seams(text: str) -> Iterator[Seam]:
    """Yield the marks of a sentence's end with a word before and a capital behind them."""
    for mark in _JOINT.finditer(text):
        left = _LEFT.search(text[max(0, mark.start() - _REACH) : mark.start()])
        right = _RIGHT.match(text, mark.end())
        if left and right:
            yield Seam(left[0], mark[0], right[0], mark.start() - len(left[0]), right.end())


def word_seams(text: str) -> Iterator[Seam]:
    """Yield the words with a capital inside, where two may have been joined."""
    for seam in _SEAM.finditer(text):
        right = _SECOND.match(text, seam.start())
        left = _FIRST.search(text[max(0, seam.start() - _REACH) : seam.start()]) if right else None
        if left and right:
            yield Seam(left[0], "", right[0], seam.start() - len(left[0]), right.end())


def is_site(seam: Seam) -> bool:
    """Return whether the right word is the ending of a site's name: 'Газета.Ru'."""
    return seam.right.lower() in _ENDINGS


def is_abbreviation(seam: Seam) -> bool:
    """Return whether the left word is an abbreviation: 'prof.Nowak'."""
    return seam.left.lower() in read_table("abbreviations")


def ends_sentence(seam: Seam, text: str) -> bool:
    """Return whether the mark ends a sentence; a full stop may be part of a name or an abbreviation."""
    if seam.mark != ".":
        return True
    if seam.left.islower():
        return len(seam.left) > _SHORT or seam.left in _words(text)
    # A name before the stop: 'Table.Briefings' is one, 'Rana.The' is none.
    return opens_sentences(seam.right) or seam.right.lower() in _words(text)


def opens_sentences(word: str) -> bool:
    """Return whether a word opens sentences, and ends no name."""
    return word.lower() in _function_words() or word.lower() in read_table("sentence_openers")


def ends_behind_name(seam: Seam, text: str) -> bool:
    """Return whether a full stop behind a name ends a sentence, in a text where a capital means a name.

    Names with a full stop inside ('Table.Briefings') stand in the text more than once, with others of their kind
    ('Table.Media'), at the start of a line or a quotation, or behind a word or two.
    """
    return (
        seam.left.lower() not in read_table("dotted_names")
        and is_between_sentences(seam, text)
        and len(re.findall(rf"{seam.left}\.\w", text)) == 1
        and _share_of_capitals(text) <= _MOST_CAPITALS
    )


def seams_before_names(text: str) -> Iterator[Seam]:
    """Yield the full stops behind a small word, where a sentence begins with a name: 'on tape.NBC has it'."""
    for mark in _JOINT.finditer(text):
        right = _NAME.match(text, mark.end())
        left = _LEFT.search(text[max(0, mark.start() - _REACH) : mark.start()]) if right else None
        if left and right and left[0].islower() and len(left[0]) > _SHORT:
            seam = Seam(left[0], mark[0], right[0], mark.start() - len(left[0]), right.end())
            if not is_site(seam) and not is_abbreviation(seam) and is_between_sentences(seam, text):
                yield seam


def is_between_sentences(seam: Seam, text: str) -> bool:
    """Return whether some words of a sentence stand before a seam and behind it."""
    above = _SENTENCE_ABOVE.search(text[max(0, seam.start - _REACH) : seam.start])
    below = _SENTENCE_BELOW.match(text, seam.end)
    return above is not None and below is not None and len(above[0].split()) >= _FEWEST_ABOVE


def is_pair_of_words(seam: Seam, text: str) -> bool:
    """Return whether the left word stands apart in the text, and the right one does too or opens sentences."""
    left, right = seam.left, seam.right
    opens, long = right in OPENERS, len(left) > 3 and len(right) > 3 and left.islower()
    if not (opens or long) or left not in _words(text):
        return False
    return opens or not _words(text).isdisjoint((right, right.lower()))


def _mended(seam: Seam) -> str | None:
    # The space goes before or after a mark that may open as well as close a quotation.
    return None if seam.mark.endswith(('"', "’")) else f"{seam.left}{seam.mark} {seam.right}"


@lru_cache(16)
def _words(text: str) -> frozenset[str]:
    """Return the words that stand apart in a text; asked for each seam of it in turn."""
    return frozenset(re.findall(r"(?<![\w.])[^\W\d_]{2,}(?!\w)", text))


@lru_cache(16)
def _share_of_capitals(text: str) -> float:
    """Return the share of the words of a text that begin with a capital."""
    words: list[str] = re.findall(r"[^\W\d_]{2,}", text[:_MEASURED])
    return sum(word[0].isupper() for word in words) / max(len(words), 1)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for words in load().words("function-words").values() for word in words)
