"""A package of checks outside the tree works as docs/extending.md says: installed by pip, run in processes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")

#: So that `python -m pip install .` needs no network: the environment of the tests has hatchling.
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_DEPS": "1"}


@dataclass(frozen=True)
class Newsroom:
    """The example package in a folder of its own, and where pip installs it."""

    folder: Path
    site: Path

    def run(self, *command: str, status: int = 0) -> str:
        """Run a command in the folder, where the package is installed; return what it prints."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {"PATH": path, "PYTHONPATH": str(self.site), "PIP_TARGET": str(self.site), **OFFLINE}
        done = subprocess.run(
            command, cwd=self.folder, env=os.environ | environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    folder = tmp_path_factory.mktemp("extension")
    shutil.copytree(
        Path(__file__).parent / "newsroom", folder / "newsroom", ignore=shutil.ignore_patterns("__pycache__")
    )
    package = Newsroom(folder / "newsroom", folder / "site")
    package.run("python", "-m", "pip", "install", "--quiet", ".")
    return package


def test_the_commands_of_the_page_do_what_it_says(newsroom: Newsroom) -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S)
    prints = {}
    for line in block.splitlines():
        command, _, comment = line.partition("#")
        status = re.search(r"exit status (\d)", comment)
        if "pip install" not in command:  # the fixture ran that one
            prints[command.split()[1]] = newsroom.run(*command.split(), status=int(status[1]) if status else 0)
    assert "shouted-headline" in prints["list"] and "newsroom" in prints["list"]
    assert "max_capitals: the largest share" in prints["explain"]
    for words in ("BRIDGE REOPENS ON MONDAY", "A word from the harbour trust", "Get the Harbour Letter every morning"):
        assert words in prints["check"]
    assert re.search(r"shouted-headline +in capitals +1 +1 +100.0%", prints["prove"])
    assert "1 passed" in prints["-m"]


def test_its_finding_is_like_any_other(newsroom: Newsroom) -> None:
    newsroom.run(*["copydesk", "check", "articles.jsonl", "--suite", "newsroom", "--findings", "f.jsonl"], status=1)
    lines = (newsroom.folder / "f.jsonl").read_text(encoding="utf-8").splitlines()
    (finding,) = [f for f in map(json.loads, lines) if f["check"] == "shouted-headline"]
    article = json.loads((newsroom.folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert finding["text"] == article["headline"][finding["start"] : finding["end"]] == "BRIDGE REOPENS ON MONDAY"
    assert finding["severity"] == "critical"


def test_a_misspelt_option_is_refused_with_the_right_name(newsroom: Newsroom) -> None:
    suite = (newsroom.folder / "newsroom_checks" / "suites" / "newsroom.yml").read_text(encoding="utf-8")
    (newsroom.folder / "slip.yml").write_text(suite.replace("max_capitals", "max_captials"), encoding="utf-8")
    message = newsroom.run(*["copydesk", "check", "articles.jsonl", "--suite", "slip.yml"], status=2)
    assert "slip.yml, line 6" in message and "Did you mean 'max_capitals'?" in message


def test_a_value_that_the_check_refuses_is_an_error_that_names_the_line(newsroom: Newsroom) -> None:
    suite = (newsroom.folder / "newsroom_checks" / "suites" / "newsroom.yml").read_text(encoding="utf-8")
    (newsroom.folder / "value.yml").write_text(suite.replace("0.8", "1.8"), encoding="utf-8")
    message = newsroom.run(*["copydesk", "check", "articles.jsonl", "--suite", "value.yml"], status=2)
    assert "value.yml, line 6" in message and "expected max_capitals from 0 to 1, got 1.8" in message


def test_it_is_an_expectation_on_a_frame(newsroom: Newsroom) -> None:
    printed = re.search(r"^This prints `(.*)`\.$", PAGE, re.M)
    assert printed
    assert printed[1] in newsroom.run("python", "frame.py").splitlines()


def test_the_page_shows_every_file_of_the_package() -> None:
    files = [f for f in (ROOT / "tests" / "extension" / "newsroom").rglob("*") if f.is_file() and f.suffix != ".pyc"]
    listed = set(re.findall(r"^<!-- file (\S+) -->$", PAGE, re.M))
    assert {str(f.relative_to(ROOT)) for f in files if f.name != "articles.jsonl"} == listed
