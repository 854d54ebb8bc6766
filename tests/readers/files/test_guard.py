"""Nothing that a run reads is ever written over, whatever way leads to it, and what is harmless is written."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from unittest.mock import patch

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import copydesk.judge.verdicts  # noqa: F401 - so that judging happens in this process, which is quicker
from copydesk.commands.cli import main
from copydesk.outputs import descriptor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the links, pipes and devices of POSIX")

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said."
SUITE = "expectations:\n  - type: expect_news_ad_residue\n    kwargs: {lexicons: [lexicons/en.house.txt]}\n"

#: What the runs below read, and how it is named to them.
ARTICLES = ("in.jsonl", "data/a.jsonl", "data/sub/b.csv", "globbed/c.jsonl", "globbed/deep/er/d.jsonl", "new.jsonl")
PATHS = ("in.jsonl", "data", "globbed/**/*.jsonl")
KNOWN, CACHED, KEY = "known.jsonl", ".copydesk/cache/entry.parts", "home/copydesk/cache.key"
READ = (*ARTICLES, "suite.yml", "lexicons/en.house.txt", "copydesk.toml", KNOWN, CACHED, KEY)


def rows(*names: str) -> str:
    return "".join(json.dumps({"id": n, "headline": n, "body": f"{STORY}\n\nHide Ad"}) + "\n" for n in names)


@contextmanager
def project() -> Iterator[Path]:
    """Make a folder with everything that a run may read, and work in it."""
    with TemporaryDirectory() as made, chdir(made), patch.dict(os.environ, XDG_DATA_HOME=f"{made}/home"):
        folder = Path(made)
        for name in (*READ, "elsewhere/old"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(rows(name))
        (folder / "data/sub/b.csv").write_text(f"id,headline,body\n1,Bridge,{STORY}\n")
        (folder / "suite.yml").write_text(SUITE)
        (folder / "lexicons/en.house.txt").write_text("[ad]\nA word from our zorblats\n")
        (folder / "copydesk.toml").write_text('fail_on = "never"\n')
        (folder / KNOWN).write_text('{"copydesk_baseline": 1}\n')
        (folder / KEY).write_bytes(bytes(32))
        (folder / KEY).chmod(0o600)
        (folder / ".git").mkdir()
        yield folder


State = dict[str, tuple[int, int, bytes]]


def state(folder: Path) -> State:
    """Return of everything in a folder: its kind, its inode, and its content or where it leads."""
    return {
        str(path.relative_to(folder)): (
            stat.S_IFMT(path.lstat().st_mode),
            path.lstat().st_ino,
            os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


def reaching(target: str, way: str) -> str:
    """Return a path that leads to a file some way."""
    path = Path(target)
    if way == "absolute":
        return str(path.absolute())
    if way == "dotted":
        return str(Path("elsewhere", "..", target))
    if way == "symlink":
        Path("elsewhere/link").symlink_to(path.absolute())
        return "elsewhere/link"
    if way == "link to a link":
        Path("elsewhere/one").symlink_to(Path("..", target))
        Path("elsewhere/two").symlink_to("one")
        return "elsewhere/two"
    if way == "hard link":
        Path("elsewhere/hard").hardlink_to(path)
        return "elsewhere/hard"
    if way == "linked folder":
        Path("elsewhere/folder").symlink_to(path.parent.absolute(), target_is_directory=True)
        return str(Path("elsewhere/folder", path.name))
    return target


WAYS = ("same", "absolute", "dotted", "symlink", "link to a link", "hard link", "linked folder")


def command(name: str, option: str, output: str) -> list[str]:
    """Return the arguments of a run that reads all there is for the command to read, and writes one output."""
    suite = ["--suite", "suite.yml"]
    if name == "check":
        return ["check", *PATHS, "new.jsonl", *suite, "--baseline", KNOWN, "--quiet", option, output]
    if name == "baseline":
        return ["baseline", *PATHS, "new.jsonl", *suite, option, output]
    if name == "diff":
        return ["diff", "data", "new.jsonl", *suite, "--quiet", option, output]
    return ["score", "in.jsonl", *suite, option, output]


#: Each command's options that name outputs, and what of READ it reads.
WRITERS = {
    "check": (
        ["--report", "--result", "--findings", "--junit", "--sarif", "--markdown", "--codequality"],
        list(READ),
    ),
    "baseline": (["-o", "--prune"], [name for name in READ if name not in (KNOWN, CACHED, KEY)]),
    "diff": (["--report", "--result", "--markdown"], ["data/a.jsonl", "data/sub/b.csv", "new.jsonl", "suite.yml"]),
    "score": (["--result"], ["in.jsonl", "suite.yml", "lexicons/en.house.txt"]),
}


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_output_takes_the_place_of_what_is_read(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(WRITERS)))
    options, read = WRITERS[name]
    option, target = data.draw(st.sampled_from(options)), data.draw(st.sampled_from(read))
    way = data.draw(st.sampled_from(WAYS))
    with project() as folder:
        output = reaching(target, way)
        before = state(folder)
        assert main(command(name, option, output)) == 2
        assert state(folder) == before


@pytest.mark.parametrize("option", ["--findings", "--result"])
@pytest.mark.parametrize(
    "output",
    ["data/x.jsonl", "data/sub/x.csv.gz", "globbed/x.jsonl", "globbed/deep/x.jsonl", "link/x.json", "dead", "in/x.txt"],
)
def test_no_output_is_placed_where_the_next_run_would_read_it(
    option: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with project() as folder:
        (folder / "link").symlink_to("data")
        (folder / "dead").symlink_to("data/x.jsonl")
        (folder / "in").symlink_to("data/sub")
        before = state(folder)
        assert main(command("check", option, output)) == 2
        said = capsys.readouterr().err
        of_no_format = option == "--findings" and output.endswith((".gz", ".json", ".txt"))
        assert ("findings are written to files that end in" if of_no_format else "would be read as articles") in said
        assert state(folder) == before


def nothing(_: Path) -> None:
    """Leave the place as it is."""


def old(path: Path) -> None:
    path.write_text("old")


def link(path: Path) -> None:
    path.symlink_to("elsewhere/old")


def dead_link(path: Path) -> None:
    path.symlink_to("elsewhere/new")


HARMLESS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a new file": ("out", nothing),
    "an old file": ("out", old),
    "a link to a file": ("out", link),
    "a link to nothing": ("out", dead_link),
    "a hidden file in a folder that is read": ("data/.x.jsonl", nothing),
    "a file of another kind in a folder that is read": ("data/x.sarif", nothing),
    "a file that the glob does not match": ("globbed/x.json", nothing),
    "a file beside the cache": (".copydesk/out", nothing),
}


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=25)
def test_what_is_harmless_is_written_and_nothing_else_changes(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["check", "baseline", "diff"]))
    option = data.draw(st.sampled_from([o for o in WRITERS[name][0] if o != "--prune"]))
    # findings are written to files of a few suffixes alone
    harmless = [k for k, (output, _) in HARMLESS.items() if option != "--findings" or not output.endswith(".sarif")]
    output, prepare = HARMLESS[data.draw(st.sampled_from(harmless))]
    with project() as folder:
        path = folder / output
        prepare(path)
        linked, before = path.is_symlink(), state(folder)
        assert main(command(name, option, output)) == 0
        after = state(folder)
        assert path.is_symlink() == linked and path.read_text() not in ("", "old")
        written = {output, os.path.relpath(os.path.realpath(path), os.path.realpath(folder))}
        assert {n: s for n, s in after.items() if n not in written} == {
            n: s for n, s in before.items() if n not in written
        }
        assert not linked or after[output] == before[output]


def test_a_report_may_lie_in_the_folder_that_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    with project():
        for _ in range(2):
            assert main(["check", "data", "--suite", "suite.yml", "--report", "data/report.html"]) in (0, 1)
        assert "report of copydesk" in capsys.readouterr().out


def test_pruning_is_the_one_rewrite_of_what_is_read() -> None:
    with project() as folder:
        assert main(["baseline", "in.jsonl", "-o", KNOWN]) == 0
        (folder / "in.jsonl").write_text(rows("other").replace("Hide Ad", "The end was cheerful."))
        Path("linked").symlink_to(KNOWN)
        assert main(["baseline", "in.jsonl", "--prune", "linked"]) == 0
        assert Path("linked").is_symlink() and len(Path(KNOWN).read_text().splitlines()) == 1


def test_standard_input_that_is_a_file_is_spared() -> None:
    with project() as folder:
        before = state(folder)
        with Path("in.jsonl").open("rb") as stdin:
            run = subprocess.run(
                [sys.executable, "-m", "copydesk", "check", "-", "--findings", "in.jsonl"],
                stdin=stdin,
                capture_output=True,
                check=False,
            )
        assert run.returncode == 2 and b"this is standard input" in run.stderr
        assert state(folder) == before


@pytest.mark.parametrize(
    ("findings", "read", "expected"),
    [
        ("data/f.parquet", ["data"], "would be read as articles"),
        ("globbed/deep/f.parquet", ["globbed/**"], "would be read as articles"),
        ("old.parquet", ["old.parquet"], "lies in old.parquet"),
        ("old.parquet", ["old.parquet/a.jsonl"], "this is an input (old.parquet/a.jsonl)"),
        ("linked.parquet", ["old.parquet/a.jsonl"], "this is an input (old.parquet/a.jsonl)"),
        ("old.parquet", ["in.jsonl", "--suite", "old.parquet/suite.yml"], "this is the suite (old.parquet/suite.yml)"),
        ("old.parquet", ["in.jsonl", "--result", "old.parquet/r.json"], "or one within the other"),
        ("around.parquet", ["in.jsonl"], "is there already"),
    ],
)
def test_the_folder_that_spark_writes_takes_the_place_of_nothing_either(
    findings: str, read: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with project() as folder:
        for name in ("_SUCCESS", "a.jsonl", "suite.yml"):
            (folder / "old.parquet" / name).parent.mkdir(exist_ok=True)
            (folder / "old.parquet" / name).write_text(SUITE if name == "suite.yml" else rows(name))
        (folder / "linked.parquet").symlink_to("old.parquet")
        (folder / "around.parquet").symlink_to("in.jsonl")
        before = state(folder)
        assert main(["check", *read, "--engine", "spark", "--findings", findings]) == 2
        assert expected in capsys.readouterr().err
        assert state(folder) == before


@pytest.mark.parametrize("second", ["out", "./out", "elsewhere/../out", "link", "hard"])
def test_two_outputs_are_two_files(second: str, capsys: pytest.CaptureFixture[str]) -> None:
    with project() as folder:
        (folder / "out").write_text("old")
        (folder / "link").symlink_to("out")
        (folder / "hard").hardlink_to("out")
        before = state(folder)
        assert main(["check", "in.jsonl", "--report", "out", "--result", second]) == 2
        said = capsys.readouterr().err
        assert "name the same file" in said and "--report out" in said and f"--result {Path(second)}" in said
        assert state(folder) == before


def test_both_sides_and_the_next_step_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with project():
        Path("link").symlink_to("suite.yml")
        assert main(["check", "in.jsonl", "--suite", "suite.yml", "--markdown", "link"]) == 2
        assert capsys.readouterr().err == (
            "copydesk: --markdown link: this is the suite (suite.yml), which is read: it would be overwritten. Name"
            " another file for --markdown.\n"
        )


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Compare, in a process of its own, which is quick: no expectation is judged."""
    command = [sys.executable, "-m", "copydesk", "diff", "in.jsonl", "new.jsonl", "--suite", "suite.yml", *arguments]
    settings: dict[str, Any] = {"capture_output": True} | options
    return subprocess.run(command, check=False, **settings)


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_a_pipe_is_written_into_and_stays_one(suffix: str) -> None:
    with project() as folder:
        pipe = folder / f"pipe{suffix}"
        os.mkfifo(pipe)
        read: list[bytes] = []
        reader = Thread(target=lambda: read.append(pipe.read_bytes()))
        reader.start()
        assert main(["check", "in.jsonl", "--suite", "suite.yml", "--quiet", "--findings", pipe.name]) == 0
        reader.join()
        assert pipe.is_fifo()
        (folder / f"copy{suffix}").write_bytes(read[0])
        copy = folder / f"copy{suffix}"
        found = pl.read_parquet(copy) if suffix == ".parquet" else pl.read_ndjson(copy)
        assert found["text"].to_list() == ["Hide Ad"]


