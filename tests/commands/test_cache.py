"""`copydesk cache`, the options of `copydesk check`, and runs that share a cache at the same time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from copydesk.commands.cache import FOLDER
from copydesk.commands.cli import main, parser
from copydesk.engine.cache import SIZE
from copydesk.engine.cache.folder import Folder
from copydesk.engine.cache.key import key_file

from ..engine.cache.collection import data_of, entries, told, write
from ..engine.cache.conftest import every_file_is_worth_it  # noqa: F401 - a fixture for all tests here

STORY = "The ferry left at six. It came back on Friday with mail for the island, and with {n} passengers. "


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["cache", *arguments]) == status
    out, err = capsys.readouterr()
    return err if status else out


def test_it_says_what_is_there_and_removes_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = f"{FOLDER}: 0 entries, 0 bytes of at most 2.0 GB\n"
    assert printed(capsys) == nothing
    for name in "ab":
        told(write(here, name, ["ad"]), FOLDER)
    size = sum(entry.stat().st_size for entry in entries(FOLDER))
    day = f"{time.localtime().tm_year:04}-{time.localtime().tm_mon:02}-{time.localtime().tm_mday:02}"
    summary, times = printed(capsys).splitlines()
    assert summary == f"{FOLDER}: 2 entries, {size / 1000:,.1f} kB of at most 2.0 GB"
    assert re.fullmatch(rf"last used between {day} \d\d:\d\d and {day} \d\d:\d\d", times)
    (FOLDER / "mine.txt").write_text("mine")
    assert printed(capsys, "--clear") == f"{FOLDER}: 2 entries, {size / 1000:,.1f} kB, removed\n"
    assert printed(capsys) == nothing
    assert sorted(file.name for file in FOLDER.iterdir()) == [".gitignore", "mine.txt"]


def test_the_bound_is_that_of_the_config(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "copydesk.toml").write_text('paths = ["a.jsonl"]\ncache-size = "300MB"\nclear = true\n')
    told(write(here, "a", ["ad"]), FOLDER)
    assert "1 entry" in (said := printed(capsys))
    assert "at most 300 MB" in said
    assert "at most 1.5 GB" in printed(capsys, "--cache-size", "1.5GB")


@pytest.mark.parametrize("command", ["check", "cache"])
def test_the_bound_is_the_librarys_where_nobody_says_another(command: str) -> None:
    given = parser().parse_args([command, *(["a.jsonl"] if command == "check" else [])])
    assert given.options.settle(given, None).cache_size == SIZE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for few")
def test_a_link_is_an_error(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    FOLDER.parent.symlink_to(elsewhere)
    (elsewhere / "cache").mkdir()
    file = elsewhere / "cache" / f"{0:064x}.parts"
    file.write_text("somebody's")
    for arguments in ([], ["--clear"]):
        assert main(["cache", *arguments]) == 2
    assert file.exists()


def test_check_keeps_within_its_bound(here: Path) -> None:
    write(here, "a", ["ad", "repeat"])
    arguments = ["check", "a.jsonl", "--quiet", "--fail-on", "never"]
    assert main([*arguments, "--no-cache"]) == 0
    assert not FOLDER.exists()
    assert main(arguments) == 0
    assert len(entries(FOLDER)) == 1
    assert main([*arguments, "--cache-size", "100B"]) == 0
    assert not entries(FOLDER)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_key_that_others_may_read_is_said_in_a_line(
    here: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("user")))
    write(here, "a", ["ad"])
    arguments = ["check", "a.jsonl", "--quiet", "--fail-on", "never"]
    assert main(arguments) == 0
    assert capfd.readouterr().err == ""
    key_file().chmod(0o644)
    assert main(arguments) == 0
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"copydesk: The cache is not used: expected its key {key_file()} to be")


class Runs:
    """Runs of `copydesk check` on a collection, in processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "in").mkdir()
        for name in "abcd":  # large enough for the cache
            rows = ({"id": f"{name}{n}", "body": f"{STORY.format(n=n) * 4}\n\nHide Ad"} for n in range(800))
            (folder / "in" / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (folder / "suite.yml").write_text("expectations:\n  - type: expect_news_ad_residue\n")
        self.expected = self.findings(self.start("0", "--no-cache"))

    def start(self, name: str, *more: str) -> tuple[str, subprocess.Popen[str]]:
        command = [sys.executable, "-m", "copydesk", "check", "in", "--suite", "suite.yml", "--quiet", *more]
        output = ["--findings", f"{name}.jsonl"]
        return name, subprocess.Popen([*command, *output], cwd=self.folder, text=True, stderr=subprocess.PIPE)

    def findings(self, run: tuple[str, subprocess.Popen[str]]) -> bytes:
        name, process = run
        assert process.communicate()[1] == ""
        assert process.returncode == 1  # the data fails; no run does
        return (self.folder / f"{name}.jsonl").read_bytes()

    @property
    def cache(self) -> Path:
        return self.folder / FOLDER


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(tmp_path_factory.mktemp("runs"))


@contextmanager
def meanwhile(act: object) -> Iterator[list[int]]:
    """Do something over and over while the block runs; yield how often, one for each time."""
    done, ended = list[int](), Event()

    def work() -> None:
        while not ended.is_set():
            act()  # type: ignore[operator]
            done.append(1)
            time.sleep(0.002)

    thread = Thread(target=work)
    thread.start()
    try:
        yield done
    finally:
        ended.set()
        thread.join()


def test_runs_at_the_same_time_share_the_cache(runs: Runs) -> None:
    Folder(runs.cache).clear()
    for _ in range(2):  # none has an entry, then all of them have
        started = [runs.start(str(n)) for n in (1, 2)]
        assert {runs.findings(run) for run in started} == {runs.expected}
        assert len(entries(runs.cache)) == 4
        assert {file.name for file in runs.cache.iterdir()} == {".gitignore", *(e.name for e in entries(runs.cache))}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files that are open")
@pytest.mark.parametrize("warm", [False, True])
def test_a_run_while_another_empties_the_cache(runs: Runs, warm: bool) -> None:
    Folder(runs.cache).clear()
    if warm:
        assert runs.findings(runs.start("1")) == runs.expected
    with meanwhile(Folder(runs.cache).clear) as done:
        assert runs.findings(runs.start("2")) == runs.expected
    assert len(done) > 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files that are open")
def test_a_run_while_another_has_less_room(runs: Runs) -> None:
    assert runs.findings(runs.start("1")) == runs.expected
    with meanwhile(lambda: Folder(runs.cache).prune(100_000)):
        started = [runs.start("2"), runs.start("3", "--cache-size", "50kB")]
        assert {runs.findings(run) for run in started} == {runs.expected}


def test_an_entry_stays_open_while_its_parts_are_read(tmp_path: Path) -> None:
    # What another run removes or replaces is still read to its end.
    file, kept = tmp_path / "a.jsonl", tmp_path / "kept"
    file.write_bytes(data_of(["ad", "clean"] * 20))
    expected = told(file)
    assert told(file, kept, chunk_bytes=1000) == expected
    removed = Folder(kept)
    with meanwhile(removed.clear):
        for _ in range(5):
            assert told(file, kept, chunk_bytes=1000) == expected
