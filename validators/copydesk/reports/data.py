"""The result and the findings as data, for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from copydesk.errors import UsageError
from copydesk.model.finding import FINDING
from copydesk.model.result import Result
from copydesk.outputs import whole, write_text

__all__ = ["expect_findings_format", "result_json", "write_findings", "write_result"]

#: The formats of findings by suffix, and the method of polars that writes each. A pipe has no suffix.
_SINKS = {
    ".jsonl": "sink_ndjson",
    ".ndjson": "sink_ndjson",
    ".parquet": "sink_parquet",
    ".csv": "sink_csv",
    "": "sink_ndjson",
}


def expect_findings_format(path: Path) -> None:
    """See that findings can be written in the format that a file's name asks for.

    Raises:
        UsageError: the suffix is of no such format.
    """
    if path.suffix.lower() not in _SINKS:
        known = ", ".join(filter(None, _SINKS))
        raise UsageError(f"{path}: findings are written to files that end in {known}, got {path.suffix!r}.")


def write_findings(result: Result, path: Path) -> None:
    """Write the findings: as Parquet or CSV if the file's name ends so, else as JSON lines.

    Findings that lie on a cluster become a folder of that name, with a Parquet file for each part.

    Raises:
        UsageError: the name ends in the suffix of another format.
    """
    expect_findings_format(path)
    if result.store is not None and path.suffix.lower() == ".parquet":
        result.store(path)
        return
    findings = result.findings.select(*FINDING)
    write: Callable[[Path], Any] = getattr(findings, _SINKS[path.suffix.lower()])
    with whole(path) as part:
        write(part)


def write_result(result: Result, path: Path) -> None:
    """Write the result as JSON."""
    write_text(path, result_json(result))


def result_json(result: Result) -> str:
    """Return the result as JSON, in the form that `--result` promises."""
    collection = result.collection
    data = {
        "copydesk": result.version,
        "suite": result.suite,
        "success": result.success,
        "fail_on": result.fail_on,
        "collection": {
            "articles": collection.articles,
            "files": collection.files,
            "bytes": collection.bytes,
            "columns": collection.columns,
        },
        "notes": [{"file": note.file, "text": note.text} for note in collection.notes],
        "passed_over": [{"kind": p.kind, "files": p.files, "first": p.first} for p in collection.passed_over],
        "expectations": [
            {
                "type": e.type,
                "check": e.check,
                "severity": e.severity,
                "success": e.success,
                "kwargs": e.kwargs,
                "articles_checked": e.articles_checked,
                "articles_unexpected": e.articles_unexpected,
                "unexpected_percent": e.unexpected_percent,
                "findings": e.findings,
                "message": e.message,
                "values": e.values,
            }
            for e in result.expectations
        ],
        "baseline": result.baseline
        and {
            "new": result.baseline.new,
            "known": result.baseline.known,
            "fixed": result.baseline.fixed,
            "not_compared": result.baseline.not_compared,
        },
        **_accepted(result),
        "rejected": [{"file": r.file, "line": r.line, "reason": r.reason} for r in result.rejected],
        "timing": {stage: round(seconds, 4) for stage, seconds in result.timing.items()},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _accepted(result: Result) -> dict[str, Any]:
    """Return the part about accepted findings; nothing where no file of them was given."""
    accepted = result.accepted
    if accepted is None:
        return {}
    names = {"expired": accepted.expired, "unused": accepted.unused}
    return {"accepted": {"findings": accepted.count, **{k: [str(e) for e in some] for k, some in names.items()}}}
