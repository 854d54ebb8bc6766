"""The file of a baseline: read, written, and pruned of what is fixed.

A baseline is a file of findings as `--findings` writes it, or the compact form that `copydesk baseline` writes: a head
that names the form, then a line a finding, sorted, with the first words of its text.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from copydesk.errors import InputError, UsageError
from copydesk.gate.baseline import Baseline
from copydesk.outputs import whole
from copydesk.paths import expect_path

__all__ = ["COMPACT", "load_baseline", "prune", "write_baseline"]

#: The columns of the compact form. A file of findings must have them to be a baseline.
COMPACT = ("fingerprint", "check", "article_id", "file", "field", "text")

#: The key of the first line of the compact form, and its value: in which way fingerprints are made.
_HEAD = "copydesk_baseline"
_FORM = 1

#: How many characters of a finding's text stand in the compact form.
_EXCERPT = 80

_ANEW = "Make it with `copydesk baseline PATH... -o FILE`."


def load_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        UsageError: the file is no file of findings, or has another form; or it is a pipe, since it is read twice.
        InputError: the file cannot be read, is empty, or is damaged.
    """
    expect_path(path)
    if path.exists() and not path.is_file():
        raise UsageError(f"{path}: expected a file as the baseline, got a folder, a pipe or a device.")
    try:
        if path.suffix == ".parquet":
            _expect_columns(path, pl.read_parquet_schema(path))
            rows = pl.scan_parquet(path).select("fingerprint", "check", "file")
        else:
            _expect_head(path)
            schema = dict.fromkeys(("fingerprint", "check", "file", _HEAD), pl.String)
            rows = pl.scan_ndjson(path, schema=schema).filter(pl.col(_HEAD).is_null()).drop(_HEAD)
        findings = rows.collect(engine="streaming")
    except OSError as error:
        raise InputError(f"{path}: the baseline cannot be read: {error.strerror or error}.") from error
    except pl.exceptions.PolarsError as error:
        where = "" if path.suffix == ".parquet" else _damage(path)
        raise InputError(f"{path}{where}: the baseline is damaged: {str(error).splitlines()[0]}. {_ANEW}") from error
    bad = findings.with_row_index().filter(
        ~pl.col("fingerprint").str.contains(r"^[0-9a-f]{16}$").fill_null(False) | pl.col("check").is_null()
    )
    if bad.height:
        number, name = bad.select("index", "fingerprint").row(0)
        raise InputError(
            f"{path}: the baseline is damaged: finding {number + 1:,} has no check, or not the 16 hexadecimal digits of"
            f" a fingerprint, but {name!r}. {_ANEW}"
        )
    return Baseline(findings)


def _expect_head(path: Path) -> None:
    """Check the first line of JSON lines: the head of a compact baseline, or a finding."""
    with path.open("rb") as file:
        line = file.readline()
        if line.startswith(b'{"%b"' % _HEAD.encode()):
            form = _object(path, line)[_HEAD]
            if form != _FORM:
                raise UsageError(
                    f"{path}: this baseline is of form {form}, expected {_FORM}: another version made it. {_ANEW}"
                )
            line = file.readline()
            if not line:
                return  # a baseline without findings
    if not line.strip():
        raise InputError(f"{path}: the baseline is empty, without even a head that says so. {_ANEW}")
    _expect_columns(path, _object(path, line))


def _object(path: Path, line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise UsageError(f"{path}: this is no baseline: expected a finding as JSON on each line. {_ANEW}")
    return data


def _expect_columns(path: Path, columns: Collection[str]) -> None:
    missing = [c for c in COMPACT if c not in columns]
    if missing:
        raise UsageError(
            f"{path}: this is no baseline: its findings have no {', '.join(missing)}. Give a file that `--findings` or"
            " `copydesk baseline` wrote."
        )


def _damage(path: Path) -> str:
    """Return the place of the first line that is not JSON."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                json.loads(line or b"{}")
            except (ValueError, RecursionError):
                return f", line {number:,}"
    return ""


def write_baseline(findings: pl.LazyFrame, path: Path, reasons: Mapping[str, str] | None = None) -> int:
    """Write findings in the compact form, whole or not at all; return how many.

    Args:
        findings: a frame with the columns of FINDING.
        path: the file. The reasons that stand in it already are kept for the findings that are still there.
        reasons: by fingerprint, why findings are accepted; a finding with a reason has it as `reason`.
    """
    known_reasons = {**_reasons_in(path), **(reasons or {})}
    excerpt = pl.col("text").str.replace_all(r"\s+", " ").str.strip_chars().str.head(_EXCERPT)
    compact = findings.select(COMPACT).with_columns(excerpt)
    known = compact.sort("article_id", "check", "field", "text", "fingerprint", "file").collect()
    said = pl.Series("reason", [known_reasons.get(name) for name in known["fingerprint"]], pl.String)
    if said.null_count() < known.height:
        known = known.with_columns(said)
    with whole(path) as part, part.open("wb") as file:
        file.write(json.dumps({_HEAD: _FORM}).encode() + b"\n")
        known.write_ndjson(file)
    return known.height


def _reasons_in(path: Path) -> dict[str, str]:
    """Return the reasons of a baseline that is there, by fingerprint."""
    found: dict[str, str] = {}
    with suppress(OSError), path.open("rb") as file:
        for line in file:
            with suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict) and isinstance(entry.get("reason"), str):
                    found[str(entry.get("fingerprint"))] = entry["reason"]
    return found


def prune(path: Path, fixed: pl.Series) -> None:
    """Drop findings from a baseline, whole or not at all; the other lines do not change.

    Args:
        path: the baseline.
        fixed: for each of its findings whether it is dropped, see `copydesk.model.result.Comparison`.
    """
    with whole(path) as part:
        if path.suffix == ".parquet":
            pl.read_parquet(path).filter(~fixed).write_parquet(part)
            return
        gone = fixed.to_list()
        number = count()
        with path.open("rb") as old, part.open("wb") as new:
            for line in old:
                finding = bool(line.strip()) and not line.startswith(b'{"%b"' % _HEAD.encode())
                if not (finding and gone[next(number)]):
                    new.write(line)
