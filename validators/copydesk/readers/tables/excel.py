"""Excel and OpenDocument tables (.xlsx, .xlsm, .xlsb, .xls, .ods): the rows of a sheet; needs `copydesk[excel]`.

A sheet is named as in `news.xlsx::Sheet1`. Without a name the one sheet is read that has a column for the body in its
first row. Dates are written as ISO 8601. `row` counts the records after the header, and `line` is the row of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import IO, Any

from copydesk.errors import InputError, MappingError, did_you_mean
from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.row_chunks import Record, chunks_of, with_all_bytes
from copydesk.readers.files.compression import Stream, with_places
from copydesk.readers.files.extras import load

__all__ = ["read"]

#: A cell of Excel holds at most so many characters: a text of this length was cut by it.
_LONGEST_CELL = 32_767


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read a sheet, a chunk for about chunk_bytes characters.

    Raises:
        NoArticlesError: the sheet has no rows after its header.
        InputError: the file is damaged or no table, or the sheet is not there, or it must be named.
        MissingExtraError: the extra `excel` is not installed.
        MappingError: no column holds the body, or a mapped or extra one is not there.
    """
    calamine = load("python_calamine", "excel", stream.name)
    with with_places(stream) as file:
        try:
            book = calamine.CalamineWorkbook.from_object(file if isinstance(file, str) else _in_memory(file))
            sheet, header = _sheet(book, stream, wanted)
            rows = _rows(book, sheet, header)
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise InputError(
                f"{stream.name}: expected an Excel or OpenDocument table, got one that is damaged, encrypted or no such"
                f" table ({error}). Save it again, or as CSV."
            ) from error
        chunks = chunks_of(rows, stream, wanted, chunk_bytes, expected=f"rows in the sheet {sheet!r}")
        yield from with_all_bytes(chunks, stream)


def _in_memory(file: IO[bytes]) -> BytesIO:
    return BytesIO(file.read())


def _sheet(book: Any, stream: Stream, wanted: Wanted) -> tuple[str, list[str]]:
    """Return the name of the sheet to read, and the names of its columns."""
    names = list(book.sheet_names)
    headers = {name: _header(book, name) for name in names}
    named = stream.source.member
    there = f"The sheets are {', '.join(names) or 'none'}."
    if named is not None:
        if named not in headers:
            raise InputError(f"{stream.name}: there is no sheet {named!r}.{did_you_mean(named, names)} {there}")
        return named, headers[named]
    with_body = [name for name in names if _has_body(headers[name], wanted)]
    if len(with_body) == 1 or len(names) == 1:
        name = (with_body or names)[0]
        return name, headers[name]
    got = f"{len(with_body)} of them: {', '.join(with_body)}" if with_body else "none"
    raise InputError(
        f"{stream.name}: expected one sheet with a column for the text of the articles, got {got}. Name the sheet, as"
        f" in {stream.name}::{(with_body or [*names, 'SHEET'])[0]}. {there}"
    )


def _header(book: Any, name: str) -> list[str]:
    for row in book.get_sheet_by_name(name).iter_rows():
        return ["" if cell is None else str(cell).strip() for cell in row]
    return []


def _has_body(header: list[str], wanted: Wanted) -> bool:
    try:
        wanted.find([name for name in header if name], "")
    except MappingError:
        return False
    return True


def _rows(book: Any, sheet: str, header: list[str]) -> Iterator[Record]:
    table = book.get_sheet_by_name(sheet)
    first = (table.start or (0, 0))[0]
    for number, row in enumerate(table.iter_rows()):
        if not number or not any(cell not in (None, "") for cell in row):  # the header, and blank rows
            continue
        values = {name: _value(cell) for name, cell in zip(header, row, strict=False) if name}
        size = sum(len(value) for value in values.values() if isinstance(value, str))
        yield Record(values, first + number + 1, size)


def _value(cell: object) -> object:
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return None if cell == "" else cell
