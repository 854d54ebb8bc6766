"""The attack makes the same inputs each time, and sees each kind of what can go wrong."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

import attack_inputs
from copydesk.judge import process

ATTACK = Path(__file__).parents[2] / "ci" / "attack"


@pytest.fixture(scope="module")
def attack() -> Any:
    loader = importlib.machinery.SourceFileLoader("attack", str(ATTACK))
    spec = importlib.util.spec_from_loader("attack", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_the_same_seed_gives_the_same_inputs_and_all_kinds_of_them() -> None:
    made = [attack_inputs.make(number, 3) for number in range(120)]
    assert made == [attack_inputs.make(number, 3) for number in range(120)]
    assert {"jsonl", "json", "csv", "tsv", "parquet", "txt", "suite", "baseline", "config", "lexicon"} <= {
        one.kind.removesuffix(".gz") for one in made
    }
    assert 20 < sum(one.articles is not None for one in made) < 100


def test_nothing_goes_wrong(attack: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(process, "Judge", attack.NoJudge)
    assert [attack.attack_one(attack_inputs.make(number, 1), tmp_path / "run") for number in range(12)] == [[]] * 12


FINDING = {"field": "body", "row": 1, "start": 0, "end": 4, "text": "Hide"}
RESULT = {"collection": {"articles": 1}, "rejected": []}


@pytest.mark.parametrize(
    ("status", "files", "wrong"),
    [
        (0, {"findings.jsonl": [FINDING], "result.json": [RESULT]}, []),
        (2, {}, []),
        (2, {"result.json": [RESULT]}, ["half-written"]),
        (0, {"findings.jsonl": [FINDING]}, ["half-written"]),
        (0, {"findings.jsonl": [FINDING], "result.json": [RESULT], "part": []}, ["half-written"]),
        (0, {"findings.jsonl": [FINDING | {"end": 5}], "result.json": [RESULT]}, ["span wrong"]),
        (0, {"findings.jsonl": [], "result.json": [RESULT | {"collection": {"articles": 0}}]}, ["row lost"]),
    ],
)
def test_each_kind_is_seen(attack: Any, status: int, files: dict[str, Any], wrong: list[str], tmp_path: Path) -> None:
    for name, lines in files.items():
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    given = attack_inputs.Input(0, {}, [], articles=["Hide Ad"])
    assert attack.outputs_of(given, tmp_path, status) == wrong
