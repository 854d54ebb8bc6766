"""Parts of files give what the whole files give."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.errors import InputError
from copydesk.model.chunk import Chunk, Rejected
from copydesk.readers import find_files, read
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.parts import cut, measure_part, number_parts, read_parts, share_out
from copydesk.testing.strategies import collections

LINES = [
    '{"text": "It rained."}',
    '{"text": "a\\nb", "title": "Ünïcode 雨"}',
    "",
    " \r",
    "{broken",
    "[]",
    '{"text": null}',
]


def told(chunks: Sequence[Chunk]) -> tuple[list[dict[str, Any]], list[Rejected], dict[str, str]]:
    rows = [row for chunk in chunks for row in chunk.articles.iter_rows(named=True)]
    columns: dict[str, str] = {}
    for chunk in chunks:
        columns |= chunk.columns
    return rows, [row for chunk in chunks for row in chunk.rejected], columns


def in_parts(paths: Sequence[Path], part_bytes: int) -> list[Chunk]:
    wanted = Wanted()
    parts = [part for source in find_files(paths) for part in cut(source, part_bytes)]
    parts = list(number_parts(parts, [measure_part(part, wanted) for part in parts if part.must_be_measured]))
    return [chunk for task in share_out(parts, 2 * part_bytes) for chunk in read_parts(task, wanted)]


@given(st.lists(st.sampled_from(LINES), max_size=30), st.booleans(), st.booleans(), st.integers(1, 200))
@example(["", '{"text": "It rained."}'], True, False, 1)  # a part of a byte order mark alone
def test_parts_of_json_lines(folder: Path, lines: list[str], mark: bool, ended: bool, part_bytes: int) -> None:
    file = folder / "parts.jsonl"
    text = "\n".join(lines) + "\n" * ended
    file.write_bytes(b"\xef\xbb\xbf" * mark + text.encode())
    (folder / "parts.txt").write_text("A story\n\nof two lines")
    paths = [folder / "parts.txt", file]
    try:
        whole = told(list(read(paths)))
    except InputError as error:
        with pytest.raises(InputError, match=str(error)[-30:].replace(".", r"\.")):
            in_parts(paths, part_bytes)
    else:
        assert told(in_parts(paths, part_bytes)) == whole


@given(collections(), st.integers(1, 5), st.integers(1, 3000))
def test_parts_of_parquet(folder: Path, articles: Any, group: int, part_bytes: int) -> None:
    file = folder / "parts.parquet"
    frame = pl.DataFrame(articles, schema_overrides=dict.fromkeys(articles[0] if articles else (), pl.String))
    if not frame.is_empty():
        frame.write_parquet(file, row_group_size=group)
        assert told(in_parts([file], part_bytes)) == told(list(read([file])))


def test_a_damaged_file_is_the_same_error(folder: Path) -> None:
    for name, data in (("bad.parquet", b"PAR1" * 100), ("bad.jsonl", json.dumps({"body": "x" * 400}).encode("utf-16"))):
        (folder / name).write_bytes(data)
        with pytest.raises(InputError) as whole:
            list(read([folder / name]))
        with pytest.raises(InputError) as parts:
            in_parts([folder / name], 100)
        assert str(parts.value) == str(whole.value)


def test_files_that_cannot_be_cut_are_one_part(read_bytes: Callable[..., Any], folder: Path) -> None:
    for name in ("one.json", "one.csv", "one.jsonl.gz"):
        (folder / name).write_bytes(b"x" * 1000)
        (part,) = cut(find_files([folder / name])[0], 10)
        assert part.stretch is None and not part.must_be_measured
