"""The hook, with real pre-commit on a real repository: a dirty article is stopped, and one screen says why."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell and its tools")

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n" + (
    "The first bus crossed it at six in the morning with some forty people on board."
)


def articles(count: int, words: str = "", *, at: int = 0) -> str:
    lines = [
        {"headline": f"Bridge {n}", "text": f"{STORY} Day {n}." + (words if n == at else "")} for n in range(count)
    ]
    return "".join(json.dumps(line) + "\n" for line in lines)


class Repository:
    """A repository of git, and what is done in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "corpus"
        (self.folder / "data").mkdir(parents=True)
        (folder / "gitconfig").write_text(
            "[user]\nname = A\nemail = a@example.org\n[safe]\ndirectory = *\n[init]\ndefaultBranch = main\n"
        )
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "COV_"))},
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "80",
        }
        self.run("git", "init", "--quiet")

    def run(self, *command: str | Path, status: int = 0, **env: str) -> str:
        done = subprocess.run(
            [str(c) for c in command],
            cwd=self.folder,
            env=self.env | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout
        return done.stdout

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def commit(self, *, status: int = 0) -> str:
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--quiet", "--message", "a change", status=status)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one clean file of articles, in which the hook is installed as the manifest defines it.

    Its environment is this one (`language: system`); that it makes its own is shown further down.
    """
    (hook,) = YAML(typ="safe", pure=True).load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    repository = Repository(tmp_path)
    config = {"repos": [{"repo": "local", "hooks": [hook | {"language": "system"}]}]}
    repository.write(".pre-commit-config.yaml", json.dumps(config))
    repository.write("data/articles.jsonl", articles(3))
    repository.write("package.json", "{}")
    repository.write("notes.txt", "Hide Ad")
    repository.run("pre-commit", "install")
    return repository


def test_a_clean_commit_passes_and_a_dirty_one_is_stopped_with_the_reason_on_one_screen(repository: Repository) -> None:
    assert "Passed" in repository.commit()
    repository.write("data/articles.jsonl", articles(5, "\n\nHide Ad\n\n&amp;nbsp; and\n\nAdvertisement", at=4))
    repository.write("data/more.jsonl", '{"headline": "Bridge 1", "text": "\n' + articles(1))
    said = repository.commit(status=1)
    lines = said.splitlines()
    assert len(lines) <= 24 and max(map(len, lines)) <= 80
    assert "critical  ad-residue  1 of 6 articles (16.7 %), 1 % allowed" in lines
    assert "  data/articles.jsonl, row 5: “Hide Ad”" in lines
    assert "    the label of an advertisement's slot, not a line of the story" in lines
    assert any("unreadable-row" in line for line in lines)
    assert repository.run("git", "log", "--format=%s").splitlines() == ["a change"]


def test_only_staged_data_files_are_looked_at(repository: Repository) -> None:
    repository.commit()
    repository.write("data/unstaged.jsonl", articles(2, "\n\nHide Ad"))
    repository.write("data/other.jsonl", articles(2, ", again"))
    repository.run("git", "add", "data/other.jsonl")
    assert "Passed" in repository.run("git", "commit", "--message", "clean")
    repository.write("notes.txt", "Advertisement")
    repository.write("table.json", "[1]")
    repository.run("git", "add", "notes.txt", "table.json")
    assert "(no files to check)Skipped" in repository.run("git", "commit", "--message", "no data")


def test_what_the_config_knows_may_stay_and_what_is_new_may_not(repository: Repository) -> None:
    repository.write("data/articles.jsonl", articles(300, "\n\nHide Ad", at=7))
    repository.run("copydesk", "baseline", "data", "-o", "copydesk-baseline.jsonl")
    repository.write("copydesk.toml", 'paths = ["data"]\nbaseline = "copydesk-baseline.jsonl"\n')
    repository.commit()
    repository.write("data/articles.jsonl", articles(300, "\n\nHide Ad", at=7).replace("Day 5.", "Day 5.\\n\\nHide Ad"))
    said = repository.commit(status=1)
    assert "  data/articles.jsonl, row 6: “Hide Ad”" in said.splitlines() and len(said.splitlines()) <= 24


def test_what_copydesk_init_writes_stops_a_dirty_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.write("data/articles.jsonl", articles(3))
    repository.run("copydesk", "init")
    repository.run("pre-commit", "install")
    repository.commit()
    repository.write("data/articles.jsonl", articles(4, "\n\nHide Ad", at=3))
    assert "“Hide Ad”" in repository.commit(status=1)


def test_pre_commit_makes_the_environment_from_this_repository(tmp_path: Path) -> None:
    """All is real but what copydesk depends on: that is lent from here, and installed for real by test_packaging."""
    if not (ROOT / ".git").exists():
        pytest.skip("not in a repository, from which pre-commit could take the hook")
    lent = tmp_path / "lent"
    lent.mkdir()
    for package in Path(site.getsitepackages()[0]).iterdir():
        if "copydesk" not in package.name.lower():
            (lent / package.name).symlink_to(package)
    repository = Repository(tmp_path)
    repository.write("data/articles.jsonl", articles(3, "\n\nHide Ad"))
    repository.run("git", "add", "--all")
    said = repository.run(
        *("pre-commit", "try-repo", ROOT, "copydesk", "--all-files"),
        status=1,
        PYTHONPATH=str(lent),
        PIP_NO_DEPS="1",
        PIP_NO_BUILD_ISOLATION="0",  # which says no isolation, as pip reads it
    )
    assert "  data/articles.jsonl, row 1: “Hide Ad”" in said.splitlines()
