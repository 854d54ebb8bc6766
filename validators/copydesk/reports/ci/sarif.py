"""SARIF 2.1.0, for GitHub's code scanning and for editors: the rules are the checks, the results their findings.

- A region is the line of the record, or the words themselves in a text file. A file without lines has none.
- With a baseline only new findings are results.
- Code scanning must agree with the gate: a finding of a check that held is only a note.
- GitHub refuses a run of more than 25,000 results or 10 MB compressed, and shows 5,000. So a run has at most 5,000
  results, some of every check, the worst first. A notification says how many findings were left out.
- GitHub refuses a result without a file. Expectations of Great Expectations' own have none: if they fail, they are
  notifications.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from copydesk.checks import all_checks, documentation
from copydesk.lazy import pl
from copydesk.model.result import Result
from copydesk.outputs import write_text
from copydesk.project import project_address
from copydesk.reports.ci.worst import Worst, worst_findings
from copydesk.reports.failures import counts, names
from copydesk.reports.figures import plural
from copydesk.reports.one_line import printable, quotation, trim
from copydesk.reports.regions import Region, Regions

__all__ = ["render", "write"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST, _MOST_BYTES = 5_000, 9_000_000
_MOST_ACCEPTED = 500  # accepted findings that are written as suppressed results
_WORDS, _REASON = 200, 240  # columns
_LONGEST = 2_000  # characters; longer words and replacements are left out
_HELP = ("What it finds", "Why it matters", "Known limits", "Options")
_LEVELS = {"critical": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"critical": "error", "warning": "warning", "info": "recommendation"}  # GitHub's words for the same


def write(result: Result, path: Path) -> None:
    """Write the findings of a run."""
    write_text(path, render(result))


def render(result: Result) -> str:
    """Return the findings of a run as the text of a SARIF file."""
    worst = worst_findings(result, _MOST)
    checks = sorted({e.check for e in result.expectations if e.check} | {f["check"] for f in worst.findings})
    suppressed = _accepted_results(result, checks)
    results, left_out = _results_that_fit(worst, checks, _MOST_BYTES - len(json.dumps(suppressed).encode()))
    if result.baseline:
        results = [entry | {"baselineState": "new"} for entry in results]
    results += suppressed
    run = {
        "tool": {"driver": _driver(result, checks)},
        "automationDetails": {"id": f"copydesk/{quote(printable(result.suite))}/"},
        "invocations": [
            {
                "commandLine": printable(result.command),
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    *_baseline_note(result),
                    *_left_out_notes(left_out),
                    *_expectations_without_place(result),
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False) + "\n"


def _driver(result: Result, checks: Sequence[str]) -> dict[str, Any]:
    """Return what copydesk says of itself, and the rules."""
    return {
        "name": "copydesk",
        "version": printable(result.version),
        "informationUri": project_address(),
        "rules": [*map(_rule, checks)],
    }


def _rule(name: str) -> dict[str, Any]:
    """Return a check as a rule, from its documentation."""
    check = all_checks().get(name)
    if check is None:
        return {"id": name}
    parts = documentation(check)
    sections = {section: parts[section] for section in _HELP if section in parts}
    return {
        "id": name,
        "shortDescription": {"text": parts["title"]},
        "fullDescription": {"text": sections.get("What it finds", parts["title"])},
        "help": {
            "text": "\n\n".join(f"{section}:\n{text}" for section, text in sections.items()),
            "markdown": "\n\n".join(f"**{section}**\n\n{text}" for section, text in sections.items()),
        },
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"tags": [check.family], "problem.severity": _PROBLEMS[check.severity]},
    }


def _accepted_results(result: Result, checks: list[str]) -> list[dict[str, Any]]:
    """Return the accepted findings as results that are suppressed, the first ones of many."""
    accepted = result.accepted
    if accepted is None:
        return []
    regions = Regions()
    rows = accepted.findings.filter(pl.col("check").is_in(checks)).head(_MOST_ACCEPTED).collect()
    results = []
    for finding in rows.iter_rows(named=True):
        reason = accepted.entries[finding["accepted"]].reason
        known = _result(finding, regions.of(finding), "note", checks.index(finding["check"]))
        why = {"kind": "external", "status": "accepted", "justification": trim(reason, _REASON)}
        results.append(known | {"suppressions": [why]})
    return results


def _results_that_fit(worst: Worst, checks: list[str], room: int) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Return the results that fit into the file, and how many of each check do not."""
    indices = {name: index for index, name in enumerate(checks)}
    left_out = Counter(worst.left_out)
    regions = Regions()
    results = []
    for finding in worst.findings:
        level = _LEVELS.get(finding["severity"], "note") if finding["check"] in worst.failed else "note"
        result = _result(finding, regions.of(finding), level, indices[finding["check"]])
        size = len(json.dumps(result, ensure_ascii=False).encode())
        if size > room:
            left_out[finding["check"]] += 1
            continue
        room -= size
        results.append(result)
    return results, left_out


