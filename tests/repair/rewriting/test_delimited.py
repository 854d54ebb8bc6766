"""Separated values: a field is patched within its quotes, or gets some where it needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.checks.suite import Suite
from copydesk.repair.fixing import fix


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('id,text\r\n\r\n1,"a ""b"" c.\nHide Ad"\r\n"2",fine\r\n', 'id,text\r\n\r\n1,"a ""b"" c."\r\n"2",fine\r\n'),
        ("id;text\n1;It said Hide Ad.\n2;a,b", None),
        ('text\n"One.\nHide Ad"\nTwo.', 'text\n"One."\nTwo.'),
        ('id\ttext\n"1"\t"One.\rHide Ad"\n3\n', 'id\ttext\n"1"\t"One."\n3\n'),
        (
            "text,id\nThe boats came in at noon.The band played.,1\n",
            "text,id\nThe boats came in at noon. The band played.,1\n",
        ),
    ],
)
def test_only_the_field_changes(tmp_path: Path, suite: Suite, before: str, after: str | None) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_bytes(before.encode())
    fixed = fix(path, out, suite=suite)
    assert not fixed.refused and fixed.changed == (after is not None)
    assert out.read_bytes() == (after or before).encode()
