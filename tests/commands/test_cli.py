"""The command line: its exit statuses, its outputs, its errors; a contract that scripts rely on."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import polars as pl
import pytest

from copydesk import __version__
from copydesk.commands.cli import main, parser
from copydesk.engine.collection import MEMORY
from copydesk.model.finding import FINDING

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n" * 1 + (
    "The first bus crossed it at six in the morning with some forty people on board."
)


def story(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "headline": f"Bridge {number} reopens",
        "body": f"{STORY} It was day {number}.",
    } | fields


def lines(*articles: dict[str, Any]) -> str:
    return "".join(json.dumps(a) + "\n" for a in articles)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.jsonl"
    path.write_text(lines(*(story(n) for n in range(4))))
    return path


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    path = tmp_path / "dirty.jsonl"
    path.write_text(lines(story(1), story(2, headline="<script>alert(1)</script>", body=f"{STORY}\n\nHide Ad")))
    return path


def test_passed_is_0_and_the_verdict_comes_first(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(clean)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1].startswith("PASSED: ")
    assert "Columns: id, headline, body" in out


def test_failed_is_1_and_the_words_are_quoted(dirty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(dirty)]) == 1
    out = capsys.readouterr().out
    assert "\nFAILED: 2 of " in out and out.endswith("did not hold (the gate fails on critical)\n")
    assert "“Hide Ad”" in out
    assert main(["check", str(dirty), "--fail-on", "never"]) == 0
    assert main(["check", str(dirty), "--quiet"]) == 1
    assert capsys.readouterr().out.count("Hide Ad") == 1


def test_outputs_have_the_form_of_the_contract(dirty: Path, tmp_path: Path) -> None:
    result, findings, parquet, report = (tmp_path / n for n in ("r.json", "f.jsonl", "f.parquet", "r.html"))
    asked = ["--result", str(result), "--findings", str(findings), "--report", str(report), "--quiet"]
    assert main(["check", str(dirty), *asked]) == 1
    data = json.loads(result.read_text())
    assert {"copydesk", "suite", "success", "collection", "expectations", "rejected", "timing"} <= set(data)
    assert data["copydesk"] == __version__
    assert set(data["collection"]) == {"articles", "files", "bytes", "columns"}
    assert data["collection"]["bytes"] == dirty.stat().st_size
    for expectation in data["expectations"]:
        assert {
            "type", "check", "severity", "success", "kwargs", "articles_checked", "articles_unexpected",
            "unexpected_percent", "findings",
        } <= set(expectation)  # fmt: skip
    everything = [json.loads(line) for line in findings.read_text().splitlines()]
    (found,) = [f for f in everything if f["check"] == "ad-residue"]
    assert set(found) == set(FINDING)
    assert (found["check"], found["family"], found["text"]) == ("ad-residue", "residue", "Hide Ad")
    page = report.read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    assert main(["check", str(dirty), "--findings", str(parquet), "--quiet"]) == 1
    assert pl.read_parquet(parquet).to_dicts() == everything
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "dirty.jsonl",
        "f.jsonl",
        "f.parquet",
        "r.html",
        "r.json",
    ]


def test_what_ci_reads_is_written_on_request_and_is_the_same_each_time(
    dirty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    asked = [f"--{name}=out.{name}" for name in ("junit", "sarif", "markdown", "codequality")]
    written = []
    for _ in range(2):
        assert main(["check", dirty.name, *asked, "--github", "--quiet"]) == 1
        texts = [(tmp_path / a.partition("=")[2]).read_text(encoding="utf-8") for a in asked]
        written.append([re.sub(r' time="[\d.]+"', "", t) for t in (*texts, capsys.readouterr().out)])
    assert written[0] == written[1]
    junit, sarif, markdown, quality, annotated = written[0]
    failing = {case.get("name") for case in Xml.fromstring(junit).iter("testcase") if case.find("failure") is not None}
    assert failing == {"ad-residue", "html-leftover"}
    found = [r for r in json.loads(sarif)["runs"][0]["results"] if r["ruleId"] == "ad-residue"]
    assert [r["locations"][0]["physicalLocation"]["region"] for r in found] == [{"startLine": 2}]
    assert "“Hide Ad”" in markdown
    assert {"path": "dirty.jsonl", "lines": {"begin": 2}} in [issue["location"] for issue in json.loads(quality)]
    assert any(line.startswith("::error file=dirty.jsonl,line=2,") for line in annotated.splitlines())
    assert not (tmp_path / "summary.md").exists()


def test_no_article_gives_a_command_to_a_runner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = "\n::error title=x::Hide Ad\n  ::add-mask::the\n##[add-mask]the\n::stop-commands::x"
    for kind in ("id", "headline", "body", "publisher"):
        path = tmp_path / f"{kind}.jsonl"
        hostile = story(1, body=f"{STORY}\n\n{bad}\nHide Ad{bad}", **{"publisher": "P", "::error title=x::y": "1"})
        path.write_text(lines(hostile | {kind: hostile[kind] + bad}, hostile | {"id": "2"}))
        main(["check", str(path), "--github", "--map", "section=::error title=x::y"])
        for line in capsys.readouterr().out.splitlines():
            ours = re.match(r"::(error|warning|notice) (file=[^:,]*,line=\d+,)?title=[^:,]*::", line)
            assert ours or not line.lstrip().startswith("::")
            assert ours or not re.search(r"##\w*\[", line)


BAD = {
    "a missing file": (["{tmp}/none.jsonl"], "there is no such file"),
    "an empty file": (["{tmp}/empty.jsonl"], "empty.jsonl"),
    "a folder without articles": (["{tmp}/folder"], "folder"),
    "a gzip cut in half": (["{tmp}/cut.jsonl.gz"], "cut.jsonl.gz"),
    "an unknown format": (["{tmp}/a.docx"], "a.docx"),
    "no body": (["{tmp}/nobody.jsonl"], "--map body=COLUMN"),
    "a column that is not there": (["{tmp}/good.jsonl", "--map", "body=txt"], "there is no column 'txt'"),
    "an unknown field": (["{tmp}/good.jsonl", "--map", "boddy=body"], "Did you mean 'body'?"),
    "a map without a column": (["{tmp}/good.jsonl", "--map", "body"], "expected FIELD=COLUMN"),
    "an unknown suite": (["{tmp}/good.jsonl", "--suite", "nws"], "Did you mean 'news'?"),
    "an unknown check": (
        ["{tmp}/good.jsonl", "--suite", "{tmp}/check.yml"],
        "Did you mean 'expect_news_ad_residue'?",
    ),
    "a misspelt option": (["{tmp}/good.jsonl", "--suite", "{tmp}/option.yml"], "Did you mean 'min_words'?"),
    "an empty suite": (["{tmp}/good.jsonl", "--suite", "{tmp}/empty.yml"], "holds no expectations"),
    "a folder to write to that is not there": (
        ["{tmp}/good.jsonl", "--report", "{tmp}/no/r.html"],
        "Make it first",
    ),
    "one file for two outputs": (
        ["{tmp}/good.jsonl", "--report", "{tmp}/r", "--result", "{tmp}/r"],
        "name the same file",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_usage_is_2_with_one_line_and_nothing_written(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.jsonl").write_text(lines(story(1)))
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "folder").mkdir()
    whole = gzip.compress(lines(*(story(n) for n in range(50))).encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "a.docx").write_text("x")
    (tmp_path / "nobody.jsonl").write_text('{"a": 1}\n')
    (tmp_path / "check.yml").write_text("expectations:\n  - type: expect_news_ad_residoo\n")
    (tmp_path / "option.yml").write_text(
        "expectations:\n  - type: expect_news_body_length\n    kwargs: {min_wrds: 1}\n"
    )
    (tmp_path / "empty.yml").write_text("name: empty\nexpectations: []\n")
    before = sorted(tmp_path.rglob("*"))
    arguments, message = BAD[case]
    outputs = ["--findings", str(tmp_path / "out.jsonl")]
    assert main(["check", *(a.format(tmp=tmp_path) for a in arguments), *outputs]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("copydesk: ") and said.err.count("\n") == 1
    assert message in said.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_fault_of_ours_is_3(clean: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("copydesk.run.check", broken)
    assert main(["check", str(clean)]) == 3
    assert "a fault in copydesk" in capsys.readouterr().err


def test_interrupted_is_130(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("copydesk.run.check", interrupted)
    assert main(["check", str(clean)]) == 130


@pytest.mark.parametrize("more", [[], ["--quiet", "--github"]])
def test_words_that_the_terminal_has_no_letters_for_are_escaped(dirty: Path, more: list[str]) -> None:
    run = copydesk("check", str(dirty), *more, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert run.returncode == 1 and b"Hide Ad" in run.stdout and b"\\u201c" in run.stdout


def test_wrong_words_are_2() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["chekc"])
    assert stop.value.code == 2


def test_a_failed_run_leaves_old_outputs_as_they_were(tmp_path: Path) -> None:
    old = tmp_path / "r.json"
    old.write_text("old")
    assert main(["check", str(tmp_path / "none.jsonl"), "--result", str(old)]) == 2
    assert old.read_text() == "old"


def copydesk(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "copydesk", *arguments], capture_output=True, check=False, **options)


def test_standard_input_is_read_as_json_lines() -> None:
    run = copydesk("check", "-", input=lines(story(1, body="Hide Ad")).encode())
    assert run.returncode == 1 and b"Hide Ad" in run.stdout
    assert run.stderr == b""


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["explain", "ad-residue"]])
def test_help_is_answered_without_great_expectations_or_pandas(arguments: list[str]) -> None:
    code = (
        "import sys; from copydesk.commands.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'great_expectations', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_check_waits_for_neither_great_expectations_nor_pandas() -> None:
    code = (
        "import sys; from copydesk.commands.cli import main\n"
        "main(['check', 'fixtures/demo', '--quiet', '--no-cache', '--fail-on', 'never'])\n"
        "sys.exit(bool({'great_expectations', 'pandas'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False).returncode == 0


def test_help_is_fast() -> None:
    def seconds(*arguments: str) -> float:
        """Return the CPU time of a run of Python: what else the machine does counts little."""
        before = os.times()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    # The contract says 0.3 s; a noisy machine is allowed two starts of Python on top.
    python = min(seconds("-c", "pass") for _ in range(5))
    assert min(seconds("-m", "copydesk", "--help") for _ in range(10)) < 0.3 + 2 * python


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        (["--help"], {"polars", "numpy", "subprocess", "copydesk.readers.reading", "copydesk.checks"}),
        (["explain", "mojibake"], {"polars", "numpy", "copydesk.readers.reading"}),
        (["list"], {"polars", "numpy", "copydesk.readers.reading"}),
    ],
)
def test_a_command_loads_what_it_needs(words: list[str], unneeded: set[str]) -> None:
    code = f"import sys; from copydesk.commands.cli import main\ntry:\n    main({words})\n"
    code += f"finally:\n    print('loaded', sorted({unneeded} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_the_command_and_the_library_hold_equally_much_in_memory() -> None:
    given = parser().parse_args(["check", "articles.jsonl"])
    assert given.options.settle(given, None).memory == MEMORY


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chekc", "a.jsonl"], "invalid choice: 'chekc'. Did you mean 'check'? Choose from check, fix, "),
        (["check", "--reprot", "r.html"], "unrecognized arguments: --reprot. Did you mean '--report'?"),
        (["check", "--reprot=r.html"], "Did you mean '--report'?"),
        (["check", "--engine", "sprak"], "invalid choice: 'sprak'. Did you mean 'spark'?"),
        (["diff", "a", "b", "c"], "unrecognized arguments: c."),
    ],
)
def test_an_unknown_word_is_met_with_the_known_one(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


def test_the_command_alone_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "  copydesk check articles.jsonl --report report.html " in capsys.readouterr().err


def test_findings_are_csv_on_request_and_an_unknown_format_is_refused(
    dirty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(dirty), "--findings", str(tmp_path / "f.CSV"), "--quiet"]) == 1
    table = pl.read_csv(tmp_path / "f.CSV")
    assert table.columns == list(FINDING)
    (found,) = table.filter(pl.col("check") == "ad-residue").to_dicts()
    assert (found["text"], found["row"]) == ("Hide Ad", 2)
    assert main(["check", str(dirty), "--findings", str(tmp_path / "f.xlsx")]) == 2
    assert "end in .jsonl, .ndjson, .parquet, .csv, got '.xlsx'" in capsys.readouterr().err
    assert not (tmp_path / "f.xlsx").exists()