def test_an_open_file_is_known_by_any_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/stdout")
    names = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2, "/dev/fd/63": 63, str(tmp_path / "link"): 1}
    assert {name: descriptor(Path(name)) for name in names} == names
    assert [descriptor(Path(name)) for name in ("/dev/null", "1", "out", "/dev/fd", "/dev/fd/x")] == [None] * 5


@pytest.mark.parametrize("name", ["/dev/fd/1", "out"])
def test_standard_output_is_written_to_as_it_is_open(name: str) -> None:
    with project() as folder:
        (folder / "out").symlink_to("/dev/stdout")
        assert json.loads(run("--quiet", "--result", name).stdout)["findings"]["known"] == 0
        with (folder / "log").open("wb") as file:  # a file that the shell has opened, and written to
            file.write(b"before\n")
            file.flush()
            run("--result", name, stdout=file, capture_output=False)
        log = (folder / "log").read_text()
        assert log.startswith('before\n{\n  "copydesk"') and "\n}\n1 article added" in log


def test_a_descriptor_that_is_not_open_for_writing_is_refused() -> None:
    with project(), Path("in.jsonl").open("rb") as file:
        closed = run("--result", "/dev/fd/63")
        assert closed.returncode == 2 and b"/dev/fd/63: cannot be written: Bad file descriptor" in closed.stderr
        read = run("--result", f"/dev/fd/{file.fileno()}", pass_fds=[file.fileno()])
        assert read.returncode == 2 and b"cannot be written" in read.stderr


