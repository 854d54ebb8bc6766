"""What is known of characters: tables for the kernel, from the classes that `copydesk.text` names."""

from __future__ import annotations

from functools import cache
from typing import Any

from copydesk.columns import pl
from copydesk.kernel import addresses
from copydesk.text import CLOSERS, ENDINGS, UNSPACED

__all__ = ["characters"]

#: As in kernel.c: how many characters have kinds, and how many an upper case; and the bit of each kind.
_KINDS, _UPPER = 0x40000, 0x20000
_WHITE, _UNSPACED, _ENDING, _CLOSER, _LOWER = 1, 2, 4, 8, 16

#: From here on an upper case is a place in the table of those that are several characters.
_SEVERAL = 1 << 31

#: What may stand among the marks that close a sentence.
_BETWEEN = " \t\u00a0\u200b\u200e\u200f"


def characters() -> Any:
    """Return the addresses of the tables, as the kernel takes them."""
    return addresses(*_tables())


@cache
def _tables() -> tuple[Any, Any, Any]:
    """Return the kinds, the upper case, and what is the upper case where that is several characters."""
    import numpy as np

    code = np.arange(_KINDS, dtype="<u4")
    code[0xD800:0xE000] = 0  # no characters
    all_ = pl.Series(list(code.tobytes().decode("utf-32-le")))
    kinds = np.zeros(_KINDS, np.uint8)
    for bit, pattern in ((_WHITE, r"\s"), (_UNSPACED, UNSPACED), (_LOWER, r"\p{Ll}")):
        kinds[all_.str.contains(pattern).to_numpy()] |= bit
    for bit, marks in ((_ENDING, ENDINGS), (_CLOSER, CLOSERS + _BETWEEN)):
        kinds[[ord(mark) for mark in marks]] |= bit
    upper, several = code[:_UPPER].copy(), np.zeros((256, 3), np.uint32)
    capitals = all_.head(_UPPER).str.to_uppercase()
    number = 0
    for at in (capitals != all_.head(_UPPER)).arg_true().to_list():
        capital = capitals[at]
        upper[at] = ord(capital) if len(capital) == 1 else _SEVERAL | number
        if len(capital) > 1:
            several[number, : len(capital)] = [ord(character) for character in capital]
            number += 1
    return kinds, upper, several
