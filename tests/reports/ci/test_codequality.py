"""Code quality: every issue has what GitLab's documentation asks for, whatever stands in the articles."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from copydesk.model.result import Result
from copydesk.reports.ci.codequality import render
from copydesk.reports.one_line import printable
from copydesk.reports.regions import path_of

from ..hostile import HOSTILE, about, hostile_results, writable
from ..newsroom import expectation, newsroom, result

# Written from GitLab's documentation of the format, "Code quality report format".
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def issues(of: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render(of))
    jsonschema.validate(found, SCHEMA)
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results())
def test_every_finding_is_an_issue_of_the_form(hostile: Result) -> None:
    assert len(issues(hostile)) == hostile.findings.collect().height
    assert render(hostile) == render(hostile)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE.map(writable).filter(str.strip))
def test_an_issue_says_the_words_and_their_place(words: str) -> None:
    (issue,) = issues(about(words))
    assert issue["description"].startswith(f"“{printable(words.strip(' '))[:20]}")
    assert issue["location"] == {"path": path_of(f"news/{words}.jsonl"), "lines": {"begin": 1}}
    assert issue["fingerprint"] == "0" * 16


@pytest.mark.parametrize(
    ("severity", "held", "said"),
    [
        ("critical", False, "critical"),
        ("warning", False, "major"),
        ("info", False, "minor"),
        ("critical", True, "info"),
    ],
)
def test_severities_are_those_of_gitlab_and_what_held_is_info(severity: str, held: bool, said: str) -> None:
    findings = about("Hide Ad").findings.with_columns(severity=pl.lit(severity))
    judged = expectation("ad-residue", 1, 1, severity=severity, success=held)
    (issue,) = issues(result(findings=findings, expectations=(judged,)))
    assert issue["severity"] == said


def test_no_more_than_gitlab_can_show() -> None:
    assert len(issues(about("Hide Ad", many=5_001))) == 5_000


def test_the_fingerprints_are_those_of_the_findings() -> None:
    run = newsroom()
    assert {i["fingerprint"] for i in issues(run)} == set(run.findings.collect()["fingerprint"])
