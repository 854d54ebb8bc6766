"""Readings: what a text was, if it was written in one encoding and read in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

__all__ = ["NAMES", "Reading", "decoded_as", "encoded_as", "readings"]

#: The codecs of Python, and the names that people know.
NAMES = {
    "utf-8": "UTF-8",
    "latin-1": "Latin-1",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "cp874": "Windows-874",
    "iso8859-2": "ISO-8859-2",
    "iso8859-5": "ISO-8859-5",
    "iso8859-7": "ISO-8859-7",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "cp437": "code page 437",
    "cp850": "code page 850",
    "cp866": "code page 866",
    "mac_roman": "Mac Roman",
    "gbk": "GBK",
    "cp950": "Big5",
    "cp949": "EUC-KR",
    "euc_jp": "EUC-JP",
    "cp932": "Shift_JIS",
}

#: Encodings of several bytes a letter.
_WIDE = ("gbk", "cp950", "cp949", "euc_jp", "cp932")

#: What texts are read as by mistake: the encodings of old computers in one region or another.
_WRONG = (
    *("latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "cp1257", "cp874"),
    "iso8859-2",
    *("koi8-r", "cp437", "cp866", "mac_roman", *_WIDE),
)

#: What they were. Of two encodings that give the same text, the first gives its name.
_RIGHT = tuple(codec for codec in NAMES if codec not in ("latin-1", "cp437"))

#: What is no character of a text.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff]")

_BEYOND = re.compile("[^\x00-\x7f]")
_CJK = re.compile("[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]")


class Reading(NamedTuple):
    """What a text was: `mended`, in `right`, which was read as `wrong`. `whole`: all of it could be read."""

    wrong: str
    right: str
    mended: str
    whole: bool


def readings(text: str, pairs: Iterator[tuple[str, str]] | None = None) -> Iterator[Reading]:
    """Yield what a text can have been, each mended text once.

    Args:
        text: a text with a character beyond ASCII.
        pairs: the wrong encodings and the right ones to try; without it, all of them.
    """
    seen = {text}
    tried: dict[str, list[bytes | str] | None] = {}
    for wrong, right in pairs or _pairs():
        if wrong not in tried:
            tried[wrong] = encoded_as(text, wrong)
        pieces = tried[wrong]
        reading = pieces and decoded_as(pieces, right)
        if reading and reading[0] not in seen:
            seen.add(reading[0])
            yield Reading(wrong, right, *reading)


def _pairs() -> Iterator[tuple[str, str]]:
    return ((wrong, right) for wrong in _WRONG for right in _RIGHT if wrong != right)


def encoded_as(text: str, codec: str) -> list[bytes | str] | None:
    """Return the bytes that a text was read from; characters that the encoding lacks stay between them as they are.

    None where the encoding lacks more than a tenth of the characters beyond ASCII, or half of their kinds.
    """
    if codec in _WIDE:
        if 2 * len(_CJK.findall(text)) < len(_BEYOND.findall(text)):
            return None  # these encodings have Greek and Cyrillic letters too
        try:
            return [text.encode(codec)]
        except UnicodeEncodeError:
            return None
    table = _bytes_of(codec)
    kinds = set(_BEYOND.findall(text))
    strange = {c for c in kinds if ord(c) not in table}
    if 2 * len(strange) > len(kinds) or 10 * sum(map(text.count, strange)) > sum(map(text.count, kinds)):
        return None
    if not strange:
        return [text.translate(table).encode("latin-1")]
    parts = re.split(f"([{re.escape(''.join(sorted(strange)))}]+)", text)
    return [part if part[:1] in strange else part.translate(table).encode("latin-1") for part in parts]


@cache
def _bytes_of(codec: str) -> dict[int, int]:
    """Return the byte of each character's number; bytes that an encoding lacks were read as Latin-1 has them."""
    table = {i: i for i in range(0x80)}
    for i in range(0x80, 0x100):
        character = bytes([i]).decode(codec, errors="ignore")
        table[ord(character or chr(i))] = i
        if codec == "cp1252" and i < 0xA0:
            table[i] = i
    return table


def decoded_as(pieces: list[bytes | str], codec: str) -> tuple[str, bool] | None:
    """Return bytes as another encoding reads them, and whether all could be read: the last letter may be cut in half.

    None where they are no text in it.
    """
    mended, whole = "", True
    for n, piece in enumerate(pieces):
        if isinstance(piece, str):
            mended += piece
            continue
        try:
            mended += piece.decode(codec)
        except UnicodeDecodeError as error:
            if n < len(pieces) - 1 or error.start < len(piece) - 3 or error.start < 0.8 * len(piece):
                return None
            mended, whole = mended + piece[: error.start].decode(codec), False
    return None if _NO_TEXT.search(mended) else (mended, whole)
