"""A path that no file can have is an error of one line, wherever it is given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from copydesk.commands.cli import main
from copydesk.errors import UsageError
from copydesk.paths import expect_path

#: Names that no file can have, and how a message shows them.
IMPOSSIBLE = {
    "f" * 5000: "5,000 characters",
    "a\0b.yml": "the character NUL",
    "x\ud800.yml": "half of a surrogate pair",
}


@pytest.mark.parametrize(("path", "message"), IMPOSSIBLE.items(), ids=["too long", "NUL", "surrogate"])
def test_a_name_that_no_file_can_have_is_an_error(path: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        expect_path(path)
    assert message in str(error.value) and "\n" not in str(error.value)
    str(error.value).encode()  # can be printed
    assert len(str(error.value)) < 200


def test_a_file_may_be_there_or_not(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    for name in ("file", "missing", "missing/file", "file/below", "loop", os.fsdecode(b"\xff")):
        expect_path(tmp_path / name)


@pytest.mark.parametrize("path", IMPOSSIBLE, ids=["too long", "NUL", "surrogate"])
@pytest.mark.parametrize(
    "words",
    [
        ["check", "{}"],
        ["check", "a.jsonl", "--suite", "{}"],
        ["check", "a.jsonl", "--findings", "{}"],
        ["check", "a.jsonl", "--report", "{}"],
        ["check", "a.jsonl", "--baseline", "{}"],
        ["baseline", "a.jsonl", "-o", "{}"],
        ["diff", "{}", "a.jsonl"],
        ["diff", "a.jsonl", "{}"],
        ["score", "{}"],
        ["init", "{}"],
        ["prove", "--suite", "{}"],
    ],
    ids=" ".join,
)
def test_each_command_refuses_it(
    words: list[str], path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text('{"headline": "A ferry", "body": "The ferry left at noon."}\n')
    assert main([word.format(path) for word in words]) == 2
    assert "fault" not in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["a.jsonl"]
