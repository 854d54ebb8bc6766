"""JSON arrays, single articles and graphs are written again around their values."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.checks.suite import Suite
from copydesk.readers import ReadOptions
from copydesk.repair.fixing import fix

BODY, FIXED = "It rained on the pier.\\nHide Ad", "It rained on the pier."
SHAPES = {
    "array": '\ufeff \n[ 1,\n {"text": "BODY", "n": [1.50, "é"]} ,{"text": "None."}\n]\n ',
    "single": ' {"title": "Pier", "text" : "BODY"}\n\n',
    "graph": '{"@context": "x", "@graph": [{"@type": "Person"}, {"@type": "NewsArticle", "text": "BODY"}], "z": 1}',
    "wrapped": '{"n": 1.50, "articles" :\t[ 7, {"text": "None."},\n{"x": {}, "text": "BODY"} ], "z": "\\u00e9"}',
    "deeper": '{"a": {"items": [{"text": "BODY", "title": "A"}, {"text": "None."}], "items": 1}, "b": []}',
    "list": '{"itemListElement": [{"position": 1, "item": {"@type": "Article", "text": "BODY"}}]}',
    "lines": '\n{"text": "None."}\n\n{"text": "BODY"}\n',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_all_but_the_text_stays(tmp_path: Path, suite: Suite, shape: str) -> None:
    path, out = tmp_path / "a.json", tmp_path / "b.json"
    path.write_text(SHAPES[shape].replace("BODY", BODY), encoding="utf-8")
    fixed = fix(path, out, suite=suite)
    assert fixed.changed == 1 and not fixed.refused
    assert out.read_text(encoding="utf-8") == SHAPES[shape].replace("BODY", FIXED)


@pytest.mark.parametrize(
    "form",
    [
        '{"response": {"docs": [{"text": "None."}, {"text": "BODY"}]}, "z": 1.0}',
        '{"response": {"docs": [{"text": "None."}]}}\n{"response": {"docs": [{"text": "None."}, {"text": "BODY"}]}}\n',
        '[{"response": {"docs": [{"text": "BODY"}]}} , {"response": {"docs": [{"text": "None."}]}}]',
    ],
)
def test_records_that_the_user_names(tmp_path: Path, suite: Suite, form: str) -> None:
    path, out = tmp_path / "a.json", tmp_path / "b.json"
    path.write_text(form.replace("BODY", BODY), encoding="utf-8")
    fixed = fix(path, out, suite=suite, options=ReadOptions(records="response.docs"))
    assert fixed.changed == 1 and not fixed.refused
    assert out.read_text(encoding="utf-8") == form.replace("BODY", FIXED)


def test_articles_by_columns_are_refused_with_what_to_do(tmp_path: Path, suite: Suite) -> None:
    path, out = tmp_path / "a.json", tmp_path / "b.json"
    path.write_text('{"title": {"0": "A", "1": "B"}, "text": {"0": "BODY", "1": "None."}}'.replace("BODY", BODY))
    fixed = fix(path, out, suite=suite)
    assert fixed.changed == 0 and "write it as JSON lines" in str(fixed.refused)
    assert out.read_bytes() == path.read_bytes()