def device(folder: Path, name: str, minor: int) -> Path:
    """Return a device of Linux: one of the test's own if it could be harmed, as by root."""
    if os.geteuid() or not Path("/dev", name).is_char_device():
        return Path("/dev", name)
    try:
        os.mknod(folder / name, stat.S_IFCHR | 0o666, os.makedev(1, minor))
    except PermissionError:
        pytest.skip("no device can be made here")
    return folder / name


@pytest.mark.skipif(sys.platform != "linux", reason="needs the devices of Linux")
def test_a_device_is_written_into_and_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    with project() as folder:
        null, full = device(folder, "null", 3), device(folder, "full", 7)
        (folder / "link").symlink_to(null)
        before = [path.stat() for path in (null, full)]
        assert main(["check", "in.jsonl", "--findings", str(null)]) == 0
        assert main(["check", "in.jsonl", "--result", "link"]) == 0
        assert (folder / "link").is_symlink()
        assert main(["check", "in.jsonl", "--result", str(full)]) == 2
        assert f"{full}: cannot be written: No space left on device" in capsys.readouterr().err
        after = [path.stat() for path in (null, full)]
        assert [(s.st_ino, s.st_mode) for s in after] == [(s.st_ino, s.st_mode) for s in before]


def test_what_is_neither_a_file_nor_a_pipe_nor_a_device_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with project() as folder, socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
        (folder / "around").symlink_to("around")
        before = state(folder)
        for output, said in (
            ("socket", "is a socket"),
            ("data", "is a folder"),
            ("around", "Too many levels of symbolic links"),
            ("none/x", "there is no folder"),
        ):
            assert main(["check", "in.jsonl", "--result", output]) == 2
            assert f"{output}: " in (message := capsys.readouterr().err) and said in message
        assert state(folder) == before


