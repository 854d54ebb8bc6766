"""Receipts: what is no receipt is told from one, and one that is cut short from a whole one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.repair.repair_cases import json_lines, separated, story

from copydesk.checks.suite import Suite
from copydesk.errors import CopydeskError
from copydesk.repair.fixing import fix
from copydesk.repair.receipt import articles_of, entries


def test_a_receipt_names_what_was_changed(tmp_path: Path, suite: Suite) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    json_lines(folder, [story(1, "It rained.\nHide Ad"), story(2, "It rained.")])
    separated(folder, [story(3, "It rained.\nHide Ad")])
    fix(folder, tmp_path / "out", suite=suite, receipt=tmp_path / "r.jsonl")
    found = entries(tmp_path / "r.jsonl")
    assert [Path(e.file).name for e in found] == ["a.csv", "a.jsonl"]
    [article] = articles_of(tmp_path / "r.jsonl", found[1])
    [change] = article["repairs"]
    assert (article["row"], article["article_id"]) == (1, "story-1")
    assert (change["start"], change["end"], change["before"], change["after"]) == (10, 18, "\nHide Ad", "")
    assert change["findings"][0]["check"] == "ad-residue" and len(change["findings"][0]["fingerprint"]) == 16


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json\n",
        "[1]\n",
        "{}\n",
        '{"copydesk_receipt": 2}\n',
        '{"copydesk_receipt": 1}\n{"article_of": "a"}\n',
        '{"copydesk_receipt": 1}\n{"file": "a"}\n',
        None,
    ],
)
def test_what_is_no_receipt_is_an_error(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "r.jsonl"
    if text is not None:
        path.write_text(text)
    with pytest.raises(CopydeskError):
        entries(path)


def test_every_line_is_json(tmp_path: Path, suite: Suite) -> None:
    path = json_lines(tmp_path, [story(1, "It rained.\nHide Ad")])
    fix(path, tmp_path / "b.jsonl", suite=suite, receipt=tmp_path / "r.jsonl")
    assert [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
