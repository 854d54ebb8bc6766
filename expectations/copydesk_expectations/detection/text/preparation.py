"""Preparation: what the programs that make a data set out of articles leave in their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from copydesk_expectations.detection.text.escapes import escapes, quoted_printable
from copydesk_expectations.detection.text.leftover import Leftover
from copydesk_expectations.detection.text.markup import is_quoted
from copydesk_expectations.detection.text.tokens import (
    BRACKET,
    TOKEN_PIECES,
    brackets,
    joined_pieces,
    redactions,
    spaced_tokens,
    special_tokens,
)
from copydesk_expectations.tables import read_table

__all__ = ["leftovers_in", "literals"]

#: A body that is a value of a program, front matter of a page, and text that only fills a page.
_LITERAL = re.compile(r"\s*(?:b?(?P<quote>['\"]).*(?P=quote)|[\[{]\s*b?['\"].*['\"\]}]\s*[\]}])\s*", re.S)
_IN_LITERAL = re.compile(r"['\"]\s*[,:]\s*(?:['\"\[{\d]|null|None|true|True|false|False)|\\[nu]")
_FRONT_MATTER = re.compile(
    r"\A---[^\S\n]*\n(?:[A-Za-z_][\w -]{0,30}:[^\n]*\n|[^\S\n]*-[^\n]*\n){1,40}---[^\S\n]*(?=\n|\Z)"
)
_LOREM = re.compile(r"\blorem ipsum dolor[^\n]*", re.I)

#: A story of computers, of at most so many escapes or tokens, speaks of them.
_MENTIONS = 2
_SUBJECT = re.compile(
    r"\b(?:programm(?:er|ing)\w*|code|coding|software|regex\w*|Unicode|tokeni[sz]\w+|escape sequence|backslash\w*)\b",
    re.I,
)


def leftovers_in(text: str) -> list[dict[str, Any]]:
    """Find what preparation left in a text: `start`, `end`, `reason`, `mended`."""
    whole = [*literals(text)]
    if whole:
        return [leftover._asdict() for leftover in whole]
    alike = _folded(text)
    few = [x for x in _found(_MENTIONED, text, alike) if not is_quoted(text, x.start, x.end)]
    if 0 < len(few) <= _MENTIONS and _SUBJECT.search(text):
        few = [x for x in few if _is_between_sentences(text, x)]
    others = _found(_FINDERS, text, alike)
    found: list[Leftover] = []
    for leftover in sorted([*few, *others], key=lambda x: (x.start, -x.end)):
        if not found or leftover.start >= found[-1].end:
            found.append(leftover)
    if not any(BRACKET.search(text, x.start, x.end) for x in found):
        found += spaced_tokens(text)
    return [leftover._asdict() for leftover in found]


def _folded(text: str) -> str:
    """Return a text in one case: what `re.I` takes for the same becomes the same, and so do the Turkish letters."""
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def _found(finders: _Finders, text: str, alike: str) -> list[Leftover]:
    """Return what those finders find of which a piece stands in the folded text: a search for these takes no time."""
    there = [find for find, pieces in finders.items() if any(piece in alike for piece in pieces)]
    return [leftover for find in there for leftover in find(text)]


def _is_between_sentences(text: str, leftover: Leftover) -> bool:
    """Return whether one sentence ends before a leftover and another begins behind it: no sentence speaks of it."""
    before, behind = text[max(0, leftover.start - 2) : leftover.start], text[leftover.end : leftover.end + 2]
    return before.rstrip(" ")[-1:] in {".", "!", "?", "\n"} and behind.lstrip(" ")[:1].isupper()


def literals(text: str) -> Iterator[Leftover]:
    """Yield a body that is a value of a program as a whole."""
    head, tail = text[:200].lstrip()[:2], text[-200:].rstrip()[-1:]
    if head[:1] in ("b", "[", "{", '"', "'") and tail in ("'", '"', "]", "}") and _LITERAL.fullmatch(text):
        is_bytes = head in ("b'", 'b"')
        if is_bytes or (head[0] in "[{" and _IN_LITERAL.search(text)):
            start = len(text) - len(text.lstrip())
            yield Leftover(start, len(text.rstrip()), "the body is a value of JSON or of a program", None)


def front_matter(text: str) -> Iterator[Leftover]:
    """Yield the front matter of a page."""
    if m := _FRONT_MATTER.match(text):
        yield Leftover(*m.span(), "front matter of a page", "")


def filler(text: str) -> Iterator[Leftover]:
    """Yield Latin that fills a page."""
    for m in _LOREM.finditer(text):
        if text[m.start() - 1 : m.start()] not in ("“", '"', "‘", "'", "«", "„"):
            yield Leftover(m.start(), m.start() + len(m[0].rstrip()), "text that fills a page", "")


def assistant_talk(text: str) -> Iterator[Leftover]:
    """Yield sentences in which a language model speaks of itself, each at its start and not quoted."""
    for m in _assistant().finditer(text):
        end = _SENTENCE_END.search(text, m.end("words"))
        yield Leftover(m.start("words"), end.end() if end and end[0] != "\n" else m.end("words"), _ASSISTANT, None)


_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|[。！？]|\n|$")
_ASSISTANT = "words of a language model about itself"


@cache
def _assistant() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in read_table("assistant_phrases"))
    return re.compile(rf"(?:^|(?<=[.!?] ))(?P<words>{phrases})", re.I | re.M)


#: Finders, and the folded pieces of which one stands in each text that has what they find.
_Finders = Mapping[Callable[[str], Iterator[Leftover]], tuple[str, ...]]

#: What a story of computers may speak of.
_MENTIONED: _Finders = {escapes: ("\\",), special_tokens: TOKEN_PIECES}

_FINDERS: _Finders = {
    quoted_printable: ("=",),
    brackets: ("rb-", "sb-", "cb-"),
    redactions: ("@",),
    joined_pieces: ("@@ ", " ##", "\u2581"),
    front_matter: ("---",),
    filler: ("lorem ipsum",),
    assistant_talk: tuple(map(_folded, read_table("assistant_phrases"))),
}
