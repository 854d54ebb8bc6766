"""The actions: the few changes that clear most findings, and the share that they truly clear."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.model.overview import Change, Work, Workload
from copydesk.reports.actions import actions

from .newsroom import newsroom


def test_lines_to_drop_come_before_what_a_person_mends() -> None:
    overview = newsroom().overview
    assert overview and overview.work
    todo = actions(overview.work)
    assert [(a.publisher, a.lines, a.check, a.findings) for a in todo.steps] == [
        ("The Portnahaven Mail", (("Hide Ad", 898), ("Advertisement", 300)), "", 1198),
        ("The Portnahaven Mail", (), "byline-junk", 96),
        ("", (), "body-length", 12),
    ]
    assert (todo.cleared, round(todo.share, 1), todo.repairable, todo.editorial) == (1306, 66.2, 1204, 768)


def test_words_of_a_headline_are_dropped_from_the_headline() -> None:
    changes = (Change("a", "body", "Hide Ad", 5, 5), Change("b", "headline", "- Courier", 4, 4))
    load = Workload("Courier", 9, 9, 9, 9, (("a", 5, 5), ("b", 4, 4)), changes)
    assert [(a.field, a.findings) for a in actions(Work(9, 9, (load,), 1, 1)).steps] == [("body", 5), ("headline", 4)]


@settings(max_examples=30)
@given(st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.integers(2, 50)), max_size=8), max_size=5))
def test_no_finding_is_cleared_twice(publishers: list[list[tuple[str, int]]]) -> None:
    loads = []
    for n, lines in enumerate(publishers):
        changes = tuple(Change(check, "body", f"line {k}", m, m) for k, (check, m) in enumerate(lines))
        totals = {c: sum(m for check, m in lines if check == c) for c in dict(lines)}
        total = sum(totals.values())
        checks = tuple((c, m, m) for c, m in totals.items())
        loads.append(Workload(f"p{n}", 50, 50, total, total, checks, changes))
    everything = sum(load.findings for load in loads)
    todo = actions(Work(everything, everything, tuple(loads), len(loads), 1))
    assert 0 <= todo.cleared <= everything
    assert todo.cleared == sum(a.findings for a in todo.steps)
