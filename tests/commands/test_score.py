"""`copydesk score`: the figures it prints are those it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.commands.cli import main

LINES = [
    ("The bridge over the river reopened on Monday after two years of repairs, the city said.", "clean"),
    ("Advertisement", "residue"),
    ("Advertisement", "clean"),
    ("The mill sold its last barrel of quintle to a farmer from the other side of the river on Tuesday.", "residue"),
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    labels = [{"paragraph": n, "kind": kind} for n, (_, kind) in enumerate(LINES)]
    path = tmp_path / "labelled.jsonl"
    body = "\n".join(line for line, _ in LINES)
    path.write_text(json.dumps({"id": "1#x", "headline": "Bridge reopens", "body": body, "labels": labels}) + "\n")
    return path


def test_what_is_printed_is_what_is_written(labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = tmp_path / "figures.json"
    assert main(["score", str(labelled), "--result", str(result)]) == 0
    text = capsys.readouterr().out
    assert "Misses: residue, not flagged" in text and "The mill sold its last" in text
    for figure in json.loads(result.read_text()):
        (line,) = (line for line in text.splitlines() if line.startswith(f"{figure['name']} "))
        numbers = line.split()[-7:]
        assert numbers[:4] == [str(figure[name]) for name in ("residue", "clean", "hits", "alarms")]
        shares = ["-" if figure[n] is None else f"{figure[n]:.3f}" for n in ("precision", "recall", "f1")]
        assert numbers[4:] == shares


@pytest.mark.parametrize("condition", ["subset", "=x"])
def test_a_condition_that_is_none_is_wrong_usage(
    labelled: Path, condition: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(labelled), "--where", condition]) == 2
    assert capsys.readouterr().err.startswith("copydesk: ")
