from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import fsspec
import pytest

from copydesk.errors import InputError, MissingExtraError
from copydesk.readers import find_files, read
from copydesk.readers.files.remote import is_remote

LINE = b'{"title": "Flood", "text": "It rained."}\n'


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    for name in ("/news/a.jsonl", "/news/2026/b.jsonl", "/news/README.docx"):
        system.pipe(name, LINE)
    yield system
    system.store.clear()


@pytest.mark.parametrize(
    ("url", "files"),
    [
        ("memory://news/a.jsonl", ["a.jsonl"]),
        ("memory://news", ["2026/b.jsonl", "a.jsonl"]),
        ("memory://news/*.jsonl", ["a.jsonl"]),
    ],
)
def test_files_folders_and_globs_are_read(memory: Any, url: str, files: list[str]) -> None:
    [chunk] = read(url)
    assert chunk.articles["body"].to_list() == ["It rained."] * len(files)
    assert [name.partition("news/")[2] for name in chunk.articles["file"]] == files


def test_of_a_data_set_with_parquet_that_alone_is_read(memory: Any) -> None:
    memory.pipe("/news/data/train.parquet", b"PAR1")
    assert [source.format for source in find_files("memory://news")] == [".parquet"]


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        ("memory://none/a.jsonl", InputError, "holds no articles"),
        ("memory://news/README.docx", InputError, "of no known format"),
        ("nope://a", InputError, "the protocol 'nope' is not known"),
    ],
)
def test_what_cannot_be_read_is_said(memory: Any, url: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        list(read(url))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MissingExtraError, match="pip install s3fs"):
        list(read("s3://news/a.jsonl"))
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'fsspec"):
        list(read("memory://news"))


def test_a_path_is_not_remote() -> None:
    assert not any(map(is_remote, ("news", "news.db::articles", "/a//b", "C:/news")))
