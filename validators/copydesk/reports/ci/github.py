"""Annotations for GitHub Actions: workflow commands, at most ten, one for each failed expectation, the worst first.

An expectation that shuts the gate is an error. A milder one is a warning, or a notice if its severity is info. GitHub
shows ten annotations of each kind for a step: the tenth names all that have no annotation of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.checks import SEVERITIES
from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.examples import examples
from copydesk.reports.failures import counts, detail_lines, names
from copydesk.reports.figures import plural
from copydesk.reports.regions import Regions

__all__ = ["workflow_commands"]

_MOST, _EXAMPLES = 10, 3
_ENDS = "%\r\n"  # characters that are escaped; the percent sign first, since escapes begin with it


def workflow_commands(result: Result) -> str:
    """Return the annotations of a run, a line each."""
    failed = [(name, e) for name, e in zip(names(result), result.expectations, strict=True) if e.success is False]
    deciding = result.deciding
    failed.sort(key=lambda pair: (pair[1] not in deciding, SEVERITIES.index(pair[1].severity)))
    room = _MOST if len(failed) <= _MOST else _MOST - 1
    by_check, regions = examples(result, _EXAMPLES), Regions()
    lines = []
    for name, e in failed[:room]:
        mine = by_check.get(e.check or "", [])
        where: dict[str, str] = {}
        if mine:
            region = regions.of(mine[0])
            where = {"file": region.path} | ({"line": str(region.line)} if region.line else {})
        title = f"{name}: {counts(e)}"
        lines.append(_command(_level(e, result), where | {"title": title}, "\n".join(detail_lines(e, mine, regions))))
    if rest := failed[room:]:
        title = f"{plural(len(rest), 'more expectation')} did not hold"
        lines.append(_command(_level(rest[0][1], result), {"title": title}, ", ".join(name for name, _ in rest)))
    return "".join(f"{line}\n" for line in lines)


def _level(e: ExpectationResult, result: Result) -> str:
    return "error" if e in result.deciding else "notice" if e.severity == "info" else "warning"


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    settings = ",".join(f"{key}={_escape(value, _ENDS + ':,')}" for key, value in properties.items())
    return f"::{name} {settings}::{_escape(message or 'did not hold', _ENDS)}"


def _escape(text: str, characters: str) -> str:
    for character in characters:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
