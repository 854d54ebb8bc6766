"""ci/bench prints what it has measured, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench_collections import collection
from bench_tables import MARK, as_markdown, as_text, put_into, tables
from measure import CommandError, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell and its tools")

BENCH = Path(__file__).parents[2] / "ci" / "bench.py"
MEASURES = ("wall", "cpu", "peak")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the bench measures on a tiny collection."""
    folder = tmp_path_factory.mktemp("bench")
    command: list[str | Path] = [sys.executable, BENCH, "--articles", "40", "--rounds", "1", "--sample", "12"]
    command += ["--keep", folder, "--json", folder / "figures.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (collection,) = folder.glob("news-40-*.jsonl")
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert figures["sizes"][0]["bytes"] == collection.stat().st_size
    assert done.stdout == as_text(figures) + "\n"
    return figures


def test_each_ratio_is_one_of_what_was_measured(figures: Any) -> None:
    (size,) = figures["sizes"]
    assert all(size[who][measure] > 0 for who in ("import", "read", "check") for measure in MEASURES)
    assert size["check"]["wall"] >= sum(size["stages"].values()), "the stages are of the same run"
    assert size["check"]["peak"] > size["read"]["peak"] > 20e6, "bytes: neither is smaller than Python with polars"
    for measure in MEASURES:
        less = size["check"][measure] - (size["import"][measure] if measure != "peak" else 0)
        assert size["check less import"][measure] == pytest.approx(less)
        times = pytest.approx(less / size["read"][measure]) if less > 0 else None
        assert size["times reading"][measure] == times
    assert size["an article"]["wall time"] == pytest.approx(size["check"]["wall"] / 40)
    assert set(size["times that of"].values()) <= {40, 1, None}, "of one size, each is one times itself"


def test_the_same_articles_are_read_in_each_format(figures: Any) -> None:
    formats = {each["name"]: each for each in figures["formats"]}
    assert {"JSON lines", "JSON: an array on one line", "CSV", "HTML pages, a file each", "WARC"} == set(formats)
    assert {each["articles"] for each in formats.values()} == {40}
    assert formats["JSON lines"]["times"] == 1 and all(each["rate"] > 0 for each in formats.values())


def test_each_rate_is_a_second_and_core_of_what_was_measured(figures: Any) -> None:
    (size,), rates = figures["sizes"], {rate["name"]: rate for rate in figures["rates"]}
    spent = size["check less import"]["cpu"]
    assert rates["check"]["rate"] == (pytest.approx(40 / spent) if spent > 0 else None)
    assert rates["regex"]["articles"] == 12
    for rate in figures["rates"][1:]:
        # Of so few articles the work may take no longer than that which is taken off: then there is no rate.
        assert rate["rate"] is None or rate["rate"] > 0
        told = spent > 0 and rate["rate"]
        assert rate["times"] == (pytest.approx(40 / spent / rate["rate"]) if told else None)


def test_the_checks_together_cost_what_a_run_costs(figures: Any) -> None:
    (checks,) = figures["checks"].values()
    assert checks["articles"] == 40 and "page-furniture" in checks["seconds"]
    assert 0 < sum(checks["seconds"].values()) <= checks["total"]
    (table,) = [t for t in tables(figures) if t[0][0].startswith("CPU time by check, 40 articles")]
    shares = {row[0]: float(row[-1].rstrip("%")) for row in table[1:]}
    assert shares.pop("all") == 100 and sum(shares.values()) == pytest.approx(100, abs=0.05 * len(table))


def test_what_is_made_up_and_what_is_like_real_articles_stand_side_by_side(figures: Any) -> None:
    (size,), (checks,) = figures["sizes"], figures["checks"].values()
    both = figures | {"sizes": [size, size | {"kind": "like real", "read": None}]}
    both["checks"] = {"made up": checks, "like real": checks | {"total": 2 * checks["total"]}}
    sizes, costs, *_ = tables(both)
    assert sizes[0] == ["articles", "40 made up", "40 like real"]
    (reading,) = [row for row in sizes if row[0] == "CPU time: `polars.read_ndjson`"]
    assert reading[2] == "–", "a file that is too large to be read at once"
    assert len(costs[0]) == 7 and {len(row) for row in costs} == {7}


def test_a_collection_like_real_articles_is_made_once(tmp_path: Path) -> None:
    model = {"headline": "Ferry returns", "body": "The ferry came home to the harbour on Monday, Ann Lee said."}
    (tmp_path / "models.jsonl").write_text(json.dumps(model) + "\n", encoding="utf-8")
    like = ((tmp_path / "models.jsonl", None),)
    made = collection(3, tmp_path, like)
    assert made.name.startswith("like-3-") and len(made.read_text(encoding="utf-8").splitlines()) == 3
    made.write_text("made before", encoding="utf-8")
    assert collection(3, tmp_path, like) == made and made.read_text(encoding="utf-8") == "made before"


def test_the_machine_is_named(figures: Any) -> None:
    machine = figures["machine"]
    assert machine["cores"] == os.cpu_count() and machine["packages"]["polars"] and machine["python"]


def test_the_tables_go_between_the_marks_and_nowhere_else(figures: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Before\n\n{MARK}\nold\n{MARK}\n\nAfter\n", encoding="utf-8")
    for _ in range(2):
        put_into(page, as_markdown(figures))
        text = page.read_text(encoding="utf-8")
        assert text == f"# Before\n\n{MARK}\n{as_markdown(figures)}\n{MARK}\n\nAfter\n"


def test_a_file_without_marks_is_refused_before_the_work(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# One mark\n{MARK}\n", encoding="utf-8")
    done = subprocess.run([sys.executable, BENCH, "--write", page], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "page.md: expected <!-- bench --> twice" in done.stderr


def test_every_row_of_a_markdown_table_has_as_many_cells(figures: Any) -> None:
    for block in as_markdown(figures).split("\n\n"):
        lines = block.splitlines()
        if lines[0].startswith("|"):
            assert len({line.count("|") for line in lines}) == 1 and len(lines) > 2


def test_the_cost_of_a_command_holds_that_of_its_children(tmp_path: Path) -> None:
    work = "import time; held = bytearray(200_000_000); start = time.process_time()\n"
    work += "while time.process_time() < start + 0.3: pass"
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]], check=True); print('done')"
    cost = run([sys.executable, "-c", parent, work], folder=tmp_path, environment=os.environ)
    assert cost.printed == "done\n"
    assert cost.wall > 0.3 and cost.cpu > 0.3 and cost.peak > 200e6


def test_a_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"ended with 3\nno such paper"):
        command = [sys.executable, "-c", "import sys; sys.stderr.write('no such paper'); sys.exit(3)"]
        run(command, folder=tmp_path, environment=os.environ)
