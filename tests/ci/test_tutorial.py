"""docs/tutorial.md: its commands run one after the other, and say what the page quotes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", PAGE, re.M | re.S)
ENVIRONMENT = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def expected_status(script: str) -> int:
    said = re.search(r"# exit status (\d)", script)
    return int(said[1]) if said else 0


def quoted_in(output: str, quote: str) -> bool:
    """Return whether the lines of a quotation follow each other in an output; a line `…` stands for any lines."""
    parts = (re.escape(part.strip("\n")) for part in quote.split("…\n"))
    return re.search(r"^" + r"$.*?^".join(parts) + "$", output, re.M | re.S) is not None


def test_a_quotation_is_whole_lines_in_their_order() -> None:
    assert quoted_in("a\nb\nc\nd\n", "a\nb\n…\nd\n")
    assert not quoted_in("a\nb\nc\nd\n", "d\n…\na\n")
    assert not quoted_in("a\nbc\n", "a\nb\n")


def test_only_the_installation_is_not_run() -> None:
    assert {(language, kind) for language, kind, _ in BLOCKS} == {("sh", ""), ("text", ""), ("sh", "install")}
    assert [text for _, kind, text in BLOCKS if kind] == [
        "python3 -m venv .venv\n. .venv/bin/activate\npip install .\n"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_the_tutorial_runs(tmp_path: Path) -> None:
    folder, output = tmp_path, ""
    for language, kind, text in BLOCKS:
        if language == "text":
            assert quoted_in(output, text), output
        elif not kind:
            done = subprocess.run(
                ["bash", "-uc", text], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
            )
            output = done.stdout
            assert done.returncode == expected_status(text), text + output + done.stderr
            folder = tmp_path / "tutorial"
