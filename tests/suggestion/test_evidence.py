from __future__ import annotations

import polars as pl

from copydesk.checks.suite import parse_suite
from copydesk.model.chunk import Chunk
from copydesk.suggestion.evidence import Evidence


def test_what_was_seen() -> None:
    suite = parse_suite(
        "expectations: [{type: expect_news_ad_residue}, {type: expect_news_unreadable_row}]", file="s.yml"
    )
    evidence = Evidence(suite, memory=1)
    for bodies in (["It rained.\nHide Ad\nHide Ad", "It snowed for days."], [None, "Hide Ad"]):
        frame = pl.DataFrame(
            {
                "file": "a",
                "row": [1, 2],
                "line": [1, 2],
                "headline": [None, "H"],
                "body": bodies,
                "published": "2023-05-01",
            }
        )
        evidence.add(Chunk(frame, [], {"body": "body"}))
    evidence.run.finish()
    assert evidence.articles == 4
    assert evidence.with_findings() == {"ad-residue": 2}
    assert len(evidence.examples("ad-residue", 2)) == 2
    assert evidence.filled() == {"headline": 2, "body": 3, "published": 4}
    assert evidence.values("year") == [("2023", 4)]
    assert evidence.values("language") == []
    assert sorted(evidence.lengths()) == [2, 4, 6]
    evidence.close()
