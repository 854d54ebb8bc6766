"""A run that is killed at any moment leaves each output as it was, or whole; and the next run works."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from copydesk.commands.cli import main

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


def started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "copydesk", *arguments(folder), "--no-cache"], cwd=folder)


def begins_to_write(folder: Path, process: subprocess.Popen[bytes]) -> float:
    """Wait until a file is being written, or the process has ended; return the seconds."""
    start = time.perf_counter()
    while process.poll() is None and not parts(folder):
        time.sleep(0.0005)
    return time.perf_counter() - start


def test_twenty_random_moments(folder: Path) -> None:
    # Once without a kill: how long does it take to the first output, and from there to the last?
    process = started(folder)
    before = begins_to_write(folder, process)
    start = time.perf_counter()
    assert process.wait() == 1
    writing = time.perf_counter() - start
    assert assert_whole(folder, old=False) == len(OUTPUTS)
    chance = random.Random()

    def killed(trial: int) -> bool:
        mine, old = folder / str(trial), trial % 2 == 1
        shutil.copytree(folder, mine, ignore=lambda _, names: [n for n in names if n.isdigit()])
        prepared(mine, old)
        process = started(mine)
        if trial % 4:  # three of four while it writes
            begins_to_write(mine, process)
            time.sleep(chance.random() * writing)
        else:
            time.sleep(chance.random() * before)
        process.kill()
        status = process.wait()
        assert_whole(mine, old)
        return status == -signal.SIGKILL

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(killed, range(20))) >= 5
    assert_a_following_run_works(folder / "1")


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
