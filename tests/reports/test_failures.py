"""A failed expectation in plain lines: names that differ, counts, and examples that hide nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.model.result import ExpectationResult
from copydesk.reports.examples import examples
from copydesk.reports.failures import allowance, counts, detail_lines, names
from copydesk.reports.regions import Regions

from .hostile import HOSTILE
from .newsroom import expectation, newsroom, result
from .runner import command


@given(
    st.lists(st.tuples(st.sampled_from(["ad-residue", "mojibake"]), st.sampled_from([{}, {"mostly": 0.5}, {"a": 1}])))
)
def test_no_two_expectations_have_the_same_name(entries: list[tuple[str, dict[str, float]]]) -> None:
    run = result(expectations=tuple(expectation(check, 9, 1, kwargs=kwargs) for check, kwargs in entries))
    made = names(run)
    assert len(set(made)) == len(made) == len(entries)
    assert all(name.startswith(check) for name, (check, _) in zip(made, entries, strict=True))


def test_an_expectation_that_stands_alone_has_the_name_of_its_check_or_column() -> None:
    own = ExpectationResult(
        "expect_column_values_to_be_unique", None, "info", False, {"column": "url"}, None, None, None
    )
    assert names(result(expectations=(expectation("mojibake", 9, 1), own))) == [
        "mojibake",
        "expect_column_values_to_be_unique(url)",
    ]


@pytest.mark.parametrize(
    ("e", "text", "share"),
    [
        (expectation("mojibake", 200, 5, kwargs={"mostly": 0.99}), "5 of 200 articles (2.5 %), 1 % allowed", "1 %"),
        (expectation("mojibake", 1, 1), "1 of 1 article (100 %), 0 % allowed", "0 %"),
        (expectation("mojibake", None, None, success=False, message="a\nfault"), "a⏎fault", ""),
        (expectation("mojibake", None, None, success=False), "did not hold", ""),
    ],
)
def test_counts_and_what_is_allowed(e: ExpectationResult, text: str, share: str) -> None:
    assert (counts(e), allowance(e)) == (text, share)


def test_the_lines_have_words_reason_place_and_repair() -> None:
    run = newsroom()
    (e,) = [e for e in run.failed if e.check == "ad-residue"]
    lines = detail_lines(e, examples(run, 1)["ad-residue"], Regions())
    assert lines[0].startswith("“Hide Ad” ×")
    assert lines[1] == "    a line that the page shows above an advertisement (English: ‘hide ad’)"
    assert lines[2] == "    stories/2031-04.jsonl:12; article harbour-1, body; repair: delete"
    assert lines[-1].startswith("and ") and lines[-1].endswith(" more findings")


@settings(max_examples=30)
@given(HOSTILE, HOSTILE)
def test_no_line_hides_or_commands(text: str, other: str) -> None:
    row = {
        "text": text, "reason": other, "file": "a.jsonl", "row": 1, "line": 1, "field": "body", "article_id": other,
        "related": text, "repair": "replace", "replacement": other, "times": 2, "start": 0, "end": 1,
    }  # fmt: skip
    e = replace(expectation("mojibake", 9, 1, findings=5, success=False), message=text, values=(other,))
    for line in detail_lines(e, [row], Regions()):
        assert len(line.splitlines()) <= 1 and command(line) is None
