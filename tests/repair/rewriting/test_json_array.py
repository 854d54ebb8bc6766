"""JSON arrays, single articles and graphs are written again around their values."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.checks.suite import Suite
from copydesk.repair.fixing import fix

BODY, FIXED = "It rained on the pier.\\nHide Ad", "It rained on the pier."
SHAPES = {
    "array": '\ufeff \n[ 1,\n {"text": "BODY", "n": [1.50, "é"]} ,{"text": "None."}\n]\n ',
    "single": ' {"title": "Pier", "text" : "BODY"}\n\n',
    "graph": '{"@context": "x", "@graph": [{"@type": "Person"}, {"@type": "NewsArticle", "text": "BODY"}], "z": 1}',
    "lines": '\n{"text": "None."}\n\n{"text": "BODY"}\n',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_all_but_the_text_stays(tmp_path: Path, suite: Suite, shape: str) -> None:
    path, out = tmp_path / "a.json", tmp_path / "b.json"
    path.write_text(SHAPES[shape].replace("BODY", BODY), encoding="utf-8")
    fixed = fix(path, out, suite=suite)
    assert fixed.changed == 1 and not fixed.refused
    assert out.read_text(encoding="utf-8") == SHAPES[shape].replace("BODY", FIXED)
