"""Text of articles on one line: for the terminal, for logs, and for files whose text is not markup.

Characters that nobody would see are written as escapes. So are commands: a terminal obeys escape sequences, and
continuous integration obeys some lines of a job's log.
"""

from __future__ import annotations

import re
from itertools import accumulate

from rich.cells import cell_len

__all__ = ["cut", "printable", "quotation", "trim"]

_NAMED = re.compile(
    # Characters that a terminal obeys, that XML forbids, that show nothing, or that change the reading direction.
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
    # GitHub's runner obeys `::error ...::` at the start of a line, where a wrap may put it, and `##[error]` anywhere.
    # Azure's `##vso[...]` and TeamCity's `##teamcity[...]` are like the second.
    r"|:(?=:[\w-]+[ :])|#(?=#\w*\[)"
)


def printable(text: str) -> str:
    r"""Return text on one line, with unseen characters and commands written as escapes.

    >>> printable("a line\nand\x1b[31m red")
    'a line⏎and\\u001b[31m red'
    >>> printable("::error title=x::y, ##[add-mask]z")
    '\\u003a:error title=x::y, \\u0023#[add-mask]z'
    """
    lined = text.replace("\n", "⏎").replace("\t", " ")
    return _NAMED.sub(lambda m: f"\\u{ord(m[0]):04x}", lined)


def cut(text: str, columns: int) -> str:
    """Cut a text to a number of columns of a terminal, between two words where one ends nearby.

    >>> cut("the pier was torn away", 12)
    'the pier…'
    """
    if cell_len(text) <= columns:
        return text
    widths = accumulate(map(cell_len, text))
    beginning = text[: next(n for n, width in enumerate(widths) if width > columns - 1)]
    head, space, tail = beginning.rpartition(" ")
    return (head if space and len(tail) < 16 else beginning).rstrip() + "…"


def trim(text: str, columns: int) -> str:
    """Return printable text, cut to a number of columns. Only the beginning of a long text is read."""
    return cut(printable(text[: 4 * columns]), columns)


def quotation(text: str, columns: int) -> str:
    """Return a text in quotation marks on one line, cut to a number of columns.

    >>> quotation("Hide Ad", 20)
    '“Hide Ad”'
    """
    return f"“{trim(text[: 4 * columns].strip(' '), columns - 2)}”"
