from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, MappingError, NoArticlesError
from copydesk.testing.strategies import hostile_text, scraped

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]

_values = st.none() | st.booleans() | st.integers() | st.floats() | hostile_text(max_size=5, lone_surrogates=True)
_elements = st.dictionaries(st.sampled_from(["body", "title", "x"]), _values | st.lists(_values, max_size=3)) | _values
_arrays = st.lists(_elements, min_size=1, max_size=8).map(lambda rest: [{"body": "", "title": ""}, *rest])


@given(scraped(), st.sampled_from([None, 0, 2]), st.booleans())
def test_what_is_written_is_read_back(read_bytes: ReadBytes, found: Any, indent: int | None, escape: bool) -> None:
    _, records, articles = found
    data = json.dumps(records, indent=indent, ensure_ascii=escape).encode()
    assert read_bytes(data, "a.json") == (articles, [])


@settings(max_examples=30)
@given(_arrays, st.sampled_from([None, 0, 2]))
def test_every_value_is_read_or_rejected_whatever_the_chunk(
    read_bytes: ReadBytes, array: list[Any], indent: int | None
) -> None:
    data = json.dumps(array, indent=indent).encode()
    rows, rejected = whole = read_bytes(data, "a.json", bare=False)
    articles = [isinstance(value, dict) and (not value or {"body", "title"} & value.keys()) for value in array]
    objects = [number for number, is_article in enumerate(articles, 1) if is_article]
    assert [row["row"] for row in rows] == objects
    assert len(rejected) == len(array) - len(objects)
    if indent == 0:
        lines = [row["line"] for row in rows] + [row.line for row in rejected]
        assert len(set(lines)) == len(array) and min(lines) == 2
    for size in (1, 17, 100):
        assert read_bytes(data, "a.json", bare=False, chunk_bytes=size) == whole


@given(_arrays)
def test_a_value_means_the_same_as_in_json_lines(read_bytes: ReadBytes, array: list[Any]) -> None:
    lines = "\n".join(json.dumps(value) for value in array).encode()
    array_rows, array_rejected = read_bytes(json.dumps(array).encode(), "a.json")
    line_rows, line_rejected = read_bytes(lines, "a.jsonl")
    assert array_rows == line_rows
    assert [row.reason for row in array_rejected] == [row.reason for row in line_rejected]


@given(_arrays, st.data())
def test_a_cut_is_never_read_in_part(read_bytes: ReadBytes, array: list[Any], data: st.DataObject) -> None:
    whole = json.dumps(array).encode()
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(InputError, match=r"a\.json: line 1: not valid JSON"):
        read_bytes(whole[:cut], "a.json")


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda data: b'[{"body": "' + data + b'"}]'))
def test_no_bytes_crash_it(read_bytes: ReadBytes, data: bytes) -> None:
    try:
        rows, rejected = read_bytes(data, "a.json")
    except CopydeskError as error:
        assert "a.json" in str(error)
        return
    assert rows or rejected


def test_bytes_that_are_not_utf_8_reject_their_row_only(read_bytes: ReadBytes) -> None:
    rows, [rejected] = read_bytes(b'[{"body": "a"},\n{"body": "\xe9"},\n{"body": "\\ud800"}]', "a.json", bare=False)
    assert [(row["row"], row["line"], row["body"]) for row in rows] == [(1, 1, "a"), (3, 3, "\ufffd")]
    assert rejected.line == 2 and "not UTF-8" in rejected.reason


def test_a_single_object_is_an_article(read_bytes: ReadBytes) -> None:
    assert read_bytes(b'\xef\xbb\xbf\n{"headline": "H",\n "articleBody": "B"}\n', "a.json") == (
        [{"headline": "H", "body": "B"}],
        [],
    )


def test_a_graph_gives_its_articles(read_bytes: ReadBytes) -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "BreadcrumbList", "name": "no article"},
            {
                "@type": ["NewsArticle"],
                "headline": "H",
                "articleBody": "B",
                "author": [{"@type": "Person", "name": "A"}, {"@type": "Person", "name": "C"}],
                "publisher": {"@type": "Organization", "name": "P"},
                "mainEntityOfPage": {"@type": "WebPage", "@id": "https://news.example/1"},
            },
        ],
    }
    [row], rejected = read_bytes(json.dumps(graph).encode(), "a.json")
    assert row == {
        "url": "https://news.example/1",
        "publisher": "P",
        "headline": "H",
        "byline": "A, C",
        "body": "B",
    }
    assert not rejected


def test_json_lines_under_this_name_are_read(read_bytes: ReadBytes) -> None:
    data = b'{"body": "a"}\n{"body": "\xe9"}\nnull\n{"body": "b"}\n'
    rows, rejected = read_bytes(data, "a.json", bare=False)
    assert [(row["line"], row["body"]) for row in rows] == [(1, "a"), (4, "b")]
    assert [row.line for row in rejected] == [2, 3]


def test_a_long_value_is_read(read_bytes: ReadBytes) -> None:
    body = "x" * 5_000_000
    rows, _ = read_bytes(json.dumps([{"body": body}, {"body": "y"}]).encode(), "a.json")
    assert [row["body"] for row in rows] == [body, "y"]


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", NoArticlesError, "holds no articles"),
        (b" \n", NoArticlesError, "holds no articles"),
        (b"[]", NoArticlesError, "holds no articles"),
        (b'{"@graph": []}', NoArticlesError, "holds no articles"),
        (b"12", InputError, "expected an array of objects"),
        (b'[{"body": "x"}', InputError, "the end of the file"),
        (b'[{"body": "x"},\n\n {"body": x}]', InputError, "line 3"),
        (b'[{"body": "x"}] []', InputError, "after the array"),
        (b'[{"body": "x"},]', InputError, "line 1"),
        (b'[{"body": ' + b"[" * 100_000, InputError, "nested too deeply"),
        (b'[{"title": "x"}]', MappingError, "--map body=COLUMN"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    read_bytes: ReadBytes, data: bytes, error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, "bad.json")
    assert "bad.json" in str(caught.value) and said in str(caught.value)
