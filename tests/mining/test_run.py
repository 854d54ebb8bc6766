from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import copydesk
from copydesk.errors import InputError, SuiteError, UsageError


def stdin(count: int) -> io.BytesIO:
    rows = [
        {"publisher": "The Post", "title": f"H{n}", "body": f"Story {'abcdefghij'[n]} is told.\nTake the Post with you"}
        for n in range(count)
    ]
    rows.append({"publisher": "", "title": "X", "body": "Nobody's story."})
    return io.BytesIO("\n".join(map(json.dumps, rows)).encode())


def test_the_file_is_written_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    mined = copydesk.mine("-", file, stdin=stdin(6), memory=1)
    assert (mined.articles, mined.unnamed, mined.new) == (7, 1, 1)
    assert file.read_text() == mined.text
    before = file.stat().st_mtime_ns
    assert copydesk.mine("-", file, stdin=stdin(8)).new == 0
    assert file.stat().st_mtime_ns == before


def test_what_is_wrong_with_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="min_articles 1"):
        copydesk.mine("-", stdin=stdin(3), min_articles=1)
    with pytest.raises(InputError):
        copydesk.mine("-", stdin=io.BytesIO(b""))
    (tmp_path / "no.yml").write_text("nothing: here")
    with pytest.raises(SuiteError, match="expected a mapping"):
        copydesk.mine("-", tmp_path / "no.yml", stdin=stdin(6))
    assert (tmp_path / "no.yml").read_text() == "nothing: here"
