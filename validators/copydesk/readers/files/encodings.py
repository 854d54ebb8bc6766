"""Text that is not UTF-8: what it may be instead, and how to convert a file of it.

A row that is not UTF-8 is rejected: which letters are meant is a guess. The reason says what its bytes look like, and
`remedies` says for each file which encoding it most likely has, and the command that reads it so.
"""

from __future__ import annotations

import codecs
import gzip
import re
import shlex
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, cast

from copydesk.model.chunk import Rejected
from copydesk.readers.files.source import COMPRESSIONS, STDIN, check_command

if TYPE_CHECKING:
    import polars as pl

__all__ = ["convert_command", "detect", "not_utf8", "read_command", "remedies", "stable_reason"]

_WESTERN = "WINDOWS-1252"
_NOT_UTF8, _IS_WESTERN, _IS_DAMAGED = "not UTF-8", f"; it may be {_WESTERN}", "; its other letters are UTF-8"

#: What Western text has not: bytes that stand for nothing in WINDOWS-1252, or four letters in a row that are not ASCII.
_NOT_WESTERN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]|[\x80-\xff]{4}")

_ASCII = bytes(range(128))
_MOST_FILES = 3

#: So much of the text is looked at to tell its encoding.
_DETECTED = 256 << 10

#: Encodings that others are a part of: who writes ISO 8859-1 or GB 2312 today means these.
_SUPERSETS = {"iso8859-1": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}


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
    data = _beyond_ascii(file)
    encoding = detect(data) or ("cp1252" if _IS_WESTERN in kinds else None)
    if encoding is None:
        return (
            f"{file}: find out its encoding (`iconv -l` lists all), and read it as that:"
            f" `{read_command(file, 'ENCODING')}`. Quotation marks, € and accents must be right."
        )
    if any(map(_is_utf8, data.splitlines())):
        return (
            f"{file}: some of its lines are UTF-8, and others most likely {encoding}: no one encoding reads it. Fetch"
            " or write it again."
        )
    return (
        f"{file}: its text is most likely {encoding}. Read it as that: `{read_command(file, encoding)}`. Look at a few"
        " findings before you trust it: quotation marks, € and accents must be right."
    )


def _is_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8, with two letters beyond ASCII or more."""
    try:
        return len(re.findall(r"[^\0-\x7f]", data.decode())) > 1
    except UnicodeDecodeError:
        return False


def detect(data: bytes) -> str | None:
    """Return the encoding that text most likely has, as Python names it; None if that cannot be told.

    The detector is chardet 7, which was right about all of our files; charset-normalizer was wrong about Western ones.
    """
    if not data:
        return None
    import chardet  # late: only files that are not UTF-8 need it

    found = chardet.detect(data)["encoding"]
    if found is None:
        return None
    try:
        name = codecs.lookup(found).name
    except LookupError:
        return None
    name = _SUPERSETS.get(name, name)
    return None if name in ("ascii", "utf-8") else "cp1252" if _is_western(data, name) else name


def _is_western(data: bytes, encoding: str) -> bool:
    """Say whether text reads the same as Windows-1252: it has no letter that tells them apart."""
    try:
        return encoding.startswith("cp125") and data.decode("cp1252") == data.decode(encoding)
    except UnicodeDecodeError:
        return False


def _beyond_ascii(file: str) -> bytes:
    """Return the lines of a file that are more than ASCII, up to a limit; nothing where it cannot be read."""
    lines: list[bytes] = []
    size = 0
    try:
        with _open(file) as stream:
            while size < _DETECTED and (line := stream.readline(_DETECTED)):
                if not line.isascii():
                    lines.append(line)
                    size += len(line)
    except (OSError, EOFError, ValueError):
        return b""
    return b"".join(lines)


def _open(file: str) -> IO[bytes]:
    compression = COMPRESSIONS.get(PurePath(file).suffix.lower())
    if compression == "gzip":
        return cast("IO[bytes]", gzip.open(file))
    if compression is not None or file == STDIN:
        raise ValueError(f"{file} is not looked into")
    return Path(file).open("rb")


def read_command(file: str, encoding: str) -> str:
    """Return the command that reads a file in an encoding.

    >>> read_command("my news.csv", "cp1252")
    "copydesk check 'my news.csv' --encoding cp1252"
    """
    return check_command(file, "--encoding", encoding)


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
