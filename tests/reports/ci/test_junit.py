"""JUnit XML: whatever stands in the articles, a real consumer reads it, and it says what the gate says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from copydesk.model.result import Result
from copydesk.reports.ci.junit import render
from copydesk.reports.one_line import printable

from ..hostile import HOSTILE, about, hostile_results, writable
from ..newsroom import article, expectation, finding, newsroom, result


def parsed(of: Result) -> tuple[TestSuite, list[TestCase]]:
    (suite,) = JUnitXml.fromstring(render(of).encode())
    return suite, list(suite)


def said(case: TestCase) -> str:
    return "\n".join([*(r.text or "" for r in case.result), case.system_out or ""])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results())
def test_it_says_what_the_gate_says(hostile: Result) -> None:
    suite, cases = parsed(hostile)
    kinds = [{type(r) for r in case.result} for case in cases]
    assert suite.tests == len(cases) == len(hostile.expectations)
    assert len({case.name for case in cases}) == len(cases)
    assert suite.failures == kinds.count({Failure}) == len(hostile.deciding)
    assert suite.skipped == kinds.count({Skipped}) == sum(e.success is None for e in hostile.expectations)
    assert suite.errors == 0
    for case, e in zip(cases, hostile.expectations, strict=True):
        assert bool(case.system_out) == (e.success is False and e not in hostile.deciding)
    assert render(hostile) == render(hostile)
    assert len(render(hostile)) < 50_000 * (1 + len(cases))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE.map(writable).filter(str.strip))
def test_the_words_are_read_as_they_are_shown(words: str) -> None:
    _, (news, own) = parsed(about(words))
    start = printable(words.strip(" "))[:20]
    for case in (news, own):
        assert f"\n“{start}" in said(case)
    assert f"\n    {printable(f'because of {words}')[:30]}" in said(news)
    assert "repair: replace with “" in said(news)


def test_a_failure_names_file_line_article_words_reason_and_repair() -> None:
    _, cases = parsed(newsroom())
    (case,) = [c for c in cases if c.name == "ad-residue"]
    assert case.classname == "news.residue"
    (failure,) = case.result
    assert failure.type == "critical" and " articles (" in failure.message
    for part in ("“Hide Ad” ×", "a line that the page shows above an", "repair: delete"):
        assert part in failure.text
    assert "stories/2031-04.jsonl:12; article harbour-1, body" in failure.text


@pytest.mark.parametrize(
    ("fail_on", "severity", "unjudged", "kind"),
    [
        ("critical", "critical", False, Failure),
        ("critical", "critical", True, Error),
        ("critical", "warning", False, None),
        ("critical", "warning", True, None),
        ("info", "info", False, Failure),
        ("never", "critical", False, None),
    ],
)
def test_a_case_fails_where_it_shuts_the_gate(
    fail_on: str, severity: str, unjudged: bool, kind: type[Failure | Error] | None
) -> None:
    story = article(id="1", body="Hide Ad")
    failed = expectation("ad-residue", 1, 1, severity=severity, unjudged=unjudged, findings=1)
    run = result(expectations=(failed,), fail_on=fail_on)
    run = replace(run, findings=about("Hide Ad").findings)
    _, (case,) = parsed(run)
    assert [type(r) for r in case.result] == ([kind] if kind else [])
    assert "“Hide Ad”" in said(case)
    assert ("--fail-on" in (case.system_out or "")) == (kind is None)
    assert finding(story, "ad-residue", "Hide Ad", "why")["text"] in said(case)


def test_expectations_of_one_name_are_told_apart() -> None:
    several = [expectation("body-length", 1, 0, kwargs=k) for k in ({"min_words": 5}, {"min_words": 9}, {}, {})]
    several += [expectation(name, 1, 0) for name in ("body-length #2", "body-length #2")]
    _, cases = parsed(result(expectations=tuple(several)))
    assert [c.name for c in cases] == [
        "body-length (min_words=5)",
        "body-length (min_words=9)",
        "body-length",
        "body-length #2",
        "body-length #2 #2",
        "body-length #2 #3",
    ]


def test_time_is_that_of_the_run() -> None:
    suite, _ = parsed(result(timing={"read": 1.25, "judge": 0.5}))
    assert suite.time == 1.75


def test_a_large_run_stays_small() -> None:
    words = "\x01" * 50_000
    run = about(words, many=500)
    run = replace(run, expectations=run.expectations * 20)
    assert len(render(run)) < 1_000_000
