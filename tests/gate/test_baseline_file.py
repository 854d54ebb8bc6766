"""The file of a baseline: what is damaged is an error, and what is written is read again."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from copydesk.errors import CopydeskError, InputError, UsageError
from copydesk.gate.baseline_file import COMPACT, load_baseline, prune, write_baseline

GOOD = {"fingerprint": "0" * 16, "check": "ad-residue", "article_id": "a", "file": "f", "field": "body", "text": "x"}
BAD: dict[str, tuple[str, type[CopydeskError], str]] = {
    "nothing": ("", InputError, "is empty"),
    "blank": ("\n", InputError, "is empty"),
    "no JSON": ("hello\n", UsageError, "expected a finding as JSON"),
    "a list": ("[1]\n", UsageError, "expected a finding as JSON"),
    "articles": ('{"id": "1", "body": "It rained."}\n', UsageError, "have no fingerprint, check"),
    "another form": ('{"copydesk_baseline": 2}\n', UsageError, "of form 2, expected 1"),
    "cut": (json.dumps(GOOD) + "\n" + json.dumps(GOOD)[:40], InputError, "line 2: the baseline is damaged"),
    "no fingerprint": (json.dumps(GOOD) + "\n" + '{"check": "ad-residue"}\n', InputError, "finding 2 has no"),
    "a wrong fingerprint": (json.dumps(GOOD | {"fingerprint": "xyz"}) + "\n", InputError, "'xyz'"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_baseline_is_an_error_of_one_line(case: str, tmp_path: Path) -> None:
    text, kind, message = BAD[case]
    path = tmp_path / "known.jsonl"
    path.write_text(text)
    with pytest.raises(kind, match=r"known\.jsonl") as error:
        load_baseline(path)
    assert message in str(error.value) and "\n" not in str(error.value)


def test_a_damaged_parquet_or_a_missing_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "known.parquet").write_bytes(b"PAR1 and no more")
    for name in ("known.parquet", "none.parquet", "none.jsonl"):
        with pytest.raises(InputError, match=name):
            load_baseline(tmp_path / name)
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "other.parquet")
    with pytest.raises(UsageError, match="have no fingerprint"):
        load_baseline(tmp_path / "other.parquet")


def test_reasons_stay_and_what_is_fixed_goes(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    rows = [GOOD, GOOD | {"fingerprint": "1" * 16, "article_id": "b"}]
    assert write_baseline(pl.LazyFrame(rows), path, {"1" * 16: "an ad of ours"}) == 2
    assert write_baseline(pl.LazyFrame(rows), path) == 2
    prune(path, pl.Series([True, False]))
    _, *left = map(json.loads, path.read_text().splitlines())
    assert left == [{name: rows[1][name] for name in COMPACT} | {"reason": "an ad of ours"}]
    assert load_baseline(path).missing.to_list() == [True]
