"""A run that is killed at any moment leaves each output as it was, or whole; and the next run works."""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.cli import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

OLD = "old"
STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n"


def whole_report(text: str) -> bool:
    return text.startswith("<!doctype html>") and text.rstrip().endswith("</html>")


def whole_result(text: str) -> bool:
    return "timing" in json.loads(text)


def whole_findings(text: str) -> bool:
    rows = [json.loads(line) for line in text.splitlines()]
    return text.endswith("\n") and sum(row["text"] == "Hide Ad" for row in rows) == 40


OUTPUTS: dict[str, Callable[[str], bool]] = {
    "report.html": whole_report,
    "result.json": whole_result,
    "findings.jsonl": whole_findings,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"id": str(n), "headline": f"Bridge {n}", "body": f"{STORY}Day {n}.\n\nHide Ad"} for n in range(40)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "suite.yml").write_text("expectations:\n  - type: expect_news_ad_residue\n")
    (tmp_path / "out").mkdir()
    return tmp_path


def arguments(folder: Path) -> list[str]:
    outputs = [word for name in OUTPUTS for word in (f"--{name.partition('.')[0]}", str(folder / "out" / name))]
    return ["check", str(folder / "in.jsonl"), "--suite", str(folder / "suite.yml"), "--quiet", *outputs]


def prepared(folder: Path, old: bool) -> None:
    for name in OUTPUTS:
        (folder / "out" / name).unlink(missing_ok=True)
        if old:
            (folder / "out" / name).write_text(OLD)


def parts(folder: Path) -> set[Path]:
    return set((folder / "out").glob(".*.part"))


def assert_whole(folder: Path, old: bool) -> int:
    """Return how many outputs were written."""
    written = 0
    for name, whole in OUTPUTS.items():
        path = folder / "out" / name
        text = path.read_text(encoding="utf-8") if path.exists() else None
        if text != (OLD if old else None):
            assert text is not None and whole(text), f"{name} is half-written"
            written += 1
    shown = {p.name for p in (folder / "out").iterdir() if not p.name.startswith(".")}
    assert shown <= set(OUTPUTS)
    return written


def assert_a_following_run_works(folder: Path) -> None:
    prepared(folder, old=False)
    assert main(arguments(folder)) == 1
    assert assert_whole(folder, old=False) == len(OUTPUTS)
    assert {p.name for p in (folder / "out").iterdir()} == set(OUTPUTS)  # and what the dead have left is gone


def test_twenty_random_moments(folder: Path) -> None:
    # Each is a process of its own, forked from one that has imported Great Expectations already: that takes seconds.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["copydesk.judge", "copydesk.run", "copydesk.reports.html", "copydesk.cli"])
    chance = random.Random()
    writes_after = writes_for = 0.0
    killed = 0
    for trial in range(-2, 20):
        old = trial > 0 and trial % 2 == 1
        prepared(folder, old)
        before = parts(folder)
        process = context.Process(target=main, args=([*arguments(folder), "--no-cache"],))
        start = time.perf_counter()
        process.start()
        if trial < 0:  # how long does it take, once all is imported?
            while process.is_alive() and parts(folder) <= before:
                time.sleep(0.0005)
            writes_after = time.perf_counter() - start
            while process.is_alive() and not all((folder / "out" / name).exists() for name in OUTPUTS):
                time.sleep(0.0005)
            writes_for = time.perf_counter() - start - writes_after
            process.join()
            assert assert_whole(folder, old) == len(OUTPUTS)
            continue
        if trial % 4:  # three of four while it writes
            while process.is_alive() and parts(folder) <= before:
                time.sleep(0.0005)
            time.sleep(chance.random() * writes_for)
        else:
            time.sleep(chance.random() * writes_after)
        process.kill()
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        assert_whole(folder, old)
    assert killed >= 5
    assert_a_following_run_works(folder)


@pytest.mark.parametrize("moment", ["cache", "out"])
def test_a_real_process_killed_while_it_writes_leaves_outputs_and_cache_whole(folder: Path, moment: str) -> None:
    written = {"cache": folder / ".copydesk" / "cache", "out": folder / "out"}[moment]
    rows = (folder / "in.jsonl").read_text().splitlines()
    with (folder / "in.jsonl").open("w") as file:  # large enough for the cache
        file.writelines(row + "\n" for row in rows)
        file.writelines(json.dumps({"id": f"long {n}", "body": STORY * 90}) + "\n" for n in range(40))
    command = [sys.executable, "-m", "copydesk", *arguments(folder)]
    prepared(folder, old=True)
    process = subprocess.Popen(command, cwd=folder)
    while process.poll() is None and not (
        written.is_dir() and list(written.glob("*.part")) + list(written.glob(".*.part"))
    ):
        time.sleep(0.0005)
    process.kill()
    process.wait()
    assert_whole(folder, old=True)
    found = []
    for more in ([], [], ["--no-cache"]):
        prepared(folder, old=False)
        assert subprocess.run([*command, *more], cwd=folder, check=False).returncode == 1
        assert assert_whole(folder, old=False) == len(OUTPUTS)
        found.append((folder / "out" / "findings.jsonl").read_bytes())
    assert found[0] == found[1] == found[2]
    assert {p.name for p in (folder / "out").iterdir()} == set(OUTPUTS)
