"""The scan tells the same texts with hyperscan and without."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk import scan as scanning
from copydesk.batch import Batch
from copydesk.checks import ArticleCheck, all_checks

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
