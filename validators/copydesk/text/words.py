"""The first and the last words of lines, as codes that are the same whatever the case.

A code holds eight bytes of the word. The code of a byte is the same for all characters that
`copydesk.text.expressions.normalised` makes the same. Up to twelve bytes of marks are skipped in search of a word.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from copydesk.lazy import np
from copydesk.native import functions
from copydesk.native.constants import APART, INSIDE, STRANGE, UNKNOWN
from copydesk.text.buffer import Text

__all__ = ["UNKNOWN", "FirstWords", "bare", "codes", "last_words"]


class FirstWords:
    """The first words of lines, as codes.

    Attributes:
        first, second: the code of each line's first word and of its second (UInt64); 0 where there is none.
        strange: whether the line begins with characters that may become others; `second` then is UNKNOWN.
    """

    def __init__(self, text: Text, begin: Any, end: Any) -> None:
        words = functions.code_first_words(codes(), text.data, *_places(begin, end))
        self.first, self.raw, self.second = words.first, words.raw, words.second
        self.strange, self.length = words.strange, words.length


def bare(text: Text, begin: Any, end: Any) -> tuple[Any, Any]:
    """Return where the first word of each line begins and the last one ends, up to 12 bytes inside the line."""
    return functions.strip_marks(codes(), text.data, *_places(begin, end))


def last_words(text: Text, begin: Any, end: Any) -> Any:
    """Return the code of the last eight bytes of each line's last word, the last one lowest; UNKNOWN as above."""
    return functions.code_last_words(codes(), text.data, *_places(begin, end))


def _places(begin: Any, end: Any) -> tuple[Any, Any]:
    return np.ascontiguousarray(begin, np.int64), np.ascontiguousarray(end, np.int64)


@cache
def codes() -> Any:
    """Return the code of a byte, by it and the byte after it (the higher one)."""
    known = np.full((256, 256), APART, np.uint8)  # the byte after it, the byte
    for byte in range(128):
        if chr(byte).isalnum():
            known[:, byte] = ord(chr(byte).lower())
    after = np.arange(0x80, 0xC0)
    known[:, 0x80:0xC0] = INSIDE
    known[0x8B:0x90, 0x80] = known[0xAA:0xAF, 0x80] = STRANGE  # U+200B to 200F, U+202A to 202E: not seen
    for lead in range(0xC2, 0xE0):
        known[after, lead] = [_code(chr((lead & 0x1F) << 6 | b & 0x3F)) for b in after]
    # The third byte of longer characters is left out: the cases of a letter differ in it alone.
    for lead in (0xE0, 0xE1, *range(0xE3, 0xEE)):
        known[after, lead] = 0x80 + (after * 37 + lead * 11) % 125
    known[0x80, 0xE3] = APART  # marks of full width
    # Letters and digits in circles, small, wide or in parts, which NFKC makes others.
    for lead, some in ((0xE1, (0x84, 0x85, 0x86, 0x87, 0xB2, 0xB4, 0xB5, 0xB6)), (0xE2, (0x81, 0x82, 0x84, 0x85))):
        known[np.array(some), lead] = STRANGE
    known[after, 0xEF] = known[after, 0xF0] = STRANGE
    known[0x9F, 0xF0] = APART  # emoji
    return known.reshape(-1)


def _code(character: str) -> int:
    """Return the code of a character of two bytes."""
    category = unicodedata.category(character)
    if category in ("Mn", "Cf", "Lm"):  # may join the characters around them, or vanish
        return STRANGE
    if category[0] not in "LN":
        return APART
    same = unicodedata.normalize("NFKC", character).lower().replace("ς", "σ")
    if len(same) != 1 or same.isascii():
        return STRANGE
    return 0x30 if category == "Nd" else 0x80 + ord(same) % 125
