"""Accepted findings: known, looked at, and left as they are for a reason that somebody gave.

A file of JSON lines, an entry each, made for review in a diff. An entry names a finding by its fingerprint, or all
findings of a check in the articles of a publisher. It has a reason, and may have an author and a last day (`until`). An
accepted finding does not count. An entry past its day accepts nothing; it is reported, and so is one without effect.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from copydesk.checks import all_checks
from copydesk.errors import InputError, UsageError, did_you_mean
from copydesk.gate.baseline import Baseline
from copydesk.model.result import Acceptance, AcceptedEntry
from copydesk.outputs import whole

__all__ = [
    "FILE",
    "Known",
    "expect_entry",
    "load_accepted",
    "named_findings",
    "parse_entry",
    "write_accepted",
]

#: The name of the file where no other is given.
FILE = "copydesk-accepted.jsonl"

_KEYS = ("fingerprint", "check", "publisher", "article_id", "text", "reason", "author", "added", "until")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


class Known:
    """What is known of findings before a run: entries that accept them, and a baseline.

    Args:
        entries: the entries, also those past their day.
        baseline: findings that are known.
        today: the day of the run.
    """

    def __init__(
        self, entries: Sequence[AcceptedEntry], baseline: Baseline | None = None, *, today: date | None = None
    ) -> None:
        today = today or date.today()
        self._entries = tuple(entries)
        self._baseline = baseline
        self._expired = [entry.until is not None and entry.until < today for entry in entries]
        valid = [(n, e) for n, (e, gone) in enumerate(zip(entries, self._expired, strict=True)) if not gone]
        self._by_name = {e.fingerprint: n for n, e in valid if e.fingerprint}
        self._rules = {(e.check, _key(e.publisher)): n for n, e in valid if not e.fingerprint}
        self._publishers = {publisher for _, publisher in self._rules}
        self._articles: dict[int, str] = {}
        self._counts = [0] * len(entries)

    def add_articles(self, first: int, publishers: pl.Series) -> None:
        """Take the publishers of the next articles, whose numbers begin with `first`; before their findings."""
        if not self._publishers:
            return
        keys = publishers.str.strip_chars().str.to_lowercase()
        for number in keys.is_in(sorted(self._publishers)).fill_null(False).arg_true().to_list():
            self._articles[first + number] = keys[number]

    def mark_new(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Add `new` (Boolean), and `accepted`, the number of the entry that accepts a finding (Int32, or null)."""
        marked = self._baseline.mark_new(findings) if self._baseline else findings.with_columns(new=pl.lit(True))
        rows = marked.select("fingerprint", "check", "article").iter_rows()
        numbers = [self._entry_of(*row) for row in rows] if self._by_name or self._rules else [None] * marked.height
        for number in numbers:
            if number is not None:
                self._counts[number] += 1
        marked = marked.with_columns(pl.Series("accepted", numbers, pl.Int32))
        if self._baseline:
            self._baseline.discount(marked.filter(pl.col("new") & pl.col("accepted").is_not_null()).height)
        return marked.with_columns(pl.col("new") & pl.col("accepted").is_null())

    def acceptance(self, findings: pl.LazyFrame) -> Acceptance:
        """Return what was accepted, after `mark_new` of all findings, which have the column `accepted`."""
        return Acceptance(
            count=sum(self._counts),
            findings=findings.filter(pl.col("accepted").is_not_null()),
            entries=self._entries,
            expired=tuple(e for e, gone in zip(self._entries, self._expired, strict=True) if gone),
            unused=tuple(
                e for e, gone, n in zip(self._entries, self._expired, self._counts, strict=True) if not gone and not n
            ),
        )

    def _entry_of(self, fingerprint: str, check: str, article: int | None) -> int | None:
        number = self._by_name.get(fingerprint)
        if number is None and article in self._articles:
            number = self._rules.get((check, self._articles[article]))
        return number


def _key(publisher: str) -> str:
    return publisher.strip().lower()


