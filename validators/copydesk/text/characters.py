"""What is known of characters: tables for the kernel, from the classes that `copydesk.text.expressions` names."""

from __future__ import annotations

from functools import cache
from typing import Any

from copydesk.lazy import np, pl
from copydesk.native import Addresses, addresses
from copydesk.text.expressions import CLOSERS, ENDINGS, UNSPACED

__all__ = ["characters"]

#: As in kernel.c: how many characters have kinds, and how many an upper case; and the bit of each kind.
_KINDS, _UPPER = 0x40000, 0x20000
_WHITE, _UNSPACED, _ENDING, _CLOSER, _LOWER = 1, 2, 4, 8, 16

#: From here on an upper case is a place in the table of those that are several characters.
_SEVERAL = 1 << 31

#: What may stand among the marks that close a sentence.
_BETWEEN = " \t\u00a0\u200b\u200e\u200f"


def characters() -> Addresses:
    """Return the addresses of the tables, as the kernel takes them."""
    return addresses(*_tables())


@cache
def _tables() -> tuple[Any, Any, Any]:
    """Return the kinds, the upper case, and what is the upper case where that is several characters."""
    code = np.arange(_KINDS, dtype="<u4")
    code[0xD800:0xE000] = 0  # no characters
    whole = pl.Series([code.tobytes().decode("utf-32-le")])
    kinds = np.zeros(_KINDS, np.uint8)
    for bit, pattern in ((_WHITE, r"\s"), (_UNSPACED, UNSPACED), (_LOWER, r"\p{Ll}")):
        kinds[_codes("".join(whole.str.extract_all(f"{pattern}+")[0]))] |= bit
    for bit, marks in ((_ENDING, ENDINGS), (_CLOSER, CLOSERS + _BETWEEN)):
        kinds[_codes(marks)] |= bit
    upper, several = code[:_UPPER].copy(), np.zeros((256, 3), np.uint32)
    upper[ord("\n")] = 0  # it parts the characters here
    parted = np.stack([upper, np.full(_UPPER, ord("\n"), "<u4")], 1).tobytes().decode("utf-32-le")
    capitals = _codes(pl.Series([parted]).str.to_uppercase()[0])
    ends = np.flatnonzero(capitals == ord("\n"))
    begin = np.r_[0, ends[:-1] + 1]
    upper[:] = capitals[begin]
    for number, at in enumerate(np.flatnonzero(ends - begin > 1)):
        upper[at] = _SEVERAL | number
        several[number, : ends[at] - begin[at]] = capitals[begin[at] : ends[at]]
    upper[ord("\n")] = ord("\n")
    return kinds, upper, several


def _codes(text: str) -> Any:
    """Return the numbers of characters in Unicode."""
    return np.frombuffer(text.encode("utf-32-le"), "<u4")
