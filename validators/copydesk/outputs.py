"""Files that a run writes: each whole or not at all."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Any

from copydesk.errors import OutputError, UsageError
from copydesk.result import Result

__all__ = ["can_be_written", "result_json", "whole", "write_findings", "write_result", "write_text"]


def can_be_written(path: Path) -> None:
    """Say before the work whether a file can be written afterwards.

    Raises:
        UsageError: its folder is not there, or it is a folder itself.
    """
    if path.is_dir():
        raise UsageError(f"{path}: is a folder. Name a file to write to.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.absolute().parent} to write it into. Make it first.")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path`, and rename it to `path` once the block ends well.

    It is hidden, `.name.….part`, and locked as long as it is written: what a killed run has left behind is locked by
    nobody, and the next run that writes to the same path removes it.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with _part(path) as part:
            yield part
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error.strerror or error}. What was there before is as it was. Name a place"
            " that has room and may be written to."
        ) from error


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    _sweep(path)
    handle, part = _locked(path)
    try:
        yield part
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o666 & ~umask)  # mkstemp makes it private
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        if handle is not None:
            os.close(handle)


if sys.platform == "win32":  # which neither locks nor renames a file that is open

    def _locked(path: Path) -> tuple[None, Path]:
        handle, name = _temporary(path)
        os.close(handle)
        return None, Path(name)

    def _sweep(path: Path) -> None:
        pass

else:
    import fcntl

    def _locked(path: Path) -> tuple[int, Path]:
        while True:
            handle, name = _temporary(path)
            with suppress(OSError):  # a file system without locks: nothing is swept there
                fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_nlink:
                return handle, Path(name)
            os.close(handle)  # another run has swept it away between its making and its lock

    def _sweep(path: Path) -> None:
        for part in path.absolute().parent.glob(f".{escape(path.name)}.*.part"):
            with suppress(OSError), part.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                part.unlink()


def _temporary(path: Path) -> tuple[int, str]:
    return tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.", suffix=".part")


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8."""
    with whole(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def write_findings(result: Result, path: Path) -> None:
    """Write the findings, as Parquet if the file's name ends so, else as JSON lines.

    Findings that are spread over a cluster become a folder of Parquet files of that name, a file a part.
    """
    if result.store is not None and path.suffix == ".parquet":
        result.store(path)
        return
    findings = result.findings
    write: Callable[[Path], Any] = findings.sink_parquet if path.suffix == ".parquet" else findings.sink_ndjson
    with whole(path) as part:
        write(part)


def write_result(result: Result, path: Path) -> None:
    """Write the result as JSON."""
    write_text(path, result_json(result))


def result_json(result: Result) -> str:
    """Return the result in the form of the command line's contract (`--result`)."""
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
        "rejected": [{"file": r.file, "line": r.line, "reason": r.reason} for r in result.rejected],
        "timing": {stage: round(seconds, 4) for stage, seconds in result.timing.items()},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
