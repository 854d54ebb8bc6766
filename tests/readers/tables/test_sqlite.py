from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, NoArticlesError
from copydesk.readers import read
from copydesk.testing.strategies import bodies, headlines

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]
ARTICLES = "CREATE TABLE articles (id INTEGER, title, text)"


def _database(file: Path, tables: Iterable[str], rows: Iterable[tuple[Any, ...]] = ()) -> Path:
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as database, database:
        for table in tables:
            database.execute(table)
        database.executemany("INSERT INTO articles VALUES (?, ?, ?)", rows)
    return file


@settings(max_examples=8)
@given(st.lists(st.tuples(headlines(), bodies()), min_size=1, max_size=5))
def test_what_is_written_is_read_back(folder: Path, rows: list[tuple[str, str]]) -> None:
    numbered = [(number, *row) for number, row in enumerate(rows)]
    file = _database(folder / "a.db", [ARTICLES], numbered)
    for path in (str(file), f"{file}::articles"):
        for size in (1, 1 << 20):
            chunks = list(read([path], chunk_bytes=size))
            articles = [row for chunk in chunks for row in chunk.articles.select("id", "headline", "body").rows()]
            assert articles == [(str(number), *row) for number, *row in numbered]
            assert {name for chunk in chunks for name in chunk.articles["file"]} == {path}
            assert sum(chunk.bytes for chunk in chunks) == file.stat().st_size


@settings(max_examples=25)
@given(st.binary(max_size=30), st.integers(0, 20_000), st.booleans())
def test_no_bytes_crash_it(folder: Path, junk: bytes, place: int, cut: bool) -> None:
    rows = [(number, f"Story {number}", "It rained. " * 40) for number in range(20)]
    whole = _database(folder / "whole.db", [ARTICLES], rows).read_bytes()
    file = folder / "damaged.db"
    file.write_bytes(whole[:place] if cut else whole[:place] + junk + whole[place + len(junk) :])
    try:
        chunks = list(read([file]))
    except CopydeskError as error:
        assert "damaged.db" in str(error)
        return
    assert sum(len(chunk.articles) + len(chunk.rejected) for chunk in chunks) == len(rows)


def test_text_that_is_not_utf_8_is_a_rejected_row(folder: Path) -> None:
    rows = [(1, "One", "It rained."), (2, "Two", b"Caf\xe9")]
    [chunk] = read([_database(folder / "b.db", [ARTICLES], rows)])
    assert chunk.articles["body"].to_list() == ["It rained."]
    assert chunk.rejected[0].reason.startswith("row 2: not UTF-8 at byte 4")


def test_rows_that_are_still_in_the_log_are_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(ARTICLES)
        database.execute("INSERT INTO articles VALUES (1, 'Storm', 'It rained.')")
        database.commit()
        [chunk] = read([tmp_path / "a.db"])
        assert len(chunk.articles) == 1


@pytest.mark.parametrize(
    ("tables", "member", "error", "said"),
    [
        ([ARTICLES], "::artcles", InputError, "Did you mean 'articles'?"),
        ([ARTICLES, "CREATE TABLE copies (title, text)"], "", InputError, "got 2 of them: articles, copies"),
        ([ARTICLES.replace("text", "x")], "", InputError, "got none. Name the table"),
        ([ARTICLES], "", NoArticlesError, "expected rows in the table 'articles'"),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, tables: list[str], member: str, error: type[Exception], said: str
) -> None:
    file = _database(tmp_path / "a.db", tables)
    with pytest.raises(error) as caught:
        list(read([f"{file}{member}"]))
    assert said in str(caught.value) and "a.db" in str(caught.value)


def test_nothing_is_written_beside_the_database(tmp_path: Path) -> None:
    file = _database(tmp_path / "a.db", [ARTICLES], [(1, "Storm", "It rained.")])
    list(read([file]))
    assert list(tmp_path.iterdir()) == [file]
