"""Accepted findings do not count; entries past their date or without effect are told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from copydesk.errors import CopydeskError
from copydesk.gate.accepted import Known, load_accepted, named_findings, write_accepted
from copydesk.gate.baseline import Baseline
from copydesk.model.result import AcceptedEntry

ONE, TWO, THREE = (digit * 16 for digit in "abc")
TODAY = date(2026, 5, 4)


def findings() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "fingerprint": [ONE, TWO, THREE],
            "check": ["ad-residue", "ad-residue", "mojibake"],
            "article": pl.Series([0, 1, 1], dtype=pl.UInt32),
        }
    )


def marked(*entries: AcceptedEntry, baseline: Baseline | None = None) -> tuple[Known, pl.DataFrame]:
    known = Known(entries, baseline, today=TODAY)
    known.add_articles(0, pl.Series(["The Paper", " the gazette "]))
    return known, known.mark_new(findings())


def test_by_fingerprint_and_by_publisher() -> None:
    known, frame = marked(
        AcceptedEntry(fingerprint=ONE, reason="r"),
        AcceptedEntry(check="ad-residue", publisher="The Gazette", reason="r"),
        AcceptedEntry(check="mojibake", publisher="The Paper", reason="r"),
    )
    assert frame["new"].to_list() == [False, False, True] and frame["accepted"].to_list() == [0, 1, None]
    acceptance = known.acceptance(frame.lazy())
    assert acceptance.count == 2 and acceptance.findings.collect()["fingerprint"].to_list() == [ONE, TWO]
    assert str(acceptance) == "2 accepted, 1 entry without effect"
    assert [str(entry) for entry in acceptance.unused] == ["mojibake of The Paper"]


def test_the_last_day_still_holds_and_the_next_does_not() -> None:
    known, frame = marked(
        AcceptedEntry(fingerprint=ONE, reason="r", until=TODAY),
        AcceptedEntry(fingerprint=TWO, reason="r", until=date(2026, 5, 3)),
    )
    assert frame["new"].to_list() == [False, True, True]
    assert str(known.acceptance(frame.lazy())) == "1 accepted, 1 entry past its date"


def test_a_baseline_counts_what_is_not_accepted() -> None:
    known = pl.DataFrame({"fingerprint": [THREE], "check": ["mojibake"], "file": ["a"]})
    baseline = Baseline(known)
    _, frame = marked(AcceptedEntry(fingerprint=ONE, reason="r"), baseline=baseline)
    assert frame["new"].to_list() == [False, True, False]
    assert str(baseline.comparison([], [], frame.lazy())).startswith("1 new, 1 known, 0 fixed")


def test_a_file_is_written_line_by_line_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "accepted.jsonl"
    path.write_text(f'{{"reason" : "as it is", "fingerprint":"{ONE}"}}\n\n')
    until = date(2027, 1, 2)
    new = [AcceptedEntry(fingerprint=TWO, reason="né", until=until), AcceptedEntry(fingerprint=THREE, reason="x")]
    assert write_accepted(path, new) == (2, 0)
    assert write_accepted(path, [AcceptedEntry(fingerprint=THREE, reason="y")]) == (0, 1)
    lines = path.read_text().splitlines()
    assert lines[:2] == [f'{{"reason" : "as it is", "fingerprint":"{ONE}"}}', ""]
    assert json.loads(lines[2]) == {"fingerprint": TWO, "reason": "né", "until": "2027-01-02"}
    assert [entry.reason for entry in load_accepted(path)] == ["as it is", "né", "y"]


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        f'{{"fingerprint": "{ONE}"}}',
        f'{{"fingerprint": "{ONE}", "reason": " "}}',
        '{"fingerprint": "123", "reason": "r"}',
        '{"check": "ad-residue", "reason": "r"}',
        '{"check": "ad-residu", "publisher": "p", "reason": "r"}',
        f'{{"fingerprint": "{ONE}", "reason": "r", "untl": "2027-01-01"}}',
        f'{{"fingerprint": "{ONE}", "reason": "r", "until": "soon"}}',
        f'{{"fingerprint": "{ONE}", "reason": 3}}',
        f'{{"fingerprint": "{ONE}", "reason": "r"}}\n{{"fingerprint": "{ONE}", "reason": "s"}}',
    ],
)
def test_a_line_that_is_no_entry_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "accepted.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(CopydeskError, match=r"accepted\.jsonl, line [12]"):
        load_accepted(path)


def test_findings_give_entries_their_words(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_text(json.dumps({"fingerprint": ONE, "check": "ad-residue", "article_id": "7", "text": " Hide\n Ad"}))
    [entry] = named_findings([ONE], path, AcceptedEntry(reason="r"))
    assert (entry.check, entry.article_id, entry.text) == ("ad-residue", "7", "Hide Ad")
    with pytest.raises(CopydeskError, match="no finding"):
        named_findings([TWO], path, AcceptedEntry(reason="r"))
