"""Which findings are chosen: some of every check, the worst first, and none is left out while there is room."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.model.finding import no_findings
from copydesk.reports.ci.worst import shares, worst_findings

from ..newsroom import SEVERITY, expectation, result

COUNTS = st.dictionaries(st.sampled_from(sorted(SEVERITY)), st.integers(1, 40))


@given(COUNTS, st.integers(0, 100))
def test_the_room_is_used_and_divided_fairly(counts: dict[str, int], room: int) -> None:
    given_ = shares(counts, room)
    assert sum(given_.values()) == min(room, sum(counts.values()))
    cut = [n for name, n in given_.items() if n < counts[name]]
    # No check that was cut gets less than any other, but for the one that a division leaves over.
    assert not cut or min(cut) >= max(given_.values()) - 1


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.integers(1, 60), st.sets(st.sampled_from(sorted(SEVERITY))), st.randoms(use_true_random=False))
def test_the_worst_come_first_in_the_order_of_the_collection(counts, room, held, random) -> None:  # type: ignore[no-untyped-def]
    checks = [name for name, count in counts.items() for _ in range(count)]
    random.shuffle(checks)
    frame = pl.DataFrame({"check": checks, "start": range(len(checks))})
    frame = pl.concat([no_findings(), frame], how="diagonal_relaxed")
    judged = tuple(expectation(name, 10, 5, success=name in held) for name in SEVERITY)
    worst = worst_findings(result(findings=frame.lazy(), expectations=judged), room)
    severities = ("critical", "warning", "info")
    ranks = [
        (f["check"] in held, severities.index(SEVERITY[f["check"]]), f["check"], f["start"]) for f in worst.findings
    ]
    assert ranks == sorted(ranks)
    chosen = shares(counts, room)
    for name in counts:
        mine = [f["start"] for f in worst.findings if f["check"] == name]
        assert mine == [n for n, check in enumerate(checks) if check == name][: chosen[name]]
        assert worst.left_out.get(name, 0) == counts[name] - chosen[name]
    assert worst.failed == set(SEVERITY) - held
