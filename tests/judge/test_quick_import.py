"""What makes the import of Great Expectations quick changes nothing of what it does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from copydesk.judge.quick_import import LOADED_LATER, NEVER_LOADED

SUITE = """
name: own
expectations:
  - type: expect_column_values_to_match_json_schema
    kwargs: {column: meta, json_schema: {type: object, required: [desk]}}
  - type: expect_column_kl_divergence_to_be_less_than
    kwargs: {column: section, partition_object: {values: [News, Sport], weights: [0.5, 0.5]}, threshold: 0.1}
"""

LOADED = f"""
import sys
from types import ModuleType
from copydesk.judge.quick_import import load_modules_later
load_modules_later()
import copydesk.judge.verdicts
print(*(name for name in {(*LOADED_LATER, *NEVER_LOADED, "polars")!r} if type(sys.modules.get(name)) is ModuleType))
"""


#: All models of Great Expectations, and of each field what it does and what of it is no other field's.
MODELS = """
import json, re, sys
from copydesk.judge.quick_import import copy_fields_quickly
if sys.argv[1] == "quick":
    copy_fields_quickly()
import copydesk.judge.verdicts
from pydantic.v1 import BaseModel
from pydantic.v1.fields import ModelField

def models(kind):
    for below in kind.__subclasses__():
        yield below
        yield from models(below)

def describe(value):
    if isinstance(value, ModelField):
        return {slot: describe(getattr(value, slot)) for slot in value.__slots__}
    if isinstance(value, (list, tuple)):
        return [describe(one) for one in value]
    if isinstance(value, dict):
        return {str(key): describe(one) for key, one in value.items()}
    if hasattr(value, "extra"):
        return [placeless(value), describe(value.extra)]
    return getattr(value, "__qualname__", None) or placeless(value)

def placeless(value):
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))

fields = {}
for model in models(BaseModel):
    fields.setdefault(f"{model.__module__}.{model.__qualname__}", {}).update(
        {name: describe(field) for name, field in model.__fields__.items()}
    )
own = [part for model in set(models(BaseModel)) for field in model.__fields__.values()
       for part in (field, field.field_info, field.field_info.extra, field.class_validators, field.pre_validators)
       if part is not None]
print(json.dumps([fields, len(own) - len(set(map(id, own)))], sort_keys=True))
"""


def test_expectations_find_what_is_loaded_later(tmp_path: Path) -> None:
    rows = [{"body": "It rained.", "meta": '{"desk": 1}', "section": section} for section in ("News", "Sport")]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "own.yml").write_text(SUITE, encoding="utf-8")
    command = [sys.executable, "-m", "copydesk", "check", "articles.jsonl", "--suite", "own.yml", "--result", "r.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["expectations"]
    assert [e["success"] for e in results] == [True, True], results


def test_models_whose_fields_are_copied_quickly_are_the_same() -> None:
    def models(how: str) -> Any:
        command = [sys.executable, "-c", MODELS, how]
        same = {**os.environ, "PYTHONHASHSEED": "0"}  # sets in the same order
        return json.loads(subprocess.run(command, env=same, capture_output=True, text=True, check=True).stdout)

    plain, quick = models("plain"), models("quick")
    assert len(quick[0]) > 200 and sum(map(len, quick[0].values())) > 1000
    assert quick[0].keys() == plain[0].keys()
    for name, fields in quick[0].items():
        assert fields == plain[0][name], name
    assert quick[1] <= plain[1]  # no more is shared between models


def test_what_few_expectations_need_is_not_loaded_for_all() -> None:
    # scipy itself is a small module; what takes long is scipy.stats.
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.split() in ([], ["scipy"])