def load_accepted(path: Path) -> list[AcceptedEntry]:
    """Read a file of entries.

    Raises:
        UsageError: a line is no entry; the message names it.
        InputError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(f"{path}: the accepted findings cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the accepted findings are not UTF-8 (byte {error.start}). Save them so.") from error
    entries: dict[tuple[str, str, str], AcceptedEntry] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            entry = parse_entry(line, f"{path}, line {number}")
            if entry.names in entries:
                raise UsageError(f"{path}, line {number}: this is accepted on an earlier line already. Keep one.")
            entries[entry.names] = entry
    return list(entries.values())


def parse_entry(line: str, place: str) -> AcceptedEntry:
    """Read a line.

    Raises:
        UsageError: it is not JSON, has an unknown key, names nothing, or gives no reason.
    """
    try:
        data = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{place}: this is not JSON: {error}.") from error
    if not isinstance(data, dict):
        raise UsageError(f"{place}: expected an object with a fingerprint, or a check and a publisher, and a reason.")
    for key, value in data.items():
        if key not in _KEYS:
            raise UsageError(
                f"{place}: there is no key {key!r}.{did_you_mean(key, _KEYS)} The keys: {', '.join(_KEYS)}."
            )
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{place}: {key}: expected a string, got {value!r}.")
    known: dict[str, str] = {key: value or "" for key, value in data.items()}
    until = _day(known.pop("until", ""), place)
    return expect_entry(AcceptedEntry(**known, until=until), place)


def expect_entry(entry: AcceptedEntry, place: str) -> AcceptedEntry:
    """Return an entry that says what it accepts, and why.

    Raises:
        UsageError: it does not.
    """
    if not entry.reason.strip():
        raise UsageError(f"{place}: expected a reason. Say why the finding is accepted.")
    if entry.fingerprint:
        if not _FINGERPRINT.fullmatch(entry.fingerprint):
            raise UsageError(f"{place}: {entry.fingerprint!r}: a fingerprint has 16 digits of 0-9 and a-f.")
    elif not (entry.check and entry.publisher):
        raise UsageError(f"{place}: expected a fingerprint, or a check and a publisher.")
    elif entry.check not in all_checks():
        raise UsageError(f"{place}: there is no check {entry.check!r}.{did_you_mean(entry.check, all_checks())}")
    return entry


def _day(text: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{place}: until: expected a day such as 2027-03-31, got {text!r}.") from error


def write_accepted(path: Path, new: Iterable[AcceptedEntry]) -> tuple[int, int]:
    """Add entries to a file, whole or not at all; return how many were added, and how many took another's place.

    The other lines stay as they are.

    Raises:
        UsageError: a line of the file is no entry.
    """
    waiting = {entry.names: entry for entry in new}
    count = len(waiting)
    lines = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else (), 1):
        old = parse_entry(line, f"{path}, line {number}") if line.strip() else None
        again = waiting.pop(old.names, None) if old else None
        lines.append(_as_line(again) if again else line)
    added = len(waiting)
    lines += map(_as_line, waiting.values())
    with whole(path) as part:
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return added, count - added


def _as_line(entry: AcceptedEntry) -> str:
    values = {key: getattr(entry, key) for key in _KEYS}
    values["until"] = entry.until.isoformat() if entry.until else ""
    return json.dumps({key: value for key, value in values.items() if value}, ensure_ascii=False)


def named_findings(fingerprints: Sequence[str], findings: Path | None, entry: AcceptedEntry) -> list[AcceptedEntry]:
    """Return an entry for each fingerprint; from a file of findings, with the check, the article and the words.

    Raises:
        UsageError: the file has no such finding, or is no file of findings.
        InputError: it cannot be read.
    """
    if findings is None:
        return [replace(entry, fingerprint=name) for name in fingerprints]
    try:
        scan = pl.scan_parquet(findings) if findings.suffix == ".parquet" else pl.scan_ndjson(findings)
        columns = ("fingerprint", "check", "article_id", "text")
        rows = scan.select(columns).filter(pl.col("fingerprint").is_in(list(fingerprints))).collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"{findings}: the findings cannot be read: {str(error).splitlines()[0]}.") from error
    known: Mapping[str, Mapping[str, Any]] = {row["fingerprint"]: row for row in rows.iter_rows(named=True)}
    for name in fingerprints:
        if name not in known:
            raise UsageError(f"{findings}: there is no finding {name!r}.{did_you_mean(name, known)}")
    return [
        replace(
            entry,
            fingerprint=name,
            check=known[name]["check"],
            article_id=known[name]["article_id"] or "",
            text=" ".join((known[name]["text"] or "").split())[:80],
        )
        for name in fingerprints
    ]
