"""`copydesk diff`: what it prints, what it writes, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.commands.cli import main

Article = dict[str, Any]


def write(path: Path, rows: list[Article]) -> Path:
    path.write_text("".join(json.dumps(a) + "\n" for a in rows), encoding="utf-8")
    return path


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "The bridge over the river reopened on Monday after two years of repairs, the city said."
    old = [{"id": str(n), "headline": f"Bridge {n}", "body": f"{body} Day {n}."} for n in range(3)]
    new = [*old[1:], {"id": "4", "headline": "<script>alert(1)</script>", "body": f"{body}\n\nHide Ad"}]
    paths = [str(write(tmp_path / name, rows)) for name, rows in (("old.jsonl", old), ("new.jsonl", new))]
    suite = tmp_path / "suite.yml"
    suite.write_text("expectations: [{type: expect_news_ad_residue}]")
    paths += ["--suite", str(suite)]
    outputs = {name: tmp_path / f"d.{name}" for name in ("report", "result", "markdown")}
    asked = [word for name, path in outputs.items() for word in (f"--{name}", str(path))]
    assert main(["diff", *paths, *asked]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 article added, 1 removed, 0 changed, 2 as they were; ")
    assert "ad-residue  1 new, 0 fixed" in out and "“Hide Ad”" in out
    data = json.loads(outputs["result"].read_text())
    assert data["articles"] == {"added": 1, "removed": 1, "changed": 0, "unchanged": 2}
    assert [a["article_id"] for a in data["added"]] == ["4"]
    assert data["findings"]["new"] == len(data["new_findings"]) and data["findings"]["fixed"] == 0
    assert "`Hide Ad`" in outputs["markdown"].read_text()
    page = outputs["report"].read_text()
    assert "<script" not in page and "&lt;script&gt;alert(1)" in page
    assert main(["diff", *paths, "--fail-on", "critical", "--quiet"]) == 1
    assert main(["diff", paths[1], paths[0], *paths[2:], "--fail-on", "info", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["diff", paths[0], str(tmp_path / "none.jsonl")]) == 2
    assert main(["diff", *paths, "--report", str(tmp_path / "x"), "--result", str(tmp_path / "x")]) == 2
    assert not (tmp_path / "x").exists()
