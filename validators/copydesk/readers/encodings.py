"""Text that is not UTF-8: what it may be instead, and how to convert a file of it.

A row that is not UTF-8 is rejected: which letters are meant is a guess. The reason says what its bytes look like, and
`remedies` says for each file what can be done. The commands write another file, never the one that is read.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING

from copydesk.model.chunk import Rejected
from copydesk.readers.source import COMPRESSIONS, STDIN

if TYPE_CHECKING:
    import polars as pl

__all__ = ["convert_command", "not_utf8", "remedies", "stable_reason"]

_WESTERN = "WINDOWS-1252"
_NOT_UTF8, _IS_WESTERN, _IS_DAMAGED = "not UTF-8", f"; it may be {_WESTERN}", "; its other letters are UTF-8"

#: What Western text has not: bytes that stand for nothing in WINDOWS-1252, or four letters in a row that are not ASCII.
_NOT_WESTERN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]|[\x80-\xff]{4}")

_ASCII = bytes(range(128))
_MOST_FILES = 3

#: Counts the words of a file that have letters beyond ASCII, those first that are most frequent.
_LOOK = (
    r"LC_ALL=C grep -o '[[:alpha:]]*\([^[:print:][:space:]][[:alpha:]]*\)\{1,\}' < FILE | sort | uniq -c | sort -rn"
    " | head -20"
)


def not_utf8(data: bytes, where: str = "") -> str:
    """Return the reason why a row with such bytes is rejected.

    >>> not_utf8("He said: “Two cafés.”".encode("cp1252"), "at byte 10")
    'not UTF-8 at byte 10; it may be WINDOWS-1252'

    Args:
        data: the bytes of the row, or of more.
        where: the place of the first byte that is not UTF-8.
    """
    reason = f"{_NOT_UTF8} {where}".rstrip()
    letters = re.sub("[\0-\x7f]", "", data.decode("utf-8", "ignore"))
    others = len(data.translate(None, _ASCII)) - len(letters.encode())
    if len(letters) > others:
        return reason + _IS_DAMAGED
    return reason if _NOT_WESTERN.search(data) else reason + _IS_WESTERN


def remedies(rejected: Iterable[Rejected]) -> list[str]:
    """Say for the first few files with rows that are not UTF-8 what can be done, in a line each."""
    files: dict[str, set[str]] = {}
    for row in rejected:
        if row.reason.startswith(_NOT_UTF8) and (row.file in files or len(files) < _MOST_FILES):
            files.setdefault(row.file, set()).add(_kind(row.reason))
    return [_remedy(file, kinds) for file, kinds in files.items()]


def _kind(reason: str) -> str:
    return next((kind for kind in (_IS_WESTERN, _IS_DAMAGED) if reason.endswith(kind)), "")


def _remedy(file: str, kinds: set[str]) -> str:
    if kinds == {_IS_DAMAGED}:
        return (
            f"{file}: bytes of it are damaged. Fetch or write it again; to convert it would damage all other letters."
        )
    known = _IS_WESTERN in kinds
    command = convert_command(file, _WESTERN if known else "ENCODING")
    condition = "if all of it is Western text," if known else "find out its encoding (`iconv -l` lists all),"
    advice = f"{file}: {condition} convert it, and check the new file: `{command}`."
    if file == STDIN:
        return f"{advice} Look at what comes out before you trust it: quotation marks, € and accents must be right."
    look = _LOOK.replace("FILE", shlex.quote(_converted(file)))
    return (
        f"{advice} Before you trust it, look at its letters: `{look}`. Quotation marks, € and accents must be right. Ã©"
        " or â€™ in place of one mean that some of it was UTF-8."
    )


def convert_command(file: str, encoding: str) -> str:
    """Return the command for a shell that converts a file into another; what comes before copydesk in a pipe for '-'.

    >>> convert_command("it's new.csv.gz", "UTF-16")
    'gzip -dc < \\'it\\'"\\'"\\'s new.csv.gz\\' | iconv -f UTF-16 -t UTF-8 > \\'it\\'"\\'"\\'s new-utf8.csv\\''
    """
    if file == STDIN:
        return f"iconv -f {encoding} -t UTF-8 | copydesk check -"
    compression = COMPRESSIONS.get(PurePath(file).suffix.lower())
    source, target = shlex.quote(file), shlex.quote(_converted(file))
    if compression is None:
        return f"iconv -f {encoding} -t UTF-8 < {source} > {target}"
    return f"{compression} -dc < {source} | iconv -f {encoding} -t UTF-8 > {target}"


def _converted(file: str) -> str:
    """Return the name of the file to convert into: beside the other, and of the same format."""
    path = PurePath(file)
    if path.suffix.lower() in COMPRESSIONS:
        path = path.with_suffix("")
    return str(path.with_name(f"{path.stem}-utf8{path.suffix}"))


def stable_reason(reason: pl.Expr) -> pl.Expr:
    """Return reasons as baselines know them: those of rows that are not UTF-8 had another end once."""
    hint = "Latin-1: iconv -f LATIN1 -t UTF-8 FILE > NEW)"
    text = reason.str.replace(rf"^({_NOT_UTF8} at byte \d+)(; .*)?$", "${1} (if it is " + hint)
    return text.str.replace(rf"^({_NOT_UTF8}(?: at byte \d+ of the line)?)(; .*)?$", "${1} (if the file is " + hint)
