"""A run, from files to a result."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import copydesk
from copydesk import run as running
from copydesk.checks import all_checks
from copydesk.checks.suite import load_suite, parse_suite
from copydesk.errors import InputError, MappingError, UsageError
from copydesk.judge.process import Judge
from copydesk.model.finding import FINDING
from copydesk.readers import read_files

CLEAN = Path(__file__).parents[1] / "fixtures" / "clean.jsonl"
STORY = (
    "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n"
    "The first bus crossed it at six in the morning with some forty people on board, most of them on their way to"
    " the market, and the driver rang the bell."
)
DIRTY = f"{STORY}\n\nHide Ad\n\n{STORY.splitlines()[0]}\n\nRelated topics:"


def write(path: Path, articles: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    return path


def story(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "headline": f"Bridge {number} reopens",
        "body": f"{STORY} It was day {number}.",
    } | fields


def applies(check: str | None) -> bool:
    """Say whether the stories here have what a check needs."""
    return check is None or {"id", "headline", "body"}.issuperset(all_checks()[check].needs)


def test_a_clean_collection_passes() -> None:
    result = copydesk.check([CLEAN])
    assert result.success and not result.failed
    assert result.collection.articles == 60
    assert result.findings.collect().height == 0
    assert all(e.articles_checked for e in result.expectations if e.check not in ("duplicate-url", "date-implausible"))


def test_a_dirty_collection_fails_with_the_exact_words(tmp_path: Path) -> None:
    articles = [
        *(story(n) for n in range(3)),
        story(3, body=DIRTY),
        story(4, body=story(0)["body"].upper()),
        story(5, headline=" "),
    ]
    result = copydesk.check([write(tmp_path / "a.jsonl", articles)])
    assert not result.success
    found = result.findings.collect()
    assert set(found.columns) == set(FINDING)
    for row in found.iter_rows(named=True):
        field = articles[row["row"] - 1][row["field"]]
        assert field[row["start"] : row["end"]] == row["text"]
    by_check = dict(found.group_by("check").agg("text").iter_rows())
    assert by_check["ad-residue"] == ["Hide Ad"]
    assert by_check["empty-label"] == ["Related topics:"]
    assert by_check["repeated-paragraph"] == [STORY.splitlines()[0]]
    assert by_check["headline-missing"] == [" "]
    twin = found.row(by_predicate=pl.col("check") == "duplicate-article", named=True)
    assert (twin["article_id"], twin["row"]) == ("4", 5)
    assert "a.jsonl, row 1" in twin["related"]
    counted = {e.check: (e.articles_unexpected, e.findings) for e in result.expectations}
    assert counted["ad-residue"] == (1, 1)
    assert counted["duplicate-article"] == (1, 1)


def test_rows_that_cannot_be_read_fail_a_check_and_are_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [story(n) for n in range(3)])
    path.write_text(path.read_text() + "{broken\n")
    result = copydesk.check([path])
    (rejected,) = result.rejected
    assert rejected.line == 4
    unreadable = next(e for e in result.expectations if e.check == "unreadable-row")
    assert (unreadable.success, unreadable.articles_checked, unreadable.articles_unexpected) == (False, 4, 1)
    assert all(e.articles_checked == 3 * applies(e.check) for e in result.expectations if e is not unreadable)
    assert not result.success


def test_a_collection_of_nothing_but_rejected_rows_fails_and_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{broken\n[]\n")
    with pytest.raises(InputError):
        copydesk.check([tmp_path / "a.jsonl"])


def test_what_the_caller_does_meanwhile_is_done_once_and_before_the_judgement(tmp_path: Path) -> None:
    told: list[str] = []

    class Watched(Judge):
        def ready(self) -> None:
            told.append("judged")
            super().ready()

    file = write(tmp_path / "a.jsonl", [story(1), story(2)])
    with Watched() as judge:
        copydesk.check(
            [file], judge=judge, progress=lambda part: told.append("read"), meanwhile=lambda: told.append("meanwhile")
        )
    assert sorted(told[:2]) == ["meanwhile", "read"] and told[2] == "judged" and told.count("meanwhile") == 1


def test_severity_decides_the_gate(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [story(1, body=STORY + "\n\nRelated topics:")])
    assert copydesk.check([path]).success
    assert not copydesk.check([path], fail_on="warning").success
    assert not copydesk.check([path], fail_on="info").success
    assert copydesk.check([path], fail_on="never").success


def test_a_gate_that_is_none_is_an_error() -> None:
    with pytest.raises(UsageError, match="got 'fatal'"):
        copydesk.check([CLEAN], fail_on="fatal")


SUITE = """
name: mixed
expectations:
  - type: expect_column_values_to_match_regex
    severity: warning
    kwargs: {column: url, regex: "^https:", mostly: 0.9}
  - type: expect_column_values_to_be_between
    kwargs: {column: words, min_value: 45}
  - type: expect_column_values_to_be_between
    kwargs: {column: score, min_value: 5}
  - type: expect_news_body_length
    severity: critical
    kwargs:
      min_words: 70
      row_condition: {type: comparison, column: {name: section}, operator: "!=", parameter: brief}
  - type: expect_news_body_length
    severity: info
    kwargs: {min_words: 5}
  - type: expect_news_ad_residue
    kwargs: {mostly: 0.5}
