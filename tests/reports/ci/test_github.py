"""Annotations: whatever stands in the articles, the runner reads ten commands at most, and all of them are ours."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from copydesk.model.result import Result
from copydesk.reports.ci.github import workflow_commands
from copydesk.reports.one_line import printable
from copydesk.reports.regions import path_of

from ..hostile import HOSTILE, about, hostile_results, writable
from ..newsroom import expectation, newsroom, result
from ..runner import Command, command


def commands(of: Result) -> list[Command]:
    lines = workflow_commands(of).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert lines.pop() == ""
    found = [command(line) for line in lines]
    assert None not in found
    return [c for c in found if c]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results())
def test_the_worst_failures_are_annotated_and_nothing_else(hostile: Result) -> None:
    found = commands(hostile)
    assert len(found) == min(10, len(hostile.failed))
    assert [c.name for c in found].count("error") == len(hostile.deciding)
    for c in found:
        assert c.name in ("error", "warning", "notice")
        assert set(c.properties) <= {"file", "line", "title"}
        assert c.message
        assert len(c.message) < 10_000


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE.map(writable).filter(str.strip))
def test_an_annotation_says_the_words_and_their_place(words: str) -> None:
    run = about(words)
    (news, own) = commands(run)
    start = printable(words.strip(" "))[:20]
    assert f"“{start}" in news.message and f"“{start}" in own.message
    assert news.properties["file"] == path_of(f"news/{words}.jsonl")
    assert news.properties["line"] == "1"
    assert news.properties["title"] == "ad-residue: 1 of 1 article (100 %), 0 % allowed"
    assert "file" not in own.properties


@pytest.mark.parametrize("many", [9, 10, 11, 300])
def test_there_are_ten_at_most_and_the_last_names_the_rest(many: int) -> None:
    mild = [expectation(f"mild-{n}", 10, 5, severity="info") for n in range(many - 5)]
    bad = [expectation(f"bad-{n}", 10, 5, severity="critical") for n in range(5)]
    found = commands(result(expectations=(*mild, *bad)))
    assert len(found) == min(many, 10)
    assert [c.name for c in found[:5]] == ["error"] * 5
    assert all(c.name != "error" for c in found[5:])
    if many > 10:
        assert found[-1].properties["title"] == f"{many - 9} more expectations did not hold"
        assert "mild-5" in found[-1].message


def test_nothing_is_said_of_a_run_that_holds() -> None:
    assert workflow_commands(result(expectations=(expectation("ad-residue", 5, 0),))) == ""


def test_the_annotation_stands_where_the_first_finding_is() -> None:
    found = {c.properties["title"].partition(":")[0]: c for c in commands(newsroom())}
    ad = found["ad-residue"]
    assert (ad.name, ad.properties["file"], ad.properties["line"]) == ("error", "stories/2031-04.jsonl", "12")
    assert "“Hide Ad” ×901" in ad.message
