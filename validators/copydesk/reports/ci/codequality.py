"""Code quality as GitLab shows it in a merge request: the findings of a run, at most 5,000, the worst first.

The merge request must agree with the gate: findings of a check that held are only `info`. Expectations of Great
Expectations' own have no place in a file, so they are not here. In a file without lines each finding is on line 1.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from copydesk.model.result import Result
from copydesk.outputs import write_text
from copydesk.reports.ci.worst import worst_findings
from copydesk.reports.one_line import quotation, trim
from copydesk.reports.regions import Regions

__all__ = ["render", "write"]

_MOST = 5_000
_WORDS, _REASON = 120, 240  # columns
#: GitLab's words. `blocker` is above them; `info` is for findings of a check that held.
_SEVERITIES = {"critical": "critical", "warning": "major", "info": "minor"}


def write(result: Result, path: Path) -> None:
    """Write the findings of a run."""
    write_text(path, render(result))


def render(result: Result) -> str:
    """Return the findings of a run as the text of a JSON file."""
    worst = worst_findings(result, _MOST)
    regions = Regions()
    issues = [_issue(f, regions, held=f["check"] not in worst.failed) for f in worst.findings]
    return "[" + ",\n".join(json.dumps(issue, ensure_ascii=False) for issue in issues) + "]\n"


def _issue(finding: dict[str, Any], regions: Regions, *, held: bool) -> dict[str, Any]:
    region = regions.of(finding)
    words = f"{quotation(finding['text'], _WORDS)}: " if finding["text"] else ""
    return {
        "description": words + (trim(finding["reason"] or "", _REASON) or "no reason is given"),
        "check_name": finding["check"],
        "fingerprint": finding["fingerprint"],
        "severity": "info" if held else _SEVERITIES.get(finding["severity"], "info"),
        "location": {"path": region.path, "lines": {"begin": region.line or 1}},
    }
