"""The exit status says what became of the data, whatever becomes of standard output and standard error."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from copydesk.commands.streams import Lasting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the pipes and devices of POSIX")

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n" + (
    "The first bus crossed it at six in the morning with some forty people on board."
)
FULL = Path("/dev/full")


def article(number: int, more: str = "") -> dict[str, Any]:
    labels = [{"paragraph": 0, "kind": "clean"}, {"paragraph": 2, "kind": "clean"}]
    if more:
        labels.append({"paragraph": 4, "kind": "residue"})
    body = f"{STORY} It was day {number}.{more}"
    return {"id": str(number), "headline": f"Bridge {number} reopens", "body": body, "labels": labels}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("streams")
    for name, more in (("clean", ""), ("dirty", "\n\nHide Ad")):
        lines = "".join(json.dumps(article(number, more)) + "\n" for number in range(300))
        (made / f"{name}.jsonl").write_text(lines)
    return made


def closed_at_once(process: subprocess.Popen[bytes], stdout: BinaryIO) -> None:
    stdout.close()


def closed_after_a_line(process: subprocess.Popen[bytes], stdout: BinaryIO) -> None:
    stdout.readline()
    stdout.close()


def closed_after_a_while(process: subprocess.Popen[bytes], stdout: BinaryIO) -> None:
    time.sleep(0.3)
    stdout.close()


READERS: dict[str, Callable[[subprocess.Popen[bytes], BinaryIO], None]] = {
    "at once": closed_at_once,
    "after a line": closed_after_a_line,
    "after a while": closed_after_a_while,
}


def status(folder: Path, arguments: list[str], reader: str) -> tuple[int, bytes]:
    """Run a command whose output goes to such a reader; return its status and what it said on standard error."""
    command = [sys.executable, "-m", "copydesk", *arguments]
    if reader == "full":
        with FULL.open("wb") as full:
            done = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
        return done.returncode, done.stderr
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        stdout = process.stdout
        process.stdout = None
        READERS[reader](process, stdout)  # type: ignore[arg-type]
        said = process.stderr.read()
    return process.returncode, said


def each(folder: Path, arguments: list[str], readers: Sequence[str]) -> Iterator[tuple[str, int, bytes]]:
    """Run a command for each reader; the full device is left out where there is none."""
    some = [reader for reader in readers if reader != "full" or FULL.is_char_device()]
    with ThreadPoolExecutor(2) as pool:
        for reader, result in zip(some, pool.map(lambda r: status(folder, arguments, r), some), strict=True):
            yield reader, *result


ALL = (*READERS, "full")
#: For commands that print as one of the others does, and take their time.
TWO = ("after a line", "full")

FAILING = {
    "check": ["check", "dirty.jsonl", "--no-cache"],
    "check --github": ["check", "dirty.jsonl", "--no-cache", "--quiet", "--github"],
    "check --brief": ["check", "dirty.jsonl", "--no-cache", "--brief"],
    "check --quiet": ["check", "dirty.jsonl", "--no-cache", "--quiet"],
    "diff": ["diff", "clean.jsonl", "dirty.jsonl", "--fail-on", "critical"],
    "diff, a long output": ["diff", "clean.jsonl", "dirty.jsonl", "--fail-on", "critical", "--result", "/dev/fd/1"],
}


@pytest.mark.parametrize("name", FAILING)
def test_data_that_fail_shut_the_gate(folder: Path, name: str) -> None:
    for reader, got, said in each(folder, FAILING[name], TWO if name in ("check --brief", "check --quiet") else ALL):
        refused = reader == "full" and "long" in name  # an output that was asked for cannot be written
        assert got == (2 if refused else 1), (reader, said)
        assert b"Traceback" not in said and b"Exception" not in said
        assert (b"No space left on device" in said) == (reader == "full" and "quiet" not in name)


PASSING = {
    "check": ["check", "clean.jsonl", "--no-cache"],
    "diff": ["diff", "clean.jsonl", "dirty.jsonl"],
    "list": ["list"],
    "explain": ["explain", "ad-residue"],
    "baseline": ["baseline", "dirty.jsonl", "-o", "known.jsonl"],
    "score": ["score", "dirty.jsonl"],
    "prove": ["prove", "clean.jsonl", "--articles", "3"],
    "init": ["init", "project"],
    "--help": ["--help"],
    "check --help": ["check", "--help"],
    "--version": ["--version"],
}


@pytest.mark.parametrize("name", PASSING)
def test_a_reader_that_goes_away_is_no_error_and_a_full_device_is(folder: Path, name: str) -> None:
    (folder / "project").mkdir(exist_ok=True)
    for reader, got, said in each(folder, PASSING[name], TWO if name in ("check", "baseline") else ALL):
        assert got == (2 if reader == "full" else 0), (reader, said)
        assert said.count(b"\n") == (reader == "full")
        if reader == "full":
            assert said.startswith(b"copydesk: standard output cannot be written: No space left on device. ")


def test_wrong_usage_is_2_for_every_reader(folder: Path) -> None:
    for arguments in (["check", "none.jsonl"], ["chekc"]):
        assert {got for _, got, _ in each(folder, arguments, TWO)} == {2}


@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_streams_that_are_closed_from_the_start_change_nothing(folder: Path, closing: str) -> None:
    if "full" in closing and not FULL.is_char_device():
        pytest.skip("there is no full device here")
    for arguments, expected in (
        ("diff clean.jsonl dirty.jsonl --fail-on critical --result result.json", 1),
        ("diff clean.jsonl clean.jsonl --fail-on critical", 0),
        ("diff none.jsonl clean.jsonl", 2),
    ):
        command = f'"$0" -m copydesk {arguments} {closing}'
        done = subprocess.run(["sh", "-c", command, sys.executable], cwd=folder, capture_output=True, check=False)
        assert done.returncode == expected
        assert done.stdout == b"" or closing.startswith("2>")
    assert json.loads((folder / "result.json").read_text())["findings"]["new"] >= 300


def test_a_pipe_that_does_not_wait_is_waited_for() -> None:
    with ExitStack() as stack:
        read, write = os.pipe()
        reader = stack.enter_context(os.fdopen(read, "rb"))
        writer = stack.enter_context(os.fdopen(write, "wb"))
        os.set_blocking(write, False)
        output = Lasting(io.TextIOWrapper(writer))
        with ThreadPoolExecutor(1) as pool:
            received = pool.submit(lambda: len(reader.read(1 << 20)))
            with io.BufferedWriter(output) as buffered:
                buffered.write(bytes(1 << 20))
            assert received.result() == 1 << 20
        assert output.error is None
