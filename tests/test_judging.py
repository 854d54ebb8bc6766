"""The process of Great Expectations: what it loads later is there for the expectations that need it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from copydesk.judging import _LATER, _NEVER

SUITE = """
name: own
expectations:
  - type: expect_column_values_to_match_json_schema
    kwargs: {column: meta, json_schema: {type: object, required: [desk]}}
  - type: expect_column_kl_divergence_to_be_less_than
    kwargs: {column: section, partition_object: {values: [News, Sport], weights: [0.5, 0.5]}, threshold: 0.1}
"""

SAID = f"""
import sys
from types import ModuleType
from copydesk.judging import _Later
sys.meta_path.insert(0, _Later())
import copydesk.judge
print(*(name for name in {(*_LATER, *_NEVER, "polars")!r} if type(sys.modules.get(name)) is ModuleType))
"""


def test_expectations_find_what_is_loaded_later(tmp_path: Path) -> None:
    rows = [{"body": "It rained.", "meta": '{"desk": 1}', "section": section} for section in ("News", "Sport")]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "own.yml").write_text(SUITE, encoding="utf-8")
    command = [sys.executable, "-m", "copydesk", "check", "articles.jsonl", "--suite", "own.yml", "--result", "r.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["expectations"]
    assert [e["success"] for e in told] == [True, True], told


def test_what_few_expectations_need_is_not_loaded_for_all() -> None:
    # scipy itself is a small module; what takes long is scipy.stats.
    done = subprocess.run([sys.executable, "-c", SAID], capture_output=True, text=True, check=True)
    assert done.stdout.split() in ([], ["scipy"])
