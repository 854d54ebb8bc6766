"""The history of a collection: a JSON line for each run, so that a report can show how shares have moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from copydesk.errors import OutputError, UsageError
from copydesk.model.result import Result

__all__ = ["append_run", "earlier_runs", "read_history"]

_MOST_RUNS = 30


def read_history(path: Path) -> list[dict[str, Any]]:
    """Return the runs of a history, the oldest first; none where there is no file yet.

    Raises:
        UsageError: the file is no history; it names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the history cannot be read ({error}). Name another file.") from error
    runs = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        run = None
        with suppress(ValueError, RecursionError):
            run = json.loads(line)
        if not isinstance(run, dict) or not isinstance(run.get("checks"), dict):
            raise UsageError(
                f"{path}:{number}: expected a run as --history writes it, got {line[:40]!r}. Name another file, or"
                " delete this line."
            )
        runs.append(run)
    return runs


def earlier_runs(runs: list[dict[str, Any]], result: Result) -> tuple[Mapping[str, float], ...]:
    """Return the shares of the last runs that can be compared: of the same suite, and likewise against a baseline."""
    alike = [r for r in runs if r.get("suite") == result.suite and r.get("baseline") == (result.baseline is not None)]
    return tuple({c: float(s) for c, s in r["checks"].items() if _is_share(s)} for r in alike[-_MOST_RUNS:])


def append_run(result: Result, path: Path) -> None:
    """Append a run to a history.

    Raises:
        OutputError: the file cannot be written.
    """
    origin, against = result.origin, result.baseline
    run = {
        "date": origin.date if origin else "",
        "revision": origin.revision if origin else "",
        "copydesk": result.version,
        "suite": result.suite,
        "collection": result.collection.hash,
        "articles": result.collection.articles,
        "success": result.success,
        "baseline": against is not None,
        "checks": {
            e.check: round(e.unexpected_percent, 4)
            for e in result.expectations
            if e.check and e.unexpected_percent is not None
        },
    }
    try:
        with path.open("a+b") as file:
            end = file.seek(0, 2)
            if end:
                file.seek(end - 1)
            cut = end > 0 and file.read(1) != b"\n"  # an earlier run was stopped while it wrote
            file.write((b"\n" if cut else b"") + json.dumps(run).encode() + b"\n")
    except OSError as error:
        raise OutputError(f"{path}: the history cannot be written ({error}).") from error


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100
