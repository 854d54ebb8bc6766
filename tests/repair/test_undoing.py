"""Repairs are taken back only from the files that were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repair.repair_cases import json_lines, story

from copydesk.checks.suite import Suite
from copydesk.errors import InputError
from copydesk.repair.fixing import fix
from copydesk.repair.undoing import undo_repairs


def test_in_place_there_and_back(tmp_path: Path, suite: Suite) -> None:
    path, receipt = json_lines(tmp_path, [story(1, "It rained.\nHide Ad"), story(2, "Fine.")]), tmp_path / "r.jsonl"
    before = path.read_bytes()
    fixed = fix(path, in_place=True, force=True, suite=suite, receipt=receipt)
    assert fixed.written and path.read_bytes() != before
    [could] = undo_repairs(receipt)
    assert could.articles == 1 and path.read_bytes() != before
    undo_repairs(receipt, in_place=True)
    assert path.read_bytes() == before


def test_a_file_that_has_changed_since_is_left_alone(tmp_path: Path, suite: Suite) -> None:
    path, out, receipt = json_lines(tmp_path, [story(1, "Hide Ad\nIt rained.")]), tmp_path / "b.jsonl", tmp_path / "r"
    fix(path, out, suite=suite, receipt=receipt)
    out.write_bytes(out.read_bytes() + b"\n")
    with pytest.raises(InputError, match="has changed"):
        undo_repairs(receipt, tmp_path / "c.jsonl")
    out.unlink()
    with pytest.raises(InputError, match="not there"):
        undo_repairs(receipt, tmp_path / "c.jsonl")
    assert not (tmp_path / "c.jsonl").exists()
