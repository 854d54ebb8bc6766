"""The difference as JSON, for scripts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from copydesk.gate.differences import Difference
from copydesk.outputs import write_text

__all__ = ["render", "write"]

_MOST = 1000  # articles and findings of each list; the counts are of all of them


def write(difference: Difference, path: Path) -> None:
    """Write the difference."""
    write_text(path, render(difference))


def render(difference: Difference) -> str:
    """Return the difference as JSON."""
    d = difference
    frames = {"added": d.added, "removed": d.removed, "changed": d.changed}
    data = {
        "copydesk": d.version,
        "suite": d.suite,
        "old": asdict(d.before),
        "new": asdict(d.after),
        "articles": {name: frame.height for name, frame in frames.items()} | {"unchanged": d.unchanged},
        "fields": d.fields,
        "findings": {"new": d.new.height, "fixed": d.fixed.height, "known": d.known},
        "measures": [asdict(m) for m in d.measures if m.old != m.new],
        **{name: frame.head(_MOST).to_dicts() for name, frame in frames.items()},
        "new_findings": d.new.head(_MOST).to_dicts(),
        "fixed_findings": d.fixed.head(_MOST).to_dicts(),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
