from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import InputError, MappingError, NoArticlesError, UsageError
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk
from copydesk.readers import CHUNK_BYTES, even_chunks, find_files, join_chunks, read, read_source, reading
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.files.source import Source
from copydesk.readers.formats import SUFFIXES
from copydesk.readers.json import json_lines
from copydesk.testing.strategies import collections

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


@given(collections())
def test_standard_input_is_read_as_json_lines(articles: Any) -> None:
    data = "".join(json.dumps(article) + "\n" for article in articles).encode()
    chunks = list(read(["-"], stdin=io.BytesIO(data), chunk_bytes=50))
    assert [row for chunk in chunks for row in chunk.articles.select(FIELDS).to_dicts()] == articles
    assert {name for chunk in chunks for name in chunk.articles["file"]} == {"-"}


def test_a_pipe_is_read() -> None:
    ends = os.pipe()
    os.write(ends[1], b'{"body": "x"}\n{"body": "y"}')
    os.close(ends[1])
    with os.fdopen(ends[0], "rb") as pipe:
        [chunk] = read(["-"], stdin=pipe)
    assert chunk.articles["body"].to_list() == ["x", "y"]


def test_empty_standard_input_is_an_error() -> None:
    with pytest.raises(NoArticlesError, match="-: holds no articles"):
        list(read(["-"], stdin=io.BytesIO(b"")))


def test_the_frame_has_the_columns_it_promises(read_bytes: ReadBytes, folder: Path) -> None:
    (folder / "all.jsonl").write_text('{"text": "b", "title": "h", "score": 2, "unused": 1}\n')
    [chunk] = read([folder / "all.jsonl"], extra=["score", "title", "headline"])
    assert dict(chunk.articles.schema) == {
        "file": pl.String,
        "row": pl.Int64,
        "line": pl.Int64,
        "headline": pl.String,
        "body": pl.String,
        "score": pl.String,
        "title": pl.String,
    }
    assert chunk.articles.row(0)[1:] == (1, 1, "h", "b", "2", "h")
    assert chunk.columns == {"headline": "title", "body": "text"}


def test_small_files_of_the_same_columns_share_a_chunk(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.jsonl").write_text('{"body": "x"}\n')
    (tmp_path / "5.jsonl").write_text('{"text": "x"}\nbad\n')
    first, second = read([tmp_path])
    assert len(first.articles) == 5 and first.bytes == 5 * 14
    assert second.columns == {"body": "text"} and len(second.rejected) == 1
    assert [chunk.articles["row"].to_list() for chunk in (first, second)] == [[1] * 5, [1]]


def test_an_empty_file_in_a_folder_is_a_rejected_row(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"body": "x"}\n')
    (tmp_path / "b.jsonl").touch()
    chunks = list(read([tmp_path]))
    assert sum(len(chunk.articles) for chunk in chunks) == 1
    assert all({"file", "row", "line"} <= set(chunk.articles.columns) for chunk in chunks)
    [rejected] = [row for chunk in chunks for row in chunk.rejected]
    assert (rejected.file, rejected.line) == (str(tmp_path / "b.jsonl"), None)
    assert rejected.reason.startswith("holds no articles")
    with pytest.raises(NoArticlesError):
        list(read([tmp_path / "b.jsonl"]))


def test_what_is_wrong_with_the_call_shows_before_the_first_chunk(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read([tmp_path / "missing.jsonl"])
    with pytest.raises(UsageError, match="chunk_bytes"):
        read([tmp_path], chunk_bytes=0)
    with pytest.raises(MappingError, match="Did you mean 'body'"):
        read([tmp_path], mapped={"bdy": "text"})
    for name in ("file", "row", "line"):
        with pytest.raises(MappingError, match=name):
            read([tmp_path], extra=[name])


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv"])
def test_a_column_that_is_not_there_is_named(read_bytes: ReadBytes, name: str) -> None:
    row = {"body": "x", "topic": "y"}
    data = json.dumps(row) if "json" in name else "body,topic\nx,y\n".replace(",", "\t" if "t" in name else ",")
    for options in ({"extra": ["topics"]}, {"mapped": {"section": "topics"}}):
        with pytest.raises(MappingError, match=f"{name}.*Did you mean 'topic'"):
            read_bytes(data.encode(), name, **options)
    [found], _ = read_bytes(data.encode(), name, mapped={"section": "topic"}, extra=["topic"])
    assert found == {"body": "x", "section": "y", "topic": "y"}


def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    source = Source(str(tmp_path), tmp_path, ".jsonl")
    from copydesk.readers.files.compression import open_stream

    with pytest.raises(InputError, match="cannot be opened"), open_stream(source, io.BytesIO()):
        pass


def test_every_format_has_a_reader(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        (tmp_path / f"a{suffix}").write_text("x")
    assert {source.format for source in find_files([tmp_path])} == set(SUFFIXES)


@given(st.lists(st.integers(0, 5 << 30), min_size=1, max_size=9), st.integers(1, 64))
def test_workers_have_equally_many_chunks(sizes: list[int], workers: int) -> None:
    sources = [Source(f"{n}.jsonl", Path(f"{n}.jsonl"), ".jsonl", bytes=size) for n, size in enumerate(sizes)]
    chunk, least = even_chunks(sources, workers), 8 << 20
    assert least <= chunk <= CHUNK_BYTES
    assert chunk == least or (sum(sizes) // chunk + 1) % workers == 0
    standard_input = Source("-", None, ".jsonl")
    assert even_chunks([standard_input], workers) >= even_chunks([standard_input, *sources], workers) >= least


@given(st.lists(st.integers(0, 60), min_size=100, max_size=200), st.integers(1, 5), st.sampled_from([100, 1 << 20]))
def test_nothing_is_left_for_one_chunk_more(folder: Path, lengths: list[int], workers: int, block: int) -> None:
    file = folder / "even.jsonl"
    file.write_text("".join(f'{{"body": "{length * "x"}"}}\n' for length in lengths))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_lines, "_BLOCK_BYTES", block)
        for name, size in {"_LEAST": 500, "_TOGETHER": 500 * workers, "CHUNK_BYTES": 1000}.items():
            patch.setattr(reading, name, size)
        [source] = find_files([file])
        chunk_bytes = even_chunks([source], workers)
        chunks = list(read_source(source, Wanted(), chunk_bytes))
    assert len(chunks) <= source.bytes // chunk_bytes + 1
    assert len(chunks) % workers == 0 or chunk_bytes == 500
    assert sum(chunk.articles.height for chunk in chunks) == len(lengths)


@given(st.lists(st.integers(0, 40), max_size=20), st.integers(1, 40))
def test_small_chunks_are_put_together_and_full_ones_wait_for_none(sizes: list[int], most: int) -> None:
    taken: list[int] = []

    def chunks() -> Iterator[Chunk]:
        for number, size in enumerate(sizes):
            taken.append(size)
            yield Chunk(pl.DataFrame({"row": [number] * size}, schema={"row": pl.Int64}), bytes=1)

    rows: list[int] = []
    made: list[int] = []
    for chunk in join_chunks(chunks(), 8 * most):
        rows += chunk.articles["row"].to_list()
        made.append(chunk.articles.height)
        assert sum(taken) == len(rows) or made[-1] < 0.75 * most, "it waited, and could have come"
        assert made[-1] <= most or chunk.bytes == 1
    assert rows == [number for number, size in enumerate(sizes) for _ in range(size)]
    assert all(one + other >= 0.75 * most for one, other in pairwise(made))