def _result(finding: Mapping[str, Any], region: Region, level: str, rule: int) -> dict[str, Any]:
    where = _location(region)
    field = finding["field"]
    known = {name: finding[name] for name in ("article_id", "row", "field", "start", "end", "text", "repair")}
    return {
        "ruleId": finding["check"],
        "ruleIndex": rule,
        "level": level,
        "message": {"text": _message(finding)},
        "locations": [
            {
                "physicalLocation": where,
                "logicalLocations": [
                    {
                        "name": field or finding["article_id"],
                        "fullyQualifiedName": f"{finding['article_id']}#{field}" if field else finding["article_id"],
                        "kind": "field" if field else "article",
                    }
                ],
            }
        ],
        "partialFingerprints": {"copydesk/v1": finding["fingerprint"]},
        "properties": {k: v for k, v in known.items() if v is not None and len(str(v)) <= _LONGEST},
        **_fixes(finding, region, where),
    }


def _message(finding: Mapping[str, Any]) -> str:
    words = f"{quotation(finding['text'], _WORDS)}: " if finding["text"] else ""
    message = words + (trim(finding["reason"] or "", _REASON) or "no reason is given")
    if finding["related"]:
        message += f"; see {trim(finding['related'], _REASON)}"
    return message.replace("](", "\\u005d(")  # else `[words](address)` in an article would be a link


def _location(region: Region) -> dict[str, Any]:
    path = Path(region.path)
    uri = {"uri": path.as_uri()} if path.is_absolute() else {"uri": quote(region.path), "uriBaseId": "%SRCROOT%"}
    place: dict[str, Any] = {"artifactLocation": uri}
    if region.line is not None:
        place["region"] = {"startLine": region.line}
    if region.columns:
        place["region"] |= dict(zip(("startColumn", "endLine", "endColumn"), region.columns, strict=True))
    return place


def _fixes(finding: Mapping[str, Any], region: Region, where: Mapping[str, Any]) -> dict[str, Any]:
    """Return the repair as a fix, for words of a text file; empty for other files, which a tool cannot edit so."""
    repair, replacement = finding["repair"], finding["replacement"] or ""
    if not region.columns or not region.path.lower().endswith(".txt") or repair not in ("delete", "replace"):
        return {}
    if len(replacement) > _LONGEST:
        return {}
    change: dict[str, Any] = {"deletedRegion": where["region"]}
    if repair == "replace":
        change["insertedContent"] = {"text": replacement}
    changes = [{"artifactLocation": where["artifactLocation"], "replacements": [change]}]
    return {"fixes": [{"description": {"text": f"{repair} the words"}, "artifactChanges": changes}]}


def _baseline_note(result: Result) -> Iterator[dict[str, Any]]:
    if result.baseline:
        text = f"against the baseline: {result.baseline}"
        yield {"descriptor": {"id": "baseline"}, "level": "note", "message": {"text": text}}


def _left_out_notes(counts_of: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for check, count in sorted(counts_of.items()):
        yield {
            "descriptor": {"id": "left-out"},
            "associatedRule": {"id": check},
            "level": "note",
            "message": {"text": f"{check}: {plural(count, 'finding')} left out; --findings writes all of them."},
        }


def _expectations_without_place(result: Result) -> Iterator[dict[str, Any]]:
    for name, e in zip(names(result), result.expectations, strict=True):
        if e.success is False and (e.unjudged or not e.check):
            yield {
                "descriptor": {"id": "not-judged" if e.unjudged else "did-not-hold"},
                "level": _LEVELS[e.severity],
                "message": {"text": f"{name}: {counts(e)}"},
            }
