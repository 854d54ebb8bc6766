"""Text of articles on one line: for the terminal, for logs, and for files whose text is not markup.

What would not be seen is named, and so is what would be obeyed: a terminal takes escape sequences as commands,
and continuous integration takes lines of a job's log.
"""

from __future__ import annotations

import re
from itertools import accumulate

from rich.cells import cell_len

__all__ = ["cut", "quoted", "shown", "trimmed"]

_NAMED = re.compile(
    # Characters that a terminal would act on, that XML forbids, that show nothing, or that turn the reading
    # direction of what follows.
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
    # Commands of GitHub's runner: `::error ...::` once a line is wrapped before it, `##[error]` anywhere; Azure's
    # `##vso[...]` and TeamCity's `##teamcity[...]` are like the second.
    r"|:(?=:[\w-]+[ :])|#(?=#\w*\[)"
)


def shown(text: str) -> str:
    r"""Return text on one line, in which nothing is hidden and nothing is a command.

    >>> shown("a line\nand\x1b[31m red")
    'a line⏎and\\u001b[31m red'
    >>> shown("::error title=x::y, ##[add-mask]z")
    '\\u003a:error title=x::y, \\u0023#[add-mask]z'
    """
    lined = text.replace("\n", "⏎").replace("\t", " ")
    return _NAMED.sub(lambda m: f"\\u{ord(m[0]):04x}", lined)


def cut(text: str, columns: int) -> str:
    """Cut a text to so many columns of a terminal, where it can be between two words.

    >>> cut("the pier was torn away", 12)
    'the pier…'
    """
    if cell_len(text) <= columns:
        return text
    widths = accumulate(map(cell_len, text))
    kept = text[: next(n for n, width in enumerate(widths) if width > columns - 1)]
    head, space, tail = kept.rpartition(" ")
    return (head if space and len(tail) < 16 else kept).rstrip() + "…"


def trimmed(text: str, columns: int) -> str:
    """Return text as `shown`, cut to so many columns; of a long text, no more than is shown is looked at."""
    return cut(shown(text[: 4 * columns]), columns)


def quoted(text: str, columns: int) -> str:
    """Quote a text on one line, with its quotation marks closed where it is cut.

    >>> quoted("Hide Ad", 20)
    '“Hide Ad”'
    """
    return f"“{trimmed(text[: 4 * columns].strip(' '), columns - 2)}”"
