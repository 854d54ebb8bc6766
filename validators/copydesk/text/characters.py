"""Tables of characters for the native part, made from the classes that `copydesk.text.expressions` names."""

from __future__ import annotations

from functools import cache
from typing import Any

from copydesk.lazy import np, pl
from copydesk.native.constants import CLOSER, ENDING, KINDS, LOWER, SEVERAL, SEVERAL_ROWS, UPPER, WHITE
from copydesk.native.constants import UNSPACED as UNSPACED_KIND
from copydesk.native.functions import CharacterTables
from copydesk.text.expressions import CLOSERS, ENDINGS, UNSPACED

__all__ = ["characters"]

#: White space that may stand between the marks that close a sentence.
_BETWEEN = " \t\u00a0\u200b\u200e\u200f"


@cache
def characters() -> CharacterTables:
    """Return the tables: the kinds, the upper case, and the upper case where that is several characters."""
    code = np.arange(KINDS, dtype="<u4")
    code[0xD800:0xE000] = 0  # no characters
    whole = pl.Series([code.tobytes().decode("utf-32-le")])
    kinds = np.zeros(KINDS, np.uint8)
    for bit, pattern in ((WHITE, r"\s"), (UNSPACED_KIND, UNSPACED), (LOWER, r"\p{Ll}")):
        kinds[_codes("".join(whole.str.extract_all(f"{pattern}+")[0]))] |= bit
    for bit, marks in ((ENDING, ENDINGS), (CLOSER, CLOSERS + _BETWEEN)):
        kinds[_codes(marks)] |= bit
    upper, several = code[:UPPER].copy(), np.zeros((SEVERAL_ROWS, 3), np.uint32)
    upper[ord("\n")] = 0  # it separates the characters here
    separated = np.stack([upper, np.full(UPPER, ord("\n"), "<u4")], 1).tobytes().decode("utf-32-le")
    capitals = _codes(pl.Series([separated]).str.to_uppercase()[0])
    ends = np.flatnonzero(capitals == ord("\n"))
    begin = np.r_[0, ends[:-1] + 1]
    upper[:] = capitals[begin]
    for number, at in enumerate(np.flatnonzero(ends - begin > 1)):
        upper[at] = SEVERAL | number
        several[number, : ends[at] - begin[at]] = capitals[begin[at] : ends[at]]
    upper[ord("\n")] = ord("\n")
    return CharacterTables(kinds, upper, several)


def _codes(text: str) -> Any:
    """Return the code points of characters."""
    return np.frombuffer(text.encode("utf-32-le"), "<u4")
