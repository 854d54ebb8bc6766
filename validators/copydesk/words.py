"""Words as bytes: where lines have their first and last words, and what those are, whatever their case.

A word is known by codes for eight of its bytes. The code of a byte is the same for all characters that
`copydesk.text.normalised` makes the same.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from copydesk.utf8 import Text

__all__ = ["UNKNOWN", "FirstWords", "bare", "last_words"]

#: Codes of bytes: no part of a word; inside a character, of no weight; a character that may become others.
_APART, _INSIDE, _STRANGE = 0, 0xFE, 0xFF

#: Bytes of a word that are looked at, and of a line, in search of its second word.
_WORD, _LINE = 8, 40

#: The code of a word that cannot be told.
UNKNOWN = 2**64 - 1

#: Marks at the edges of a line are skipped up to so many bytes.
_MARKS = 12


class FirstWords:
    """The first words of lines, as codes.

    Attributes:
        at: where the first word begins.
        first: its code (UInt64); raw: that of the first eight bytes, whatever part of words they are.
        strange: whether the line begins with characters that may become others.
        digit: whether it begins with a digit.
    """

    def __init__(self, text: Text, begin: Any, end: Any) -> None:
        self._pairs, self._end = _pairs_of(text), end
        self.at, lost = _first(self._pairs, begin, end)
        codes = _word(self._pairs, self.at, end)
        self.raw = codes.view("<u8").ravel()
        self.first = _up_to_gap(self.raw)
        self.strange = (codes == _STRANGE).any(axis=1)
        self.strange[lost] = True
        self.digit = (codes[:, 0] - 0x30) < 10  # below, it wraps around

    def second(self, chosen: Any) -> Any:
        """Return the code of the second word of chosen lines; 0 where there is none, UNKNOWN behind strange ones."""
        import numpy as np

        at, end = self.at[chosen], self._end[chosen]
        codes = _codes()[_windows(self._pairs, at, _LINE)] * (np.arange(_LINE) < (end - at)[:, None])
        gap = np.where((codes == _APART).any(axis=1), np.argmax(codes == _APART, axis=1), _LINE)
        again = (codes != _APART) & (codes != _INSIDE) & (np.arange(_LINE) > gap[:, None])
        place = at + np.argmax(again, axis=1)
        there = again.any(axis=1)
        word = _up_to_gap(_word(self._pairs, np.where(there, place, end), end).view("<u8").ravel())
        return np.where((codes == _STRANGE).any(axis=1), np.uint64(UNKNOWN), word)


def bare(text: Text, begin: Any, end: Any) -> tuple[Any, Any]:
    """Return where the first word of each line begins and the last one ends, up to _MARKS bytes inside the line."""
    pairs = _pairs_of(text)
    first, _ = _first(pairs, begin, end)
    last = _last(pairs, first, end)
    for _ in range(3):  # not inside a character
        first -= text.data[first] & 0xC0 == 0x80
        last += text.data[last] & 0xC0 == 0x80
    return first, last


def last_words(text: Text, begin: Any, end: Any) -> Any:
    """Return the code of the last eight bytes of the last word of each line, from the last one on; UNKNOWN as above."""
    import numpy as np

    pairs = _pairs_of(text)
    last = _last(pairs, begin, end)
    first = np.maximum(last - _WORD, begin)
    codes = np.ascontiguousarray(_word(pairs, first, last)[:, ::-1])
    code = codes.view("<u8").ravel() >> (8 * (_WORD - (last - first))).clip(0, 63).astype(np.uint64)
    code = np.where((codes == _STRANGE).any(axis=1), np.uint64(UNKNOWN), _up_to_gap(code))
    return np.where(last > first, code, np.uint64(0))


def _first(pairs: Any, begin: Any, end: Any) -> tuple[Any, Any]:
    """Return where the first word of each line begins, and the lines in which none was found."""
    import numpy as np

    at, left = begin.copy(), np.arange(len(begin))
    for _ in range(_MARKS):
        code = _codes()[pairs[at[left]]]
        left = left[((code == _APART) | (code == _INSIDE)) & (at[left] < end[left])]
        if not len(left):
            break
        at[left] += 1
    return at, left


def _last(pairs: Any, begin: Any, end: Any) -> Any:
    """Return where the last word of each line ends."""
    import numpy as np

    at, left = end.copy(), np.arange(len(end))
    for _ in range(_MARKS):
        left = left[at[left] > begin[left]]
        code = _codes()[pairs[at[left] - 1]]
        left = left[(code == _APART) | ((code == _INSIDE) & ~_in_word(pairs, at[left] - 1))]
        if not len(left):
            break
        at[left] -= 1
    return at


def _word(pairs: Any, at: Any, end: Any) -> Any:
    """Return the codes of eight bytes from each place on, those beyond the end of its line _APART."""
    import numpy as np

    codes = _codes()[_windows(pairs, at, _WORD)]
    cut = np.flatnonzero(end - at < _WORD)
    codes[cut] *= np.arange(_WORD) < (end - at)[cut, None]
    return codes


def _in_word(pairs: Any, at: Any) -> Any:
    """Say whether the character that a byte is inside of is a part of a word."""
    import numpy as np

    known = np.zeros(len(at), bool)
    looking = np.ones(len(at), bool)
    for back in range(1, 4):
        pair = pairs[np.maximum(at - back, 0)]
        lead = looking & ((pair & 0xFF) >= 0xC0)
        known |= lead & (_codes()[pair] != _APART)
        looking &= ~lead
    return known


def _pairs_of(text: Text) -> Any:
    """Return each byte of a text with the byte after it."""
    import numpy as np

    return np.ndarray((len(text.data) - 1,), "<u2", text.data, 0, (1,))


def _windows(pairs: Any, at: Any, width: int) -> Any:
    import numpy as np

    short = max(0, int(at.max(initial=0)) + width - len(pairs))
    if short:
        pairs = np.append(pairs, np.zeros(short, "<u2"))
    return np.lib.stride_tricks.sliding_window_view(pairs, width)[at]


def _up_to_gap(codes: Any) -> Any:
    """Keep of eight codes those before the first _APART."""
    import numpy as np

    each = np.uint64(0x0101010101010101)
    zero = (codes - each) & ~codes & (each << np.uint64(7))
    lowest = zero & (~zero + np.uint64(1))
    mask = np.where(zero == 0, np.uint64(2**64 - 1), (lowest >> np.uint64(7)) - np.uint64(1))
    return codes & mask


@cache
def _codes() -> Any:
    """Return the code of a byte, by it and the byte after it (the higher one)."""
    import numpy as np

    codes = np.full((256, 256), _APART, np.uint8)  # the byte after it, the byte
    for byte in range(128):
        if chr(byte).isalnum():
            codes[:, byte] = ord(chr(byte).lower())
    after = np.arange(0x80, 0xC0)
    codes[:, 0x80:0xC0] = _INSIDE
    codes[0x8B:0x90, 0x80] = codes[0xAA:0xAF, 0x80] = _STRANGE  # U+200B to 200F, U+202A to 202E: not seen
    for lead in range(0xC2, 0xE0):
        codes[after, lead] = [_code(chr((lead & 0x1F) << 6 | b & 0x3F)) for b in after]
    # Of longer characters the third byte is left out: in it alone do the cases of a letter differ.
    for lead in (0xE0, 0xE1, *range(0xE3, 0xEF), 0xF0):
        codes[after, lead] = 0x80 + (after * 37 + lead * 11) % 125
    codes[0x80, 0xE3] = codes[0x9F, 0xF0] = _APART  # marks of full width; emoji
    # Letters and digits in circles, small, wide or in parts, which NFKC makes others.
    for lead, some in ((0xE1, (0x84, 0x85, 0x86, 0x87, 0xB2, 0xB4, 0xB5, 0xB6)), (0xE2, (0x81, 0x82, 0x84, 0x85))):
        codes[np.array(some), lead] = _STRANGE
    codes[after, 0xEF] = codes[0x9D, 0xF0] = _STRANGE
    return codes.reshape(-1)


def _code(character: str) -> int:
    """Return the code of a character of two bytes."""
    category = unicodedata.category(character)
    if category in ("Mn", "Cf", "Lm"):  # may join the characters around them, or vanish
        return _STRANGE
    if category[0] not in "LN":
        return _APART
    same = unicodedata.normalize("NFKC", character).lower().replace("ς", "σ")
    if len(same) != 1 or same.isascii():
        return _STRANGE
    return 0x30 if category == "Nd" else 0x80 + ord(same) % 125
