"""The category scores: their arithmetic can be followed, and they never say other than the verdict."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.reports.html.categories import WEIGHTS, categories, check_score

from ..newsroom import FAMILY, expectation, newsroom, result

SHARES = st.floats(0, 100)


@given(st.booleans(), SHARES, SHARES)
@example(False, 5e-324, 100.0)  # the ratio of the two is 0
def test_ninety_and_more_means_that_it_holds(success: bool, share: float, allowed: float) -> None:
    score = check_score(success=success, share=share, allowed=allowed)
    assert 0 <= score <= 100
    assert (score >= 90) is success
    assert (score == 100) is (success and share == 0)


@given(SHARES, SHARES, st.floats(0.1, 50))
def test_more_findings_never_score_more(one: float, other: float, allowed: float) -> None:
    few, many = sorted((one, other))
    scores = [check_score(success=s <= allowed, share=s, allowed=allowed) for s in (few, many)]
    assert scores[0] >= scores[1]


@given(st.integers(0, 5))
def test_each_doubling_costs_the_same(times: int) -> None:
    assert check_score(success=times == 0, share=2.0**times, allowed=1) == 90 - 15 * times


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(FAMILY)), st.integers(0, 50), st.sampled_from(sorted(WEIGHTS))), max_size=12
    )
)
def test_a_category_is_the_mean_of_what_it_lists(checks: list[tuple[str, int, str]]) -> None:
    judged = tuple(
        expectation(name, 50, found, severity=severity, kwargs={"mostly": 0.9}) for name, found, severity in checks
    )
    for c in categories(result(expectations=judged)):
        assert sum(s.score * s.weight for s in c.checks) == c.points
        if c.score is None:
            assert not c.checks
        else:
            assert c.score == c.points // sum(WEIGHTS[s.severity] for s in c.checks)
            assert (c.score == 100) is all(s.score == 100 for s in c.checks)


def test_what_does_not_apply_has_no_weight() -> None:
    apart = expectation("mojibake", 0, 0, success=None)
    nothing = expectation("mojibake", 0, 0, success=True)
    [text] = [c for c in categories(result(expectations=(apart, nothing))) if c.name == "text"]
    assert (text.score, text.checks, text.apart) == (None, [], 2)


def test_what_could_not_be_judged_is_nothing() -> None:
    broken = expectation("mojibake", None, None, success=False)
    [text] = [c for c in categories(result(expectations=(broken,))) if c.name == "text"]
    assert text.score == 0


def test_the_five_stand_in_their_order() -> None:
    assert [c.name for c in categories(newsroom())] == ["text", "structure", "residue", "metadata", "collection"]
