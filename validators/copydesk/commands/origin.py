"""Where a run comes from: the name of its collection, the time, and the commit if it lies in a repository of git."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from copydesk.model.result import Origin

__all__ = ["origin_of"]

_PATIENCE = 2  # seconds


def origin_of(paths: Sequence[str]) -> Origin:
    """Return the origin of a run over some paths that begins now, or at SOURCE_DATE_EPOCH where that is set."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdecimal() else datetime.now(UTC)
    return Origin(_name(paths), now.strftime("%Y-%m-%dT%H:%MZ"), _revision(paths))


def _name(paths: Sequence[str]) -> str:
    first = paths[0] if paths else ""
    name = "standard input" if first == "-" else Path(first).absolute().name or first
    return name if len(paths) < 2 else f"{name} and {len(paths) - 1:,} more"


def _revision(paths: Sequence[str]) -> str:
    """Return the short name of the commit, with a plus where files have changed since; "" without git."""
    import subprocess  # late: `copydesk --help` does without

    first = Path(paths[0]) if paths else Path()
    folder = first if os.path.isdir(first) else first.parent  # noqa: PTH112 - False for a name that no file can have
    try:
        shown = subprocess.run(
            ["git", "-C", str(folder), "describe", "--always", "--exclude=*", "--dirty=+", "--abbrev=10"],
            capture_output=True, text=True, timeout=_PATIENCE, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError, ValueError):
        return ""
    return shown.stdout.strip()
