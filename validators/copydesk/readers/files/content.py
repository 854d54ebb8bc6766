"""What a file holds, told from its first bytes: the content decides how it is read, and not the suffix.

Sources of the magic numbers: the specifications of Parquet, Arrow, ORC, SQLite, gzip (RFC 1952), zstd (RFC 8878), xz,
bzip2, zip (APPNOTE), PDF, HDF5, Avro and the compound files of old Office.
"""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.errors import InputError
from copydesk.model.chunk import Note
from copydesk.readers.files.compression import Stream
from copydesk.readers.formats import BY_SUFFIX, JSON_LINES, Format
from copydesk.readers.texts.text_headers import read_header

__all__ = ["choose_format", "format_of_file"]

_HEAD, _LONGEST_HEAD = 64 << 10, 1 << 20
_UTF8_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of content: its name, the suffix it is read by, and what to do where copydesk cannot read it."""

    name: str
    suffix: str
    remedy: str = "Convert it to JSON lines or Parquet."


_DOCUMENT = "Save its text as a file .txt, or its table as CSV."
_UNPACK = "Unpack it, and give what is in it."

_MAGIC: tuple[tuple[bytes, _Kind], ...] = (
    (b"PAR1", _Kind("Parquet", ".parquet")),
    (b"ARROW1", _Kind("Arrow IPC (Feather)", ".arrow")),
    (b"ORC", _Kind("ORC", ".orc")),
    (b"SQLite format 3\0", _Kind("an SQLite database", ".db")),
    (b"PK\x03\x04", _Kind("a zip archive", ".zip")),
    (b"PK\x05\x06", _Kind("an empty zip archive", ".zip")),
    (b"WARC/1.", _Kind("a web archive (WARC)", ".warc")),
    (b"7z\xbc\xaf\x27\x1c", _Kind("a 7z archive", ".7z", _UNPACK)),
    (b"Rar!", _Kind("a rar archive", ".rar", _UNPACK)),
    (b"%PDF-", _Kind("PDF", ".pdf", _DOCUMENT)),
    (b"{\\rtf", _Kind("RTF", ".rtf", _DOCUMENT)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _Kind("an old Excel table", ".xls")),
    (b"\x89HDF\r\n", _Kind("HDF5", ".h5")),
    (b"Obj\x01", _Kind("Avro", ".avro")),
    (b"\x93NUMPY", _Kind("a numpy array", ".npy")),
)

_HTML, _XML = _Kind("HTML", ".html"), _Kind("XML", ".xml")
_TAR = _Kind("a tar archive", ".tar")
_OFFICE = _Kind("a document of an Office program", ".docx", _DOCUMENT)
_TABLE, _OPEN_TABLE = _Kind("an Excel table", ".xlsx"), _Kind("an OpenDocument table", ".ods")
_MARKUP = (
    (re.compile(rb"(?i)(?:<\?xml[^>]*>\s*)?(?:<!--.{,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.DOTALL), _HTML),
    (re.compile(rb"<\?xml[\s?]"), _XML),
)

#: The names of files in a zip, as they stand before each (APPNOTE 4.3.7: 26 bytes, the lengths of name and extra).
_IN_ZIP = re.compile(rb"PK\x03\x04(?=.{26}([\x20-\x7e]{1,200}))", re.DOTALL)
#: What an old Word document calls its text, in UTF-16.
_WORD = "WordDocument".encode("utf-16-le")
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"

_JSON = ".json"
_OBJECT_IN_ARRAY = re.compile(rb'\[\s*\{\s*["}]')


def choose_format(stream: Stream) -> tuple[Format, tuple[Note, ...]]:
    """Return the format by which a stream must be read, and a note where its name says another.

    Raises:
        InputError: the content is of a kind that cannot be read, or a pointer of Git LFS.
    """
    named = BY_SUFFIX[stream.source.format]
    head = stream.read(_HEAD)
    if named.title.startswith("JSON") and len(head) == _HEAD and b"\n" not in head:  # the one line of a large file
        head += stream.read(_LONGEST_HEAD - _HEAD)
    stream.unread(head)
    _expect_no_pointer(head, stream.name)
    kind = _kind_of(head)
    if kind is not None and kind.suffix not in named.suffixes and not _may_hold(named, kind):
        if kind.suffix in BY_SUFFIX:
            return BY_SUFFIX[kind.suffix], (Note(stream.name, f"it holds {kind.name}, and is read as that"),)
        expected = "text" if named.title in _OF_TEXT else named.title
        raise InputError(f"{stream.name}: expected {expected}, got {kind.name}. {kind.remedy}")
    if named.title.startswith("JSON"):
        if stream.source.options.records is not None:
            return BY_SUFFIX[_JSON], ()
        form = _form_of_json(head)
        return (BY_SUFFIX[form], ()) if form else (named, ())
    if named.title in (*_OF_TEXT, *_OF_NO_TEXT) and (form := _json_in_text(head)):
        return BY_SUFFIX[form], (Note(stream.name, "it holds JSON, and is read as that"),)
    return named, ()


#: The formats of text that other content is found in.
_OF_TEXT = ("separated values", "plain text")

#: The formats that no text is in: a file of such a name that holds JSON was named wrongly.
_OF_NO_TEXT = ("Parquet", "Arrow", "ORC", "SQLite", "Excel", "archives")


def _may_hold(named: Format, kind: _Kind) -> bool:
    """Say whether a file of a format may begin as a kind of content does.

    Markup stands in many formats of text. What the first bytes of an Office file do not say, its name says.
    """
    if kind in (_HTML, _XML):
        return named.title not in (*_OF_TEXT, "JSON", JSON_LINES.title)
    return kind.suffix == ".zip" and named.title == "Excel"


#: How compressed files begin, the name of the compression, and what opens them.
_COMPRESSED: dict[bytes, tuple[str, Callable[..., Any]]] = {
    b"\x1f\x8b\x08": ("gzip", gzip.open),
    b"\xfd7zXZ\0": ("xz", lzma.open),
    b"BZh": ("bzip2", bz2.open),
}


def format_of_file(path: Path) -> tuple[str, str | None] | None:
    """Return the suffix and the compression by which a file of another name is read; None if its content says none.

    Raises:
        InputError: it is a pointer of Git LFS, or of a kind that cannot be read.
    """
    compression = None
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        for magic, (compression_, unpack) in _COMPRESSED.items():
            if head.startswith(magic):
                compression = compression_
                with unpack(path) as packed:
                    head = packed.read(_HEAD)
                break
    except (OSError, EOFError, lzma.LZMAError):
        return None
    _expect_no_pointer(head, str(path))
    kind = _kind_of(head)
    if kind is not None:
        if kind.suffix in BY_SUFFIX:
            return kind.suffix, compression
        raise InputError(f"{path}: holds {kind.name}, which copydesk does not read. {kind.remedy}")
    form = _json_in_text(head) or (".txt" if _is_posting(head) else None)
    return (form, compression) if form else None


def _is_posting(head: bytes) -> bool:
    """Say whether a text begins with the header block of a mail or a posting, as those of Usenet without suffix do."""
    header = read_header(head.decode("latin-1"))
    return header is not None and {"headline", "byline"} <= header.values.keys()


def _expect_no_pointer(head: bytes, name: str) -> None:
    if head.startswith(_LFS_POINTER):
        raise InputError(
            f"{name}: is a pointer of Git LFS, and not the file that it stands for. Fetch that: `git lfs pull`."
        )


def _kind_of(head: bytes) -> _Kind | None:
    """Return what the content is, where that is neither JSON nor text."""
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (len(magic) > 3 or _is_binary(head)):
            return _of_container(head, kind)
    if head[257:262] == b"ustar" and b"\0" in head[:100]:
        return _TAR
    text = head.removeprefix(_UTF8_BOM).lstrip()
    return next((kind for pattern, kind in _MARKUP if pattern.match(text)), None)


def _of_container(head: bytes, kind: _Kind) -> _Kind:
    """Return what a zip archive or an old Office file is, as the names in it say."""
    if kind.suffix == ".xls":
        return _OFFICE if _WORD in head else kind
    if kind.suffix != ".zip":
        return kind
    names = _IN_ZIP.findall(head)
    if any(name.startswith(b"xl/") for name in names):
        return _TABLE
    if names and names[0].startswith(b"mimetypeapplication/"):
        return _OPEN_TABLE if b"opendocument.spreadsheet" in names[0] else _OFFICE
    is_office = bool(names) and names[0].startswith(b"[Content_Types].xml")
    return _OFFICE if is_office and any(name.startswith((b"word/", b"ppt/")) for name in names) else kind


def _is_binary(head: bytes) -> bool:
    """Say whether the first bytes are no text, for magic numbers that a text may begin with."""
    return bool(re.search(rb"[\0-\x08\x0e-\x1f\x80-\xff]", head[:64]))


def _form_of_json(head: bytes) -> str | None:
    """Return the suffix of the form that JSON has: lines, or one document; None where that cannot be told."""
    text = head.removeprefix(_UTF8_BOM).lstrip()
    line, line_end, rest = text.partition(b"\n")
    line, rest = line.strip(), rest.lstrip()
    if text[:1] == b"[":
        return ".jsonl" if rest[:1] in (b"[", b"{") and _value(line) is not None else _JSON
    if text[:1] != b"{":
        return None
    if line.endswith(b"}") and rest[:1] == b"{":
        return ".jsonl"
    if not rest and len(head) < _LONGEST_HEAD and len(head) != _HEAD:
        return _JSON if isinstance(_value(line), dict) else None
    is_open = line.endswith((b"{", b"[", b",", b":"))
    return _JSON if line_end and is_open and rest[:1] in (b'"', b"{", b"[", b"]", b"}") and rest[:2] != b'{"' else None


def _json_in_text(head: bytes) -> str | None:
    """Return the suffix of the form of JSON that a file of another name holds; None where it is no JSON."""
    text = head.removeprefix(_UTF8_BOM).lstrip()
    if _OBJECT_IN_ARRAY.match(text):
        return _JSON
    line = text.partition(b"\n")[0].strip()
    if text[:1] == b"{" and isinstance(_value(line), dict):
        return _form_of_json(head) or ".jsonl"
    return _JSON if re.match(rb'\{\s*\n\s*"[^"\n]*"\s*:', text) else None


def _value(line: bytes) -> object:
    """Return the JSON value of a line; None where it is none."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
