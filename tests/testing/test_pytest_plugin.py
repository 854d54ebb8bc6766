"""The pytest plugin: a suite's expectations as tests of the data, in real runs of pytest."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import copydesk.judge.verdicts  # once, and not again in every run that pytester makes in this process  # noqa: F401
from copydesk.commands.cli import main
from copydesk.run import check as real_check
from copydesk.testing.pytest_items import Items

pytest_plugins = "pytester"

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n" + (
    "The first bus crossed it at six in the morning with some forty people on board."
)
SUITE = """
name: own
expectations:
  - {type: expect_news_ad_residue, severity: critical}
  - {type: expect_news_promo_residue, severity: warning}
  - {type: expect_news_byline_junk, severity: warning}
  - {type: expect_news_body_missing, severity: critical}
  - {type: expect_news_body_length, severity: info, kwargs: {min_words: 5}}
  - {type: expect_news_body_length, severity: info}
  - {type: expect_column_values_to_match_regex, severity: critical, kwargs: {column: headline, regex: "^B"}}
"""
NAMES = [
    "ad-residue",
    "promo-residue",
    "byline-junk",
    "body-missing",
    "body-length",
    "body-length-2",
    "expect_column_values_to_match_regex[headline]",
]


@pytest.fixture
def runs(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """A project with one dirty article in forty; the analyses that were made in this process."""
    made: list[Any] = []

    def counted(*arguments: Any, **options: Any) -> Any:
        made.append(arguments)
        return real_check(*arguments, **options)

    monkeypatch.setattr("copydesk.run.check", counted)
    words = {4: "\n\nHide Ad", 9: "\n\nSign up for our free newsletter"}
    lines = [{"headline": f"Bridge {n}", "text": f"{STORY} Day {n}.{words.get(n, '')}"} for n in range(40)]
    data = pytester.mkdir("data")
    (data / "articles.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    pytester.makefile(".yml", own=SUITE)
    pytester.makeini("[pytest]\nfilterwarnings = error\n")
    yield made


OURS = ("--copydesk", "data/articles.jsonl", "--copydesk-suite", "own.yml")


def test_each_expectation_is_a_test_and_a_failure_quotes_the_exact_words(
    runs: list[Any], pytester: pytest.Pytester
) -> None:
    done = pytester.runpytest_inprocess(*OURS, "-rA")
    done.assert_outcomes(passed=4, failed=1, xfailed=1, skipped=1)
    assert done.ret == 1 and len(runs) == 1
    text = done.stdout.str()
    assert "copydesk: data/articles.jsonl; suite own, fails on critical" in text
    assert "collected 7 items" in text
    done.stdout.fnmatch_lines(
        [
            "critical: 1 of 40 articles (2.5 %), 0 % allowed",
            "“Hide Ad”",
            "    the label of an advertisement's slot, not a line of the story",
            "    data/articles.jsonl:5; *body; repair: delete",
        ]
    )
    assert "Traceback" not in text and "pytest_items" not in text.partition("short test summary")[0]
    done.stdout.fnmatch_lines(["XFAIL copydesk::promo-residue - warning: 1 of 40 articles*"])


def test_what_fails_is_a_matter_of_the_options(runs: list[Any], pytester: pytest.Pytester) -> None:
    pytester.runpytest_inprocess(*OURS, "--copydesk-fail-on=warning").assert_outcomes(passed=4, failed=2, skipped=1)
    pytester.runpytest_inprocess(*OURS, "--copydesk-fail-on=never").assert_outcomes(passed=4, xfailed=2, skipped=1)


def test_what_a_baseline_knows_passes_and_what_is_new_fails(runs: list[Any], pytester: pytest.Pytester) -> None:
    data = pytester.path / "data" / "articles.jsonl"
    assert main(["baseline", str(data), "--suite", "own.yml", "-o", "known.jsonl"]) == 0
    known = (*OURS, "--copydesk-baseline", "known.jsonl", "-rA")
    pytester.runpytest_inprocess(*known).assert_outcomes(passed=6, skipped=1)
    data.write_text(data.read_text().replace("Day 30.", "Day 30.\\n\\nAdvertisement"))
    done = pytester.runpytest_inprocess(*known)
    done.assert_outcomes(passed=5, failed=1, skipped=1)
    assert "“Advertisement”" in done.stdout.str() and "Hide Ad" not in done.stdout.str()
    done = pytester.runpytest_inprocess(*OURS, "--copydesk-baseline", "none.jsonl")
    assert done.ret == pytest.ExitCode.USAGE_ERROR and "none.jsonl" in done.stderr.str()


def test_collecting_reads_no_article_and_names_come_from_the_suite(runs: list[Any], pytester: pytest.Pytester) -> None:
    done = pytester.runpytest_inprocess(*OURS, "--collect-only", "-q")
    assert [line.removeprefix("copydesk::") for line in done.outlines[:7]] == NAMES
    assert "7 tests collected" in done.stdout.str() and not runs


def test_items_are_chosen_as_any_others(runs: list[Any], pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_other(): pass")
    pytester.runpytest_inprocess(*OURS).assert_outcomes(passed=5, failed=1, xfailed=1, skipped=1)
    pytester.runpytest_inprocess(*OURS, "-k", "byline or promo").assert_outcomes(xfailed=1, skipped=1, deselected=6)
    pytester.runpytest_inprocess(*OURS, "--last-failed").assert_outcomes(failed=1, deselected=7)
    pytester.runpytest_inprocess(*OURS, "-m", "not copydesk").assert_outcomes(passed=1, deselected=7)
    pytester.runpytest_inprocess(*OURS, "--import-mode=importlib", "--strict-markers", "-x").assert_outcomes(
        passed=1, failed=1
    )


def test_without_the_option_nothing_is_added(runs: list[Any], pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_other(): pass")
    done = pytester.runpytest_inprocess()
    done.assert_outcomes(passed=1)
    assert "copydesk:" not in done.stdout.str() and not runs


def test_workers_share_one_analysis(pytester: pytest.Pytester, runs: list[Any], tmp_path: Path) -> None:
    log = tmp_path / "runs.txt"
    pytester.makeconftest(
        f"""
        import copydesk.run
        real = copydesk.run.check
        def counted(*arguments, **options):
            with open({str(log)!r}, "a") as file:
                file.write("made\\n")
            return real(*arguments, **options)
        copydesk.run.check = counted
        """
    )
    pytester.makefile(".yml", copydesk=SUITE)
    done = pytester.runpytest_subprocess(*OURS, "-n", "2", "--junitxml", "junit.xml", "-p", "no:cacheprovider")
    done.assert_outcomes(passed=4, failed=1, xfailed=1, skipped=1)
    assert log.read_text() == "made\n"
    cases = Xml.parse(pytester.path / "junit.xml").findall(".//testcase")
    assert {(c.get("classname"), c.get("name")) for c in cases} == {("copydesk", name) for name in NAMES}
    (failure,) = Xml.parse(pytester.path / "junit.xml").findall(".//failure")
    assert "Hide Ad" in str(failure.text)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--copydesk", "dat"], "dat: there is no such file or folder. Did you mean 'data'?"),
        (["--copydesk", "data", "--copydesk-suite", "nws"], "Did you mean 'news'?"),
        (["--copydesk", "data", "--copydesk-map", "boddy=text"], "Did you mean 'body'?"),
    ],
)
def test_a_slip_is_one_error_before_anything_runs(
    runs: list[Any], pytester: pytest.Pytester, options: list[str], said: str
) -> None:
    done = pytester.runpytest_inprocess(*options)
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    assert said in done.stderr.str() and len(done.stderr.lines) <= 2 and not runs


def test_what_cannot_be_read_is_said_by_every_test_and_tried_once(runs: list[Any], pytester: pytest.Pytester) -> None:
    (pytester.path / "data" / "articles.jsonl").write_text('{"headline": "no body"}\n')
    done = pytester.runpytest_inprocess(*OURS)
    done.assert_outcomes(errors=7)
    assert len(runs) == 1
    assert "--map body=COLUMN" in done.stdout.str() and "Traceback" not in done.stdout.str()


def test_a_fault_of_ours_is_shown_with_its_traceback_and_tried_once(
    runs: list[Any], pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: Any, **options: Any) -> Any:
        runs.append(arguments)
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("copydesk.run.check", broken)
    done = pytester.runpytest_inprocess(*OURS)
    done.assert_outcomes(errors=7)
    assert len(runs) == 1 and "ZeroDivisionError: ours" in done.stdout.str()


def test_the_fixture_takes_paths_and_frames_and_quotes_what_was_found(
    runs: list[Any], pytester: pytest.Pytester
) -> None:
    pytester.makepyfile(
        """
        import pandas as pd
        import polars as pl

        def test_a_path(copydesk_check):
            result = copydesk_check("data/articles.jsonl", suite="own.yml", fail_on="never")
            assert result.success and result.collection.articles == 40

        def test_frames(copydesk_check):
            frame = pl.read_ndjson("data/articles.jsonl")
            mixed = frame.to_pandas().assign(section=["news", 1] * 20, published=pd.Timestamp("2026-01-01"))
            for given in (frame, frame.to_pandas(), mixed, ["data/articles.jsonl"]):
                assert len(copydesk_check(given, suite="own.yml").failed) == 2

        def test_my_scraper(copydesk_check):
            assert copydesk_check("data", mapped={"body": "text"}).success
        """
    )
    done = pytester.runpytest_inprocess("--copydesk-suite", "own.yml")
    done.assert_outcomes(passed=2, failed=1)
    done.stdout.fnmatch_lines(["*copydesk call*", "critical  ad-residue  1 of 40 articles*", "“Hide Ad”"])


def test_the_plugin_loads_nothing_before_it_is_used() -> None:
    code = (
        "import sys, pytest\nbefore = set(sys.modules)\nimport copydesk.testing.pytest_plugin\n"
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['copydesk', 'copydesk.lazy', 'copydesk.testing', 'copydesk.testing.pytest_plugin']\n"


def test_pytest_finds_the_plugin_by_its_entry_point(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("copydesk")
    assert not any(isinstance(plugin, Items) for plugin in pytestconfig.pluginmanager.get_plugins())
