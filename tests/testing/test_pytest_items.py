"""What the pytest plugin is made of: names of items, frames as files, outcomes that workers share."""

from __future__ import annotations

import logging
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.suite import Entry, load_suite, parse_suite
from copydesk.run import check
from copydesk.testing.pytest_items import _item_names, _once, evidence, paths_of, quiet_great_expectations

BODY = "The bridge over the river reopened on Monday after two years of repairs, the city said."
SUITE = """
expectations:
  - {type: expect_news_ad_residue, severity: critical}
  - {type: expect_news_body_length, severity: critical, kwargs: {min_words: 5}}
  - {type: expect_news_body_length, severity: info}
  - {type: expect_column_values_to_match_regex, severity: critical, kwargs: {column: headline, regex: "^B"}}
"""


@given(st.lists(st.sampled_from(load_suite("news").entries), max_size=60))
def test_no_two_items_have_one_name(entries: list[Entry]) -> None:
    names = list(_item_names(entries))
    assert len(set(names)) == len(names) == len(entries)


def test_names_do_not_depend_on_options_or_severities() -> None:
    changed = SUITE.replace("critical", "info").replace("min_words: 5", "min_words: 7")
    names = [list(_item_names(parse_suite(text, file="own.yml").entries)) for text in (SUITE, changed)]
    assert (
        names == [["ad-residue", "body-length", "body-length-2", "expect_column_values_to_match_regex[headline]"]] * 2
    )


@pytest.mark.parametrize("value", ["a\ud800b", 1, None, ["a", "b"], 1.5, pd.Timestamp("2026-01-01")])
def test_a_frame_of_pandas_reads_as_any_file(value: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    frame = pd.DataFrame({"text": [BODY, BODY], 7: pd.Series(["x", value], dtype=object)})
    (file,) = paths_of(frame, tmp_path_factory)
    assert pl.read_parquet(file).columns == ["text", "7"] and pl.read_parquet(file).height == 2


def test_one_process_makes_it_and_one_that_dies_leaves_it_to_the_next(tmp_path: Path) -> None:
    code = (
        "import sys, os, time, pathlib\n"
        "from copydesk.testing.pytest_items import _once\n"
        "def make():\n"
        "    print('making', flush=True)\n"
        "    time.sleep(0.3)\n"
        "    if sys.argv[2] == 'die': os._exit(9)\n"
        "    return sys.argv[2]\n"
        "print(_once(pathlib.Path(sys.argv[1]), make))\n"
    )
    file = tmp_path / "shared.sqlite"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(file), what], stdout=subprocess.PIPE, text=True)
        for what in ("die", "one", "two")
    ]
    said = [process.communicate()[0].split() for process in started]
    made = [words[-1] for words in said if len(words) and words[-1] != "making"]
    assert len(set(made)) == 1 and made[0] in ("one", "two")
    assert _once(file, lambda: "late") == made[0]


def test_paths_stay_paths(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert paths_of("a.jsonl", tmp_path_factory) == ["a.jsonl"]
    assert paths_of((Path("a"), "b"), tmp_path_factory) == [Path("a"), "b"]


def test_the_evidence_names_what_shuts_the_gate_and_nothing_milder(tmp_path: Path) -> None:
    suite = tmp_path / "own.yml"
    suite.write_text(SUITE, encoding="utf-8")
    file = tmp_path / "a.jsonl"
    file.write_text('{"headline": "Ferry stops", "body": "' + BODY + '\\n\\nHide Ad\\n"}\n', encoding="utf-8")
    text = evidence(check([file], suite=suite))
    assert "critical  ad-residue  1 of 1 article (100 %), 0 % allowed\n“Hide Ad”\n" in text
    assert "critical  expect_column_values_to_match_regex(headline)" in text and "“Ferry stops”" in text
    assert "body-length" not in text


def test_warnings_and_logs_are_silent_inside_and_heard_after() -> None:
    with pytest.warns(UserWarning, match="after"):
        with quiet_great_expectations():
            warnings.warn("inside", UserWarning, stacklevel=1)  # else an error: pytest is set so
            assert not logging.getLogger("great_expectations").isEnabledFor(logging.WARNING)
        warnings.warn("after", UserWarning, stacklevel=1)
    assert logging.getLogger("great_expectations").isEnabledFor(logging.ERROR)
