"""The files of a git revision, and the pointers of Git LFS that may stand in their place."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from copydesk.commands.cli import main
from copydesk.errors import UsageError
from copydesk.gate.diff import difference
from copydesk.gate.revisions import at_revision

BODY = "The bridge over the river reopened on Monday after two years of repairs, the city said."
SUITE = "expectations: [{type: expect_news_ad_residue}]"


def git(*words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    git("init", "-q", "-b", "main")
    for number, words in enumerate(("", "\n\nHide Ad")):
        rows = [{"id": str(n), "headline": f"Bridge {n}", "body": BODY + words} for n in range(2 + number)]
        (tmp_path / "data" / "a b.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (tmp_path / "notes.txt").write_text("not of the collection")
        git("add", ".")
        git("commit", "-qm", str(number))
    (tmp_path / "suite.yml").write_text(SUITE)
    (tmp_path / "data" / "a b.jsonl").write_text("uncommitted")
    return tmp_path


def test_two_revisions_are_compared_and_files_have_the_names_of_the_repository(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["diff", "main~1", "main", "--suite", "suite.yml", "--result", "d.json", "--", "data"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "1 article added" in out and "copydesk-revision-" not in out
    data = json.loads((repository / "d.json").read_text())
    assert {f["file"] for f in data["new_findings"]} == {"main:data/a b.jsonl"}
    assert (repository / "data" / "a b.jsonl").read_text() == "uncommitted"


@pytest.mark.parametrize("path", ["data", "data/a b.jsonl", "data/*.jsonl", "."])
def test_a_path_is_a_folder_a_file_or_a_glob(repository: Path, path: str) -> None:
    (repository / "notes.txt").unlink()
    with at_revision("HEAD", [path]) as new, at_revision("HEAD~1", [path]) as old:
        names = [source.name for source in new.sources]
        assert "HEAD:data/a b.jsonl" in names
        if path != ".":
            assert names == ["HEAD:data/a b.jsonl"] and str(new) == f"HEAD:{path}"
            assert len(difference(old, new, suite="suite.yml").added) == 1


@pytest.mark.parametrize(
    ("revision", "path", "said"),
    [
        ("nowhere", "data", "nowhere: git cannot give this revision: there is no such revision"),
        ("--output=pwned", "data", "there is no such revision"),
        ("HEAD", "none", "pathspec 'none' did not match any files"),
        ("HEAD", "../data", "expected a path below the working folder"),
        ("HEAD", "/data", "expected a path below the working folder"),
    ],
)
def test_what_is_not_there_is_named(repository: Path, revision: str, path: str, said: str) -> None:
    with pytest.raises(UsageError, match=said), at_revision(revision, [path]):
        pass
    assert not (repository / "pwned").exists()


def test_outside_of_a_repository_git_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="not a git repository"), at_revision("HEAD", ["a"]):
        pass