def test_a_file_stays_as_private_as_it_was() -> None:
    with project() as folder:
        (folder / "out").write_text("old")
        (folder / "out").chmod(0o600)
        before = os.umask(0o027)
        try:
            assert main(["check", "in.jsonl", "--result", "out", "--markdown", "new"]) == 0
        finally:
            os.umask(before)
        assert stat.S_IMODE((folder / "out").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o640


def test_a_pipe_in_a_folder_is_passed_over_and_named(caplog: pytest.LogCaptureFixture) -> None:
    with project() as folder:
        os.mkfifo(folder / "data" / "pipe.jsonl")
        os.mkfifo(folder / "globbed" / "pipe.jsonl")
        for path, pipe in (("data", "data/pipe.jsonl"), ("globbed/*.jsonl", "globbed/pipe.jsonl")):
            caplog.clear()
            assert main(["check", path, "--suite", "suite.yml", "--quiet"]) == 0
            assert [r.getMessage().partition(":")[0] for r in caplog.records if r.name.startswith("copydesk")] == [pipe]
        (folder / "only").mkdir()
        os.mkfifo(folder / "only" / "pipe.jsonl")
        assert main(["check", "only"]) == 2


def stored(name: str) -> bytes:
    """Return the articles of in.jsonl as a file of that name stores them."""
    lines, frame, target = Path("in.jsonl").read_bytes(), pl.read_ndjson("in.jsonl"), io.BytesIO()
    if name.endswith(".gz"):
        return gzip.compress(lines)
    if name.endswith(".zst"):
        return bytes(pa.Codec("zstd").compress(lines, asbytes=True))
    if name.endswith(".parquet"):
        frame.write_parquet(target)
        return target.getvalue()
    return frame.write_csv().encode() if name.endswith(".csv") else lines


@pytest.mark.parametrize("name", ["pipe.jsonl", "pipe.jsonl.gz", "pipe.jsonl.zst", "pipe.parquet", "pipe.csv"])
def test_a_pipe_that_is_named_is_read_once(name: str) -> None:
    with project() as folder:
        os.mkfifo(name)
        writer = Thread(target=(folder / name).write_bytes, args=[stored(name)])
        writer.start()
        outputs = ["--sarif", "s.sarif", "--report", "r.html", "--findings", "f.jsonl"]
        assert main(["check", name, "--suite", "suite.yml", "--quiet", *outputs]) == 0
        writer.join()
        assert pl.read_ndjson("f.jsonl")["text"].to_list() == ["Hide Ad"]


def test_a_pipe_without_a_name_is_told_of_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    with project():
        os.mkfifo("pipe")
        for arguments in (["check", "pipe"], ["diff", "in.jsonl", "pipe"]):
            assert main(arguments) == 2
            said = capsys.readouterr().err
            assert "pipe: expected a file whose suffix says its format" in said and "copydesk check -" in said
        os.mkfifo("twice.jsonl")
        for arguments in (["score", "twice.jsonl"], ["check", "in.jsonl", "--baseline", "twice.jsonl"]):
            assert main(arguments) == 2
            assert "twice.jsonl: expected a file" in capsys.readouterr().err
