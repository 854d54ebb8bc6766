"""Repairs on the terminal: diffs that patch would take, and nothing that a terminal obeys."""

from __future__ import annotations

import io
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from copydesk.repair.articles import Repaired
from copydesk.repair.edits import Edit, apply
from copydesk.repair.fixing import Fixed
from copydesk.reports.terminal.repairs import diff_of, show_diff, show_fixed


def article(before: str, *edits: Edit) -> Repaired:
    return Repaired("a.jsonl", 3, 7, "story-3", {"body": "text"}, {}, {"body": before}, {"body": list(edits)})


def test_a_diff_shows_the_lines_around_a_change() -> None:
    lines = list(diff_of(article("One.\nTwo.\nHide Ad\nThree.\nFour.", Edit(10, 18, ""))))
    assert lines == [
        "--- a.jsonl:7  story-3  body",
        "+++ a.jsonl:7  story-3  body",
        "@@ -2,3 +2,2 @@",
        " Two.",
        "-Hide Ad",
        " Three.",
    ]


@given(st.text("ab\n", max_size=30), st.integers(0, 30), st.integers(0, 6), st.text("c\n", max_size=2))
@settings(max_examples=80)
def test_the_lines_of_a_diff_are_those_of_both_texts(before: str, start: int, size: int, new: str) -> None:
    start = min(start, len(before))
    edit = Edit(start, min(len(before), start + size), new)
    after = apply(before, [edit])
    old, made = before.splitlines(), after.splitlines()
    lines = list(diff_of(article(before, edit)))
    for line in lines[3:]:
        assert line[1:] in (*(old if line[0] in " -" else ()), *(made if line[0] in " +" else ()), "")


def test_nothing_in_an_article_is_obeyed() -> None:
    console = Console(file=io.StringIO(), force_terminal=False)
    show_diff(article("It rained.\n\x1b[31mHide Ad\n[red]::error ::x", Edit(10, 22, "")), console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b" not in shown and "\\u001b[31mHide Ad" in shown and "[red]" in shown


def test_the_summary_says_what_was_done_and_what_is_left() -> None:
    console = Console(file=io.StringIO(), width=100)
    counts = {"ad-residue": 3}
    show_fixed(
        Fixed(
            articles=9,
            changed=2,
            made=Counter(counts),
            held_back=Counter({"ad-residue": 1}),
            left=Counter({"ad-residue": 1, "page-furniture": 4}),
            unsafe=Counter({"ad-residue": 1, "page-furniture": 4}),
            unseen=2,
            refused=Counter({"the field lies in a nested value": 1}),
        ),
        console,
    )
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    for words in (
        "2 articles of 9 would be repaired: 3 findings",
        "Held back: 1 repair",
        "2 findings of those left will not be found again",
        "1 article cannot be written back, and stays as it is: the field lies in a nested value.",
        "Nothing was written.",
    ):
        assert words in " ".join(shown.split())
