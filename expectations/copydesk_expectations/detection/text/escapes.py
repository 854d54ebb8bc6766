"""Escapes: characters that stand in a text as a program or a mail writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from copydesk_expectations.detection.text.leftover import Leftover

__all__ = ["escapes", "quoted_printable"]

#: Escape sequences of JSON and of programming languages, and sequences of UTF-8 in quoted-printable.
_CODE_POINT = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2})+")
_LINE_BREAKS = re.compile(r"(?:\\r)?(?:\\[nt])+(?:\\r|\\[nt])*")
_PRINTABLE = re.compile(r"(?:=[0-9A-F]{2}){2,}")

#: A word is looked at so far.
_WORD = 60

#: An escaped break stands between sentences, or between a sentence and a quotation.
_BEFORE_BREAK = re.compile(r"[^\w\\/:][\"”’»)\]]?$|^$|[^\W\d_]$")
_AFTER_BREAK = re.compile(r"[A-ZÀ-ÞΑ-ΩА-ЯЁ\"“„«‘'(\\—–-]|[^\x00-\u0590]|\s|$")

#: A path of Windows, or code: backslashes within it are no escapes.
_PATH = re.compile(r"[\"“(]?(?:[A-Za-z]:\\|\\\\[\w.-]+\\)")

_CHUNK = re.compile(r"\S+")


def escapes(text: str) -> Iterator[Leftover]:
    """Yield escape sequences: breaks alone, other characters with the word that they are in."""
    paths = [m.span() for m in _CHUNK.finditer(text) if _PATH.match(m[0])]
    breaks = [m for m in _LINE_BREAKS.finditer(text) if _is_break(text, m)]
    points = [*_CODE_POINT.finditer(text)]
    for m in breaks if len(breaks) > 1 or any(m[0].count("\\") > 1 for m in breaks) else ():
        if not any(start <= m.start() < end for start, end in paths):
            yield Leftover(*m.span(), "an escaped line break", "\n" * m[0].count("\\n") or " ")
    reason, end = "escape sequences for characters", 0
    for m in points:
        if m.start() >= end and not any(start <= m.start() < end for start, end in paths):
            start, end = _word_around(text, *m.span())
            yield Leftover(start, end, reason, _unescaped(text[start:end]))


def _is_break(text: str, match: re.Match[str]) -> bool:
    """Return whether an escaped break stands where a paragraph can end and another can begin."""
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 1]
    return bool(_BEFORE_BREAK.search(before) and _AFTER_BREAK.match(after))


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the word starts and ends that has an escape sequence; escaped breaks end it."""
    left = re.split(r"\s|\\[nrt]", text[max(0, start - _WORD) : start])[-1]
    right = re.split(r"\s|\\[nrt]", text[end : end + _WORD])[0]
    return start - len(left), end + len(right)


def _unescaped(word: str) -> str | None:
    """Return a word with its escape sequences as characters; None where they are none."""
    try:
        json_like = _CODE_POINT.sub(lambda m: m[0].replace("\\x", "\\u00"), word)
        mended = _CODE_POINT.sub(lambda m: str(json.loads(f'"{m[0]}"')), json_like)
        mended.encode()
    except (ValueError, UnicodeEncodeError):
        return None
    return mended if mended.isprintable() else None


def quoted_printable(text: str) -> Iterator[Leftover]:
    """Yield characters as mail writes them: '=C3=A9'."""
    for m in _PRINTABLE.finditer(text):
        try:
            yield Leftover(*m.span(), "characters in quoted-printable", bytes.fromhex(m[0].replace("=", "")).decode())
        except UnicodeDecodeError:
            continue
