"""The articles in JSON documents of all the shapes that are known."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError
from copydesk.readers import ReadOptions

TEXT = "It rained for three days, and the river rose until Sunday. " * 4
ROWS = [{"title": f"Storm number {n} hits the coast", "text": TEXT, "id": f"a{n}"} for n in range(3)]
ARTICLES = [{"id": row["id"], "headline": row["title"], "body": row["text"]} for row in ROWS]
COLUMNS = {name: [row[name] for row in ROWS] for name in ROWS[0]}

SHAPES: dict[str, Any] = {
    "one": ROWS[0],
    "wrapped": {"status": "ok", "articles": ROWS},
    "deep": {"response": {"meta": {"n": 3}, "docs": ROWS}},
    "elasticsearch": {"hits": {"total": 3, "hits": [{"_id": r["id"], "_source": r} for r in ROWS]}},
    "own text": {"title": "Feed", "description": "x", "text": "hello", "items": ROWS},
    "graph": {"@graph": [{"@type": "WebPage"}, *({**row, "@type": "NewsArticle"} for row in ROWS)]},
    "items": {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": row} for row in ROWS]},
    "columns": {name: {str(n): value for n, value in enumerate(values)} for name, values in COLUMNS.items()},
    "lists": COLUMNS,
    "split": {"columns": list(COLUMNS), "index": [0, 1, 2], "data": [list(row.values()) for row in ROWS]},
    "table": {"schema": {"fields": [{"name": "title", "type": "string"}]}, "data": ROWS},
    "by id": {row["id"]: {k: v for k, v in row.items() if k != "id"} for row in ROWS},
    "index": {str(n): row for n, row in enumerate(ROWS)},
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("indent", [None, 1])
def test_every_shape_gives_the_same_articles(read_bytes: Callable[..., Any], shape: str, indent: int | None) -> None:
    rows, rejected = read_bytes(json.dumps(SHAPES[shape], indent=indent).encode(), "a.json")
    assert (rows, rejected) == (ARTICLES[:1] if shape == "one" else ARTICLES, [])


def test_an_article_with_blocks_comments_and_related_ones_is_one_article(read_bytes: Callable[..., Any]) -> None:
    related = [{"title": "Older", "text": "Short."}]
    comments = [{"name": "x", "text": TEXT * 9}]
    article = {**ROWS[0], "text": [{"type": "p", "text": TEXT}], "comments": comments, "related": related}
    rows, _ = read_bytes(json.dumps(article).encode(), "a.json")
    assert rows == [ARTICLES[0]]


def test_two_arrays_are_an_error_with_a_command_and_the_path_chooses(read_bytes: Callable[..., Any]) -> None:
    data = json.dumps({"news": ROWS, "older": {"sport": ROWS[:1]}}).encode()
    with pytest.raises(InputError, match=r"news \(3 objects\) or older\.sport \(1 objects\).*--records news"):
        read_bytes(data, "a.json")
    assert read_bytes(data, "a.json", options=ReadOptions(records="older.sport"))[0] == ARTICLES[:1]
    with pytest.raises(InputError, match=r"--records x: .*news \(3\), older\.sport \(1\)"):
        read_bytes(data, "a.json", options=ReadOptions(records="x"))


def test_the_path_holds_for_answers_in_a_row(read_bytes: Callable[..., Any]) -> None:
    lines = "".join(json.dumps({"page": 1, "docs": [row]}) + "\n" for row in ROWS).encode()
    for name in ("a.json", "a.jsonl"):
        assert read_bytes(lines, name, options=ReadOptions(records="docs"))[0] == ARTICLES


_json: Any = st.recursive(
    st.none() | st.integers() | st.text(max_size=3) | st.just(TEXT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "title", "id", "a"]), inner),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["text", "title", "data", "a", "b"]), _json))
def test_no_document_crashes_it(read_bytes: Callable[..., Any], document: dict[str, Any]) -> None:
    try:
        rows, rejected = read_bytes(json.dumps(document).encode(), "a.json")
    except CopydeskError as error:
        assert "a.json" in str(error)
        return
    assert rows or rejected
    assert not any(str(row["body"]).startswith('{"') for row in rows)
