"""What the collection says of lines, against a slow count."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.furniture.lines import FAR
from copydesk.furniture.repeats import REPEATS, describe_repeats

#: Lines: article, its number in the article, its run, whether it stands elsewhere.
rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.booleans()), unique_by=lambda r: r[:2], max_size=20)


@given(rows)
@settings(max_examples=60, deadline=None)
def test_repeats_are_counted_and_the_nearest_ones_found(some: list[tuple[int, int, bool]]) -> None:
    some = sorted(some)
    article, par, repeated = (np.array([row[n] for row in some], np.int64) for n in range(3))
    run = par // 3
    at = np.flatnonzero(repeated)
    described = describe_repeats(
        article, par, run, np.full(len(some), 3), repeated, np.full(len(some), 5), (article[at], par[at], run[at])
    )
    assert tuple(described) == REPEATS
    for n, (mine, line, _) in enumerate(some):
        others = [p for a, p, r in some if r and a == mine and p != line]
        assert described["repeats"][n] == len(others)
        assert described["lines since a repeat"][n] == min((line - p for p in others if p < line), default=FAR)
        assert described["lines until a repeat"][n] == min((p - line for p in others if p > line), default=FAR)
        assert described["% repeats of the run"][n] == 50 * sum(p // 3 == line // 3 for p in others)
