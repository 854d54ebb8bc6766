"""The scan tells the same texts with hyperscan and without."""

from __future__ import annotations

import re

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
def test_without_hyperscan_the_same_texts_are_suspect(monkeypatch: pytest.MonkeyPatch, some: list[str]) -> None:
    def suspects() -> list[list[bool]]:
        batch = Batch(pl.DataFrame({"body": some}))
        return [batch.suspects("body", (p,)).to_list() for p in PATTERNS]

    fast = suspects()
    with monkeypatch.context() as patch:
        patch.setattr(scanning, "_database", lambda _: None)
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
    for pattern, places in scanning.scan(text, quick).items():
        matches = (re.compile(pattern, re.DOTALL).match(data, at) for at in range(len(data)))
        assert places.tolist() == sorted({match.end() for match in matches if match})


def test_there_may_be_any_number_of_matches() -> None:
    text = Text(pl.Series(["It ends.Next one begins. " * 3000]))
    [joints] = [p for p, function in scanning._QUICK.items() if function == "joints"]
    assert len(scanning.scan(text, [joints])[joints]) == 3000
