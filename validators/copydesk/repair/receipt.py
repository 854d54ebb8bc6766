"""The receipt: what a run of repairs has changed, so that it can be read by people and taken back.

A file of JSON lines. The first names the form. Then comes a line for each article, and one for each file after its
articles. An article's `patches` are stretches of the content that was written: where each begins, what it was, and
what it is. In a format of columns, `values` are the values that the columns had.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import copydesk
from copydesk.errors import InputError, UsageError
from copydesk.readers import Source
from copydesk.repair.compressing import Form
from copydesk.repair.rewriting.pieces import Record

__all__ = ["Entry", "Receipt", "articles_of", "entries", "file_hash"]

_HEAD, _FORM = "copydesk_receipt", 1


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file as it is stored."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Receipt:
    """Writes a receipt line by line."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._put({_HEAD: _FORM, "copydesk": copydesk.__version__})

    def article(self, record: Record, patches: list[tuple[int, str, str]]) -> None:
        """Add an article that was changed."""
        repaired = record.repaired
        repairs = [
            {
                "field": field,
                "start": edit.start,
                "end": edit.end,
                "before": repaired.before[field][edit.start : edit.end],
                "after": edit.new,
                "findings": [{"check": r.check, "fingerprint": r.fingerprint} for r in edit.repairs],
            }
            for field, edits in repaired.edits.items()
            for edit in edits
        ]
        place = {"row": repaired.row, "line": repaired.line, "article_id": repaired.article_id}
        how = {"patches": patches} if record.values is None else {"values": record.values}
        self._put({"article_of": repaired.file, **place, "repairs": repairs, **how})

    def file(self, source: Source, output: Path, before: str, after: str, form: Form) -> None:
        """Add a file, after its articles; `before` and `after` are the hashes of what is stored."""
        known = {"format": source.format, "relative": source.relative, "form": form.as_json()}
        self._put({"file": source.name, "output": str(output), **known, "before": before, "after": after})

    def _put(self, line: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a receipt, and where in the receipt its articles begin."""

    file: str
    output: Path
    format: str
    relative: str
    form: Form
    before: str
    after: str
    at: int


def entries(path: Path) -> list[Entry]:
    """Return the files of a receipt.

    Raises:
        UsageError: it is no receipt.
        InputError: it cannot be read, or is damaged.
    """
    found = []
    at: int | None = None
    offset = 0
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                line = _object(path, raw, number)
                if number == 1:
                    _expect_head(path, line)
                elif "file" in line:
                    output, form = Path(line["output"]), Form.of_json(line["form"])
                    known = {name: str(line[name]) for name in ("file", "format", "relative", "before", "after")}
                    found.append(Entry(output=output, form=form, at=offset if at is None else at, **known))
                    at = None
                elif at is None:
                    at = offset
                offset += len(raw)
    except OSError as error:
        raise InputError(f"{path}: the receipt cannot be read: {error.strerror}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: the receipt is damaged: {error}.") from error
    if not offset:
        raise UsageError(f"{path}: this is no receipt: it is empty. Name a file that `fix --receipt` wrote.")
    if at is not None:
        raise InputError(f"{path}: the receipt is cut short: its last articles have no file.")
    return found


def articles_of(path: Path, entry: Entry) -> Iterator[dict[str, Any]]:
    """Yield the lines of the articles of a file."""
    with path.open("rb") as file:
        file.seek(entry.at)
        for raw in file:
            line = json.loads(raw)
            if line.get("article_of") != entry.file:
                return
            yield line


def _object(path: Path, raw: bytes, number: int) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except ValueError:
        line = None
    if not isinstance(line, dict):
        raise UsageError(f"{path}: line {number}: this is no receipt: expected an object of JSON on each line.")
    return line


def _expect_head(path: Path, line: Mapping[str, Any]) -> None:
    if line.get(_HEAD) != _FORM:
        raise UsageError(
            f"{path}: this is no receipt of form {_FORM}: expected the key {_HEAD} on its first line. Name a file that"
            " `fix --receipt` wrote."
        )
