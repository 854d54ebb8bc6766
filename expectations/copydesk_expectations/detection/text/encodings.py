"""Encodings: UTF-8 that was read in another encoding, and what it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

__all__ = ["C1", "Run", "misread_runs"]

#: Control characters that no text has, but that one-byte encodings leave where letters were.
C1 = re.compile("[\u0080-\u0084\u0086-\u009f][\u0080-\u0084\u0086-\u009f]*")


class Run(NamedTuple):
    """Characters of a text that can be UTF-8 in the wrong encoding `codec`, and what they would be."""

    text: str
    start: int
    end: int
    mended: str
    codec: str

    @property
    def broken(self) -> str:
        """The characters as they stand."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The character before, or nothing."""
        return self.text[self.start - 1 : self.start]

    @property
    def after(self) -> str:
        """The character behind, or nothing."""
        return self.text[self.end : self.end + 1]

    @property
    def in_word(self) -> bool:
        """Whether a small letter stands on either side."""
        return self.before.islower() or self.after.islower()


def misread_runs(text: str, spans: list[tuple[int, int]]) -> Iterator[list[Run]]:
    """Yield, for each wrong encoding, the runs in some spans of a text that can be UTF-8 read in it."""
    for codec, byte, pattern in _codecs():
        runs = [(m, _decoded(m[0], byte)) for span in spans for m in pattern.finditer(text, *span)]
        yield [Run(text, *m.span(), mended, codec) for m, mended in runs if mended]


@cache
def _codecs() -> tuple[tuple[str, dict[str, int], re.Pattern[str]], ...]:
    """Return for each wrong encoding its name, the byte of each character, and what UTF-8 looks like in it."""
    made = []
    for codec in ("cp1252", "cp1250", "cp1251", "mac_roman"):
        byte: dict[str, int] = {chr(i): i for i in range(0x80, 0xA0)} if codec == "cp1252" else {}
        for i in range(0x80, 0x100):
            character = bytes([i]).decode(codec, errors="ignore")
            byte[character or chr(i)] = i

        def of(low: int, high: int, byte: dict[str, int] = byte) -> str:
            return "[" + "".join(re.escape(c) for c, i in byte.items() if low <= i <= high) + "]"

        more = of(0x80, 0xBF)
        sequence = f"{of(0xC2, 0xDF)}{more}|{of(0xE0, 0xEF)}{more}{more}|{of(0xF0, 0xF4)}{more}{more}{more}"
        made.append((codec, byte, re.compile(f"(?:{sequence})+")))
    return tuple(made)


def _decoded(run: str, byte: dict[str, int]) -> str | None:
    """Read a run as the UTF-8 that it was, as often as it was misread; None where it was none."""
    mended = None
    while True:
        try:
            run = bytes(byte[c] for c in run).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return mended
        if all(unicodedata.category(c)[0] in "LMNPSZ" or c in "\u00ad\ufeff\u200b\u200e\u200f\u200d" for c in run):
            mended = run
        elif not C1.search(run):
            return mended
