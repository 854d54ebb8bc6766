"""SQLite (.db, .sqlite, .sqlite3): a table of a database, named as in `news.db::articles`.

Without a name the one table is read that has a column for the body. The database is opened so that nothing is written,
no extension is loaded, and no view or trigger of its own is trusted. A row with text that is not UTF-8 is rejected.
There are rows, but no lines.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.parse import quote

from copydesk.errors import InputError, MappingError, did_you_mean
from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.json_values import UnreadableError
from copydesk.readers.fields.row_chunks import Record, chunks_of, with_all_bytes
from copydesk.readers.files.compression import Stream, with_places
from copydesk.readers.files.encodings import not_utf8
from copydesk.temporary import TemporaryFolder

__all__ = ["read"]

_COPY_BYTES = 4 << 20

#: The longest text or blob that a database may hand over.
_LONGEST = 128 << 20


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read a table, a chunk for about chunk_bytes characters.

    Raises:
        NoArticlesError: the table has no rows.
        InputError: the file is damaged or no database, or the table is not there, or it must be named.
        MappingError: no column holds the body, or a mapped or extra one is not there.
    """
    with with_places(stream) as file:
        if isinstance(file, str):
            yield from _in_file(Path(file), stream, wanted, chunk_bytes)
            return
        with TemporaryFolder() as folder:  # SQLite opens names alone
            copy = folder / "copy.db"
            _copy(file, copy)
            yield from _in_file(copy, stream, wanted, chunk_bytes)


def _copy(file: IO[bytes], path: Path) -> None:
    with path.open("wb") as copy:
        while data := file.read(_COPY_BYTES):
            copy.write(data)


def _in_file(path: Path, stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    try:
        with closing(_open(path)) as database:
            table = _table(database, stream, wanted)
            rows = _rows(database, table, wanted.asked(_columns(database, table)))
            chunks = chunks_of(rows, stream, wanted, chunk_bytes, expected=f"rows in the table {table!r}")
            yield from with_all_bytes(chunks, stream)
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise InputError(
            f"{stream.name}: expected an SQLite database, got one that is damaged, cut short, in use or not SQLite"
            f" ({error}). Fetch or write the file again, or copy it with `sqlite3 OLD.db '.backup NEW.db'`."
        ) from error


def _open(path: Path) -> sqlite3.Connection:
    log = path.with_name(f"{path.name}-wal")
    # Where there is no log, nothing is written beside the file; with one, its rows belong to the tables.
    mode = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    database = sqlite3.connect(f"file:{quote(str(path.absolute()))}?{mode}", uri=True)
    database.execute("PRAGMA query_only = ON")
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    return database


def _table(database: sqlite3.Connection, stream: Stream, wanted: Wanted) -> str:
    """Return the table to read.

    Raises:
        InputError: it is not there, or none was named and there is not one that has a body.
    """
    query = "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
    kinds = {str(name): kind for name, kind in database.execute(query)}
    named = stream.source.member
    there = f"The tables are {', '.join(kinds) or 'none'}."
    if named is not None:
        if named not in kinds:
            raise InputError(f"{stream.name}: there is no table {named!r}.{did_you_mean(named, kinds)} {there}")
        return named
    with_body = [name for name, kind in kinds.items() if kind == "table" and _has_body(database, name, wanted)]
    if len(with_body) == 1:
        return with_body[0]
    got = f"{len(with_body)} of them: {', '.join(with_body)}" if with_body else "none"
    raise InputError(
        f"{stream.name}: expected one table with a column for the text of the articles, got {got}. Name the table, as"
        f" in {stream.name}::{(with_body or [*kinds, 'TABLE'])[0]}. {there}"
    )


def _has_body(database: sqlite3.Connection, table: str, wanted: Wanted) -> bool:
    try:
        wanted.find(_columns(database, table), "")
    except (MappingError, sqlite3.OperationalError):  # also a table of a module that is not there
        return False
    return True


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [str(row[0]) for row in database.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _rows(database: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[Record]:
    """Yield the rows, and see that there are as many as SQLite counts."""
    database.text_factory = bytes
    names = ", ".join(map(_quoted, columns))
    [expected] = database.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()
    read = 0
    for values in database.execute(f"SELECT {names} FROM {_quoted(table)}"):
        read += 1
        size = sum(len(value) for value in values if isinstance(value, bytes))
        try:
            yield Record(dict(zip(columns, map(_value, values), strict=True)), None, size)
        except UnreadableError as error:
            yield Record(error, None, size)
    if read != expected:
        raise sqlite3.DatabaseError(f"it counts {expected} rows, and {read} can be read")


def _value(value: object) -> object:
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(not_utf8(value, f"at byte {error.start + 1} of a value")) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
