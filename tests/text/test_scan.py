"""The scan tells the same texts with hyperscan and without."""

from __future__ import annotations

import re
import sys

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.checks import ArticleCheck, all_checks
from copydesk.checks.batch import Batch
from copydesk.text import scan as scanning
from copydesk.text.buffer import Text

PATTERNS = tuple(p for c in all_checks().values() if issubclass(c, ArticleCheck) for p in c().suspicious)
pieces = st.sampled_from(
    ["end.Next", "mailThe ", "Ã©", "&amp;", "<b>", "{", "a\x01", "dpa/", "plain words", "é", "日本"]
)
bodies = st.lists(pieces, max_size=4).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(bodies, min_size=1, max_size=5))
def test_the_same_texts_are_suspect_without_hyperscan_and_with_too_many_matches(
    monkeypatch: pytest.MonkeyPatch, some: list[str]
) -> None:
    def suspects() -> list[list[bool]]:
        batch = Batch(pl.DataFrame({"body": some}))
        return [batch.suspects("body", (p,)).to_list() for p in PATTERNS]

    fast = suspects()
    with monkeypatch.context() as patch:
        patch.setattr(scanning, "_database", lambda *_, **__: None)
        assert suspects() == fast
    with monkeypatch.context() as patch:  # as where matches are very many
        patch.setattr(scanning, "_FEW", -1)
        assert suspects() == fast


#: What the kernel's patterns take, and what lies on the edge of it.
joints = st.tuples(
    *map(st.sampled_from, ["azé\u00bf0A日", ".!?,", ["", *'”’»)"“'], "AZ[ÀÞßĀſȀΆΫάЀЯаҐґa", "az \n1°ÃҐӒ,"])
)
threes = st.tuples(*map(st.sampled_from, ["àäåæçèéïãâñêî", "Â°ÅžÆËâ€œé", "°ÅžÆËâœéA"]))
edges = st.one_of(joints.map("".join), threes.map("".join), st.sampled_from([" ", "\n", "a", "é", "😀"]))


@given(st.lists(st.lists(edges, max_size=8).map("".join), max_size=3))
def test_the_kernel_finds_what_its_patterns_say(some: list[str]) -> None:
    text = Text(pl.Series(some, dtype=pl.String))
    data = text.bytes.tobytes()
    quick = [p for p in PATTERNS if p in scanning._QUICK]
    assert len(quick) == 2
    for pattern in quick:
        places = scanning.Matches(text, quick).ends(pattern)
        matches = (re.compile(pattern, re.DOTALL).match(data, at) for at in range(len(data)))
        assert places.tolist() == sorted({match.end() for match in matches if match})


def test_there_may_be_any_number_of_matches() -> None:
    text = Text(pl.Series(["It ends.Next one begins. " * 3000]))
    [joints] = [p for p, function in scanning._QUICK.items() if function == "joints"]
    assert len(scanning.Matches(text, [joints]).ends(joints)) == 3000


@pytest.mark.parametrize("piece", ["\0", "{", "Ã©", "dpa/", "@ ", "|"])
def test_very_many_matches_cost_few_calls_of_python(piece: str) -> None:
    """Each match of hyperscan is a call of Python: 1.7 s for a MB of these."""
    texts = pl.Series([piece * 100_000, "plain words"])
    matches = scanning.Matches(Text(texts), PATTERNS)
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        numbers = set(scanning.Matches(matches._text, PATTERNS).texts(PATTERNS).tolist())
    finally:
        sys.setprofile(None)
    assert numbers == {0}
    assert calls < len(texts) * len(PATTERNS) + scanning._FEW + matches._text.size // scanning._BYTES_A_MATCH + 1000


def test_all_places_are_known_where_matches_are_very_many() -> None:
    text = Text(pl.Series(["dpa {" * 3000]))
    assert scanning.Matches(text, [b"dpa", rb"\{"]).ends(b"dpa").tolist() == list(range(3, 15_000, 5))
