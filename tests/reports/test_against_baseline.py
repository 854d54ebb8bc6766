"""Against a baseline the outputs are about what is new, and say how much is known and fixed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

import copydesk
from copydesk.gate.baseline_file import write_baseline
from copydesk.reports.ci import codequality, github, junit, markdown, sarif
from copydesk.reports.terminal import summary as terminal

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said. "


def line(number: int, words: str) -> str:
    body = f"{STORY * 8}It was day {number}.\n\n{words}"
    return json.dumps({"id": f"a{number}", "headline": f"Bridge {number} reopens", "body": body}) + "\n"


def test_only_what_is_new_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file, baseline = tmp_path / "a.jsonl", tmp_path / "known.jsonl"
    file.write_text(line(1, "Hide Ad") + line(2, "Hide Ad"))
    write_baseline(copydesk.check([file]).findings, baseline)
    file.write_text(line(3, "Advertisement") + line(2, "Hide Ad"))
    result = copydesk.check([file], baseline=baseline)
    said = f"{result.baseline}"
    assert result.baseline and said.startswith(f"{result.baseline.new} new, {result.baseline.known} known, ")
    log = json.loads(sarif.render(result))["runs"][0]
    assert len(log["results"]) == result.baseline.new
    assert {r["baselineState"] for r in log["results"]} == {"new"}
    assert [n["message"]["text"] for n in log["invocations"][0]["toolExecutionNotifications"]] == [
        f"against the baseline: {said}"
    ]
    issues = json.loads(codequality.render(result))
    assert len(issues) == result.baseline.new
    out = io.StringIO()
    terminal.summary(result, Console(file=out, width=100))
    for text in (junit.render(result), markdown.render(result), out.getvalue()):
        assert said in text and "“Advertisement”" in text and "“Hide Ad”" not in text
    (annotation,) = [c for c in github.workflow_commands(result).splitlines() if "ad-residue" in c]
    assert annotation.startswith("::error file=a.jsonl,line=1,title=ad-residue%3A 1 of 2 articles")
