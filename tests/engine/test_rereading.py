"""Articles read again: the very ones, from any format, as long as it is cheap, and never at the cost of the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.engine.rereading import Rereading
from copydesk.readers import Source, find_files
from copydesk.run import check


def collection(folder: Path, rows: int, name: str = "a.jsonl") -> list[Source]:
    path = folder / name
    path.write_text("".join(json.dumps({"headline": f"H{n}", "body": f"Body {n}."}) + "\n" for n in range(1, rows + 1)))
    return find_files([path])


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(1, 50), min_size=1, max_size=5))
def test_what_is_asked_for_is_what_is_read(tmp_path: Path, rows: set[int]) -> None:
    sources = collection(tmp_path, 50)
    name = sources[0].name
    again = Rereading(sources, {name: 50}, None)
    assert again.ask([(name, n) for n in rows])
    found = again.read()
    assert {place: a["body"] for place, a in found.items()} == {(name, n): f"Body {n}." for n in rows}


def test_what_would_cost_too_much_is_refused() -> None:
    source = Source("big.jsonl", Path("big.jsonl"), ".jsonl", bytes=1 << 30)
    packed = Source("big.jsonl.gz", Path("big.jsonl.gz"), ".jsonl", compression="gzip", bytes=1 << 30)
    again = Rereading([source, packed], {s.name: 1_000_000 for s in (source, packed)}, None)
    assert again.ask([(source.name, 10_000)])
    assert not again.ask([(source.name, 500_000)])
    assert not again.ask([(source.name, 1), (source.name, 500_000)])
    assert not again.ask([(packed.name, 10_000)])
    assert again.ask([(source.name, 11_000)])


def test_standard_input_is_not_read_again() -> None:
    again = Rereading([Source("-", None, ".jsonl")], {"-": 3}, None)
    assert not again.ask([("-", 1)])
    assert again.read() == {}


def test_a_file_that_has_gone_is_left_out(tmp_path: Path) -> None:
    sources = collection(tmp_path, 3)
    again = Rereading(sources, {sources[0].name: 3}, None)
    again.ask([(sources[0].name, 2)])
    (tmp_path / "a.jsonl").unlink()
    assert again.read() == {}


@pytest.mark.parametrize("column", ["body", "words"])
def test_a_run_shows_the_text_of_copies(tmp_path: Path, column: str) -> None:
    story = "The bridge over the river reopened on Monday after two years of repairs, the mayor said in the square."
    file = tmp_path / "a.jsonl"
    file.write_text(
        "".join(json.dumps({"id": i, column: b}) + "\n" for i, b in (("1", story), ("2", "Else."), ("3", story)))
    )
    result = check([file], mapped={"body": column})
    assert result.overview
    [cluster] = result.overview.copies
    assert cluster.original.article and cluster.original.article["body"] == story
    [sample] = [s for s in result.samples if s.article["id"] == "3"]
    assert sample.article["body"] == story
    assert {f["check"] for f in sample.findings} >= {"duplicate-article"}
