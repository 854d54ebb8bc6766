"""`copydesk init`: what it prints as the next steps can be run as printed."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

import copydesk.judge.verdicts  # noqa: F401 - so that judging happens in this process, which is quicker
from copydesk.commands.cli import main

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said. It was day {}.\n\n" + (
    "The first bus crossed it at six in the morning with some forty people on board."
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    articles = [{"id": str(n), "headline": f"Bridge {n} reopens", "body": STORY.format(n)} for n in range(3)]
    articles[0]["body"] += "\n\nHide Ad"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "news.jsonl").write_text("".join(json.dumps(a) + "\n" for a in articles))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_next_steps_run_as_printed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    steps = re.findall(r"^  copydesk (.*)$", capsys.readouterr().out, re.M)
    assert len(steps) == 3
    # The article with the label fails the first run; the baseline knows it in the last one.
    assert [main(shlex.split(step, comments=True)) for step in steps] == [1, 0, 0]


def test_a_new_file_in_the_same_folder_is_checked(repository: Path) -> None:
    (repository / "data" / "news.jsonl").write_text(json.dumps({"headline": "Bridge", "body": STORY.format(1)}) + "\n")
    assert main(["init", "--ci", "none"]) == 0
    assert main(["check", "--quiet"]) == 0
    for name in ("later.jsonl", "2027/later.csv"):
        (repository / "data" / "2027").mkdir(exist_ok=True)
        dirty = repository / "data" / name
        dirty.write_text(f'headline,body\nBus,"{STORY.format(2)}\n\nHide Ad"\n')
        if name.endswith(".jsonl"):
            dirty.write_text(json.dumps({"headline": "Bus", "body": STORY.format(2) + "\n\nHide Ad"}) + "\n")
        assert main(["check", "--quiet"]) == 1
        dirty.unlink()


def test_the_baseline_of_the_config_can_be_switched_on(repository: Path) -> None:
    assert main(["init", "--ci", "none"]) == 0
    assert main(["baseline", "-o", "copydesk-baseline.jsonl"]) == 0
    config = repository / "copydesk.toml"
    config.write_text(config.read_text().replace("# baseline", "baseline"))
    assert main(["check", "--quiet"]) == 0


def test_every_file_is_named_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    names = re.findall(r"^wrote  (\S+)", capsys.readouterr().out, re.M)
    written = {str(p.relative_to(repository)) for p in repository.rglob("*") if p.is_file()} - {"data/news.jsonl"}
    assert sorted(names) == sorted(written)
    main(["init"])
    kept = re.findall(r"^kept   (\S+)", capsys.readouterr().out, re.M)
    assert sorted(kept) == sorted(names)
