from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import SuiteError
from copydesk.lexicon.rules import Rule, Rules, load_rules, parse_rules

RULES = Rules(
    [
        Rule("The Post", "Take the Post with you", "delete"),
        Rule("the post", "Our app: take the Post…", "delete"),
        Rule("the post", "Updated at …", "delete"),
        Rule("the post", "Updated at noon", "keep"),
        Rule("the post", "What we know", "?"),
        Rule("the post", "<number> min read, by …", "delete"),
        Rule("the post", "Printed on <number>", "delete"),
        Rule("晨报", "编辑：…", "delete"),
    ]
)


@pytest.mark.parametrize(
    ("publisher", "line", "action"),
    [
        ("the post", "TAKE the  Post with you »", "delete"),
        ("the hill", "Take the Post with you", None),
        ("the post", "Take the Post", None),
        ("the post", "Updated at 12.30", "delete"),
        ("the post", "Updated at noon", "keep"),
        ("the post", "Updated at", None),
        ("the post", "What we know", "?"),
        ("晨报", "编辑：李四", "delete"),
        ("the post", "12 min read, by Ana Brandt", "delete"),
        ("the post", "Printed on 2023-05-01", "delete"),
        ("the post", "Printed on paper", None),
    ],
)
def test_a_rule_is_of_its_publisher_and_of_a_whole_line(publisher: str, line: str, action: str | None) -> None:
    assert RULES.actions(pl.Series([publisher]), pl.Series([line])).to_list() == [action]


@settings(max_examples=30)
@given(st.lists(st.text(st.sampled_from("ab1 …."), min_size=1, max_size=8), min_size=1, max_size=4))
def test_a_line_without_slots_matches_itself(lines: list[str]) -> None:
    whole = [line for line in lines if "…" not in line and any(map(str.isalnum, line))]
    rules = Rules(Rule("p", line, "delete") for line in whole)
    assert (
        rules.actions(pl.Series(["p"] * len(whole), dtype=pl.String), pl.Series(whole, dtype=pl.String)).null_count()
        == 0
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: 3", "expected a mapping with a list 'rules'"),
        ("rules:\n- {publisher: A, line: 'b\n", "this is not YAML"),
        ("rules:\n- nothing", "line 2: expected a rule"),
        ("rules:\n- {publisher: A, line: b, action: delte}", "Did you mean 'delete'"),
        ("rules:\n- {publisher: A, lime: b, action: keep}", "line 2: 'lime' is no part of a rule"),
        ("rules:\n- {publisher: A, line: 7, action: keep}", "Put it in quotes"),
        ("rules:\n- {publisher: A, line: '…', action: delete}", "would match any line"),
    ],
)
def test_what_is_no_rule_says_where_and_why(text: str, said: str) -> None:
    with pytest.raises(SuiteError, match=said):
        parse_rules(text, file="r.yml")


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "r.yml"
    for line in ("one", "another"):
        file.write_text(f"rules: [{{publisher: a, line: {line}, action: keep}}]")
        assert load_rules((str(file),)).actions(pl.Series(["a"]), pl.Series([line])).to_list() == ["keep"]
    with pytest.raises(SuiteError, match="cannot be read"):
        load_rules((str(tmp_path / "none.yml"),))
