"""Files full of rows that cannot be read: an error that says where, and soon; a few among articles are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk.errors import InputError
from copydesk.readers.files import rejections

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejections, "MOST_REJECTED", 50)


@pytest.mark.parametrize(
    ("name", "start", "good"),
    [("a.jsonl", b"", b'{"body": "x"}\n'), ("a.csv", b"id,body\n", b"1,x\n"), ("a.json", b"[\n", b'{"body": "x"},\n')],
)
@pytest.mark.parametrize("chunk_bytes", [1, 1 << 20])
def test_a_file_full_of_bad_rows_is_an_error(
    read_bytes: ReadBytes, name: str, start: bytes, good: bytes, chunk_bytes: int
) -> None:
    bad, end = (b"1,\n", b"1]") if name == "a.json" else (b"nothing\n", b"")
    with pytest.raises(
        InputError, match=r"a\.\w+: [\d,]+ of the first [\d,]+ rows could not be read\. The last .*: line"
    ):
        read_bytes(start + good + bad * 5000 + end, name, chunk_bytes=chunk_bytes)
    articles, rejected = read_bytes(start + good * 1000 + bad * 300 + end, name, chunk_bytes=chunk_bytes)
    assert len(articles) == 1000 and len(rejected) == 300 + (name == "a.json")


def test_few_bad_rows_are_rejected_though_they_are_most(read_bytes: ReadBytes) -> None:
    articles, rejected = read_bytes(b'{"body": "x"}\n' + b"nothing\n" * 49, "a.jsonl")
    assert len(articles) == 1 and len(rejected) == 49


@pytest.mark.parametrize("end", ["", "\n"])
def test_an_array_inside_an_object_is_bounded_too(read_bytes: ReadBytes, end: str) -> None:
    values = '{"body": "x"}, ' + ", ".join(["1"] * 5000)
    with pytest.raises(InputError, match=r"50 of the first 51 rows could not be read"):
        read_bytes(f'{{"articles": [{values}]}}{end}'.encode(), "a.json")