"""


def test_core_expectations_conditions_options_and_severities_live_in_one_suite(tmp_path: Path) -> None:
    articles = [
        story(1, url="https://a.example/1", section="brief", score=7),
        story(2, url="http://a.example/2", section="news", score=3),
        story(3, url="https://a.example/3", section="news", body=DIRTY, score=9),
    ]
    result = copydesk.check(
        [write(tmp_path / "a.jsonl", articles)], suite=parse_suite(SUITE, file="mixed.yml"), fail_on="warning"
    )
    regex, words, score, long, short, ads = result.expectations
    assert (regex.success, regex.articles_unexpected, regex.values) == (False, 1, ("http://a.example/2",))
    assert words.success
    assert (score.success, score.articles_unexpected, score.values) == (False, 1, ("3",))
    assert (long.success, long.articles_checked, long.articles_unexpected) == (False, 2, 2)
    assert (short.success, short.articles_checked, short.articles_unexpected) == (True, 3, 0)
    assert ads.success and ads.articles_unexpected == 1
    assert [e.severity for e in result.deciding] == ["critical", "critical", "warning"]


def test_a_condition_that_no_article_meets_is_not_applicable(tmp_path: Path) -> None:
    text = (
        "expectations:\n  - type: expect_news_ad_residue\n    kwargs:\n      row_condition: {type: comparison,"
        " column: {name: section}, operator: '==', parameter: sport}"
    )
    result = copydesk.check(
        [write(tmp_path / "a.jsonl", [story(1, section="news")])], suite=parse_suite(text, file="s")
    )
    (only,) = result.expectations
    assert only.success is None and "no article meets" in only.message


def test_a_suite_that_names_a_column_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    suite = parse_suite(
        "expectations:\n  - type: expect_column_values_to_be_unique\n    kwargs: {column: slug}", file="s.yml"
    )
    with pytest.raises(MappingError, match="slug"):
        copydesk.check([write(tmp_path / "a.jsonl", [story(1)])], suite=suite)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["clean", "dirty", "copy", "empty", "broken"]), min_size=1, max_size=12),
    st.integers(1, 2000),
)
def test_chunks_of_any_size_give_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kinds: list[str], chunk_bytes: int
) -> None:
    lines: dict[str, Callable[[int], str]] = {
        "clean": lambda n: json.dumps(story(n)),
        "dirty": lambda n: json.dumps(story(n, body=DIRTY)),
        "copy": lambda n: json.dumps(story(n, body=STORY)),
        "empty": lambda n: json.dumps({"id": str(n), "headline": None, "body": None}),
        "broken": lambda _: "{broken",
    }
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines[kind](n) for n, kind in enumerate(["clean", *kinds])))
    outcomes = []
    for size in (1 << 20, chunk_bytes):
        with monkeypatch.context() as patch:
            patch.setattr(running, "read_files", partial(read_files, chunk_bytes=size))
            result = copydesk.check([path], suite=load_suite("news"))
        findings = result.findings.sort("row", "check", "start", "fingerprint", nulls_last=True).collect()
        outcomes.append((findings.to_dicts(), result.expectations, result.rejected))
    assert outcomes[0] == outcomes[1]


def boom(*_: object) -> pl.LazyFrame:
    raise ZeroDivisionError("a fault\nof two lines")


def late_boom(*_: object) -> pl.LazyFrame:
    """Return a frame that fails only when it is asked for."""
    return pl.LazyFrame({"article": ["x"]}).select(pl.col("article").cast(pl.UInt32))


def misshapen(*_: object) -> pl.LazyFrame:
    """Return what no check may return: spans that begin at a word."""
    return pl.LazyFrame({"article": ["x"], "start": ["y"]})


@pytest.mark.parametrize(
    ("name", "method", "fault"),
    [
        ("empty-label", "find", boom),
        ("empty-label", "find", misshapen),
        ("duplicate-article", "keys", late_boom),
        ("duplicate-article", "find", late_boom),
    ],
)
def test_a_check_that_fails_is_not_judged_and_the_others_are(
    name: str, method: str, fault: Callable[..., pl.LazyFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "a.jsonl", [story(1, body=DIRTY), story(2), story(3, body=story(2)["body"])])
    well = copydesk.check([file])
    with monkeypatch.context() as patch:
        patch.setattr(all_checks()[name], method, fault)
        result = copydesk.check([file], cache=tmp_path / "cache")
    for expectation, before in zip(result.expectations, well.expectations, strict=True):
        if expectation.check == name:
            assert expectation.success is False and expectation.unjudged and expectation.articles_checked is None
            assert expectation.message.startswith("could not be judged: its check failed with ")
            assert "\n" not in expectation.message
        else:
            assert expectation == before
    left = well.findings.filter(pl.col("check") != name).collect()
    assert result.findings.collect().equals(left)
    assert copydesk.check([file], cache=tmp_path / "cache").expectations == well.expectations  # no part was kept
