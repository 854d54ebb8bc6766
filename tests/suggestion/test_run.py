from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.auditing.stories import stdin, story

import copydesk
from copydesk.errors import InputError


def collection(count: int = 120) -> list[dict[str, Any]]:
    return [
        {"id": f"s{n}", "headline": f"{story(n, 1)[:40]}", "language": "en", "publisher": f"Paper {n % 3}",
         "section": "briefs" if n % 3 == 0 else "news", "published": f"2023-0{1 + n % 9}-11",
         "body": "\n".join(story(n * 50 + part, 2) for part in range(1 if n % 3 == 0 else 6))}
        for n in range(count)
    ]  # fmt: skip


SUITE = """expectations:
  - {type: expect_news_ad_residue}
  - {type: expect_news_repeated_paragraph}
  - {type: expect_news_duplicate_article}
  - {type: expect_news_unreadable_row}
"""


@pytest.fixture(scope="module")
def suggested() -> Any:
    from copydesk.checks.suite import parse_suite

    return copydesk.suggest("-", stdin=stdin(collection()), suite=parse_suite(SUITE, file="tried.yml"))


def planted() -> list[dict[str, Any]]:
    rows = copy.deepcopy(collection())
    for n, row in enumerate(rows):
        row["publisher"] = "Stranger" if n % 9 == 0 else row["publisher"]
        row["published"] = "1970-01-01" if n % 8 == 0 else row["published"]
        row["headline"] = None if n % 11 == 0 else row["headline"]
        if row["section"] == "news" and n % 7 == 0:
            row["body"] = "Too short."
        row["body"] += "\nHide Ad" if n % 10 == 0 else ""
    return rows


def test_a_collection_passes_the_suite_that_it_suggests(suggested: Any) -> None:
    result = copydesk.check("-", stdin=stdin(collection()), suite=suggested.suite, fail_on="info")
    assert [e.message for e in result.failed] == []
    assert suggested.bad == []
    assert len(result.expectations) == len(suggested.entries)


def test_a_planted_defect_of_any_kind_fails_it(suggested: Any) -> None:
    result = copydesk.check("-", stdin=stdin(planted()), suite=suggested.suite, fail_on="info")
    failed = {(e.type, e.kwargs.get("column")) for e in result.failed}
    assert failed >= {
        ("expect_news_ad_residue", None),
        ("expect_column_values_to_be_in_set", "publisher"),
        ("expect_column_values_to_match_regex", "published"),
        ("expect_column_values_to_not_be_null", "headline"),
        ("expect_column_values_to_be_between", "words"),
    }


def test_sections_of_another_length_have_limits_of_their_own(suggested: Any) -> None:
    conditions = [e.kwargs.get("row_condition") for e in suggested.entries if e.kwargs.get("column") == "words"]
    assert len(conditions) == 2
    assert conditions[0]["parameter"] == "briefs"
    assert (conditions[0]["operator"], conditions[1]["operator"]) == ("==", "!=")


def test_what_is_bad_is_left_out(suggested: Any) -> None:
    from copydesk.checks.suite import parse_suite

    made = copydesk.suggest("-", stdin=stdin(planted()), suite=parse_suite(SUITE, file="tried.yml"), memory=1)
    assert "ad-residue" in {entry.name for entry in made.bad}
    assert "expect_news_ad_residue" not in {entry.type for entry in made.suite.entries}
    assert "BAD, and left out: ad-residue: observed 10.0 % (12 of 120)" in made.text


def test_nothing_to_suggest_from() -> None:
    with pytest.raises(InputError):
        copydesk.suggest("-", stdin=stdin([]))
