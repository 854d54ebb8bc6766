"""The collection under repair: the size of chunks changes nothing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from tests.repair.repair_cases import json_lines, separated, story

from copydesk.checks.suite import Suite
from copydesk.readers import find_files
from copydesk.repair.choice import Choice
from copydesk.repair.collection import Findings, repaired_articles, repaired_chunks


def test_chunks_give_what_the_whole_gives(tmp_path: Path, suite: Suite) -> None:
    bodies = ["Hide Ad\nIt rained on the pier.", "It rained.", "At noon it rained.The band played.\nHide Ad"] * 3
    json_lines(tmp_path, [story(n, body) for n, body in enumerate(bodies)])
    separated(tmp_path, [story(n, body) for n, body in enumerate(bodies)])
    sources = find_files(tmp_path)
    with Findings(sources, suite) as findings:
        answers = []
        for size in (1, 200, 1 << 20):
            chunks = repaired_articles(sources, findings.all, suite, Choice(), chunk_bytes=size)
            answers.append([(r.file, r.row, r.edits) for _, some in chunks for r in some])
        assert answers[0] == answers[1] == answers[2] and len(answers[0]) == 12
        frame = pl.concat(repaired_chunks(sources, findings.all, suite, Choice()))
    assert (
        frame["body"].to_list() == ["It rained on the pier.", "It rained.", "At noon it rained. The band played."] * 6
    )
