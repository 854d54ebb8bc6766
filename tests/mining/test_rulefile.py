from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.lexicon.rules import parse_rules
from copydesk.mining.rulefile import added, rules_text

FILE = Path("rules.yml")
LINES = st.text(min_size=1, max_size=20).filter(lambda line: any(map(str.isalnum, line)))


def frame(lines: list[str]) -> pl.DataFrame:
    rows = [
        {"publisher": "the post: \"it's\"", "line": line, "articles": 3, "all": 9, "first": None, "last": None,
         "words": 12, "samples": [line], "sure": True}
        for line in lines
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"first": pl.String, "last": pl.String})


@settings(max_examples=8, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4, unique_by=str.casefold))
def test_any_line_is_read_back_as_it_was(lines: list[str]) -> None:
    text, new = rules_text(frame(lines), None, file=FILE)
    rules = parse_rules(text, file="rules.yml")
    assert [rule.line for rule in rules] == lines
    assert {rule.action for rule in rules} == {"delete"}
    assert new == len(lines)
    assert rules_text(frame(lines), text, file=FILE) == (text, 0)  # nothing is added twice


def test_decisions_comments_and_order_stay() -> None:
    text, _ = rules_text(frame(["One line", "Two lines"]), None, file=FILE)
    decided = text.replace(
        'line: "Two lines"\n  action: "delete"', 'line: "Two lines"\n  action: keep  # the desk, 3 May'
    )
    again, new = rules_text(frame(["Three lines", "Two lines", "one LINE »"]), decided, file=FILE)
    assert new == 1
    assert again.startswith(decided)
    assert [(r.line, r.action) for r in parse_rules(again, file="r")][1:] == [
        ("Two lines", "keep"),
        ("Three lines", "delete"),
    ]


def test_what_a_template_covers_is_not_new() -> None:
    known = parse_rules('rules: [{publisher: "the post: \\"it\'s\\"", line: Updated …, action: keep}]', file="r")
    assert added(frame(["Updated 12", "Printed 12"]), known)["line"].to_list() == ["Printed 12"]
