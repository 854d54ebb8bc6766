"""The outcome: one shape of result, with the links beside, and arguments that are checked before the work."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.suite import Suite, load_suite
from copydesk.engine.samples import Samples
from copydesk.errors import InputError, UsageError
from copydesk.gate.baseline import Baseline
from copydesk.gate.outcome import Clock, expect_articles, expect_fail_on, result_of
from copydesk.model.chunk import Rejected
from copydesk.model.finding import FINDING, LINKS, no_findings
from copydesk.model.result import Result
from copydesk.readers import Source

SUITE: Suite = load_suite("news")


class Run:
    articles, columns, hash, samples = 3, {"body": "text"}, "00ff", Samples()
    rejected = (Rejected("a.jsonl", 4, "not JSON"),)
    notes = ()

    def linked(self) -> pl.LazyFrame:
        rows = [
            {"check": "ad-residue", "file": "a.jsonl", "fingerprint": f"{n:016x}", "twin_id": f"id-{n}", "new": n > 0}
            for n in range(3)
        ]
        return pl.LazyFrame(rows, schema=no_findings(links=True).with_columns(new=pl.lit(None, pl.Boolean)).schema)


def outcome(baseline: Baseline | None = None) -> Result:
    sources = [Source("a.jsonl", None, ".jsonl", bytes=70), Source("b.jsonl", None, ".jsonl", bytes=7)]
    return result_of(
        Run(), suite=SUITE, sources=sources, expectations=(), fail_on="info", timing={"start": 0.5}, command="do it",
        baseline=baseline,
    )  # fmt: skip


def test_a_result_has_the_public_columns_and_the_links_beside() -> None:
    result = outcome()
    assert result.findings.collect().columns == [*FINDING]
    assert result.counted.collect().columns == [*FINDING, *LINKS]
    assert result.counted.collect()["twin_id"].to_list() == ["id-0", "id-1", "id-2"]
    assert (result.collection.files, result.collection.bytes, result.collection.hash) == (2, 77, "00ff")
    assert result.baseline is None and result.success and result.rejected == Run.rejected


def test_with_a_baseline_only_new_findings_count() -> None:
    known = pl.DataFrame({"fingerprint": ["0" * 16, "f" * 16], "check": ["ad-residue"] * 2, "file": ["a.jsonl"] * 2})
    baseline = Baseline(known)
    baseline.mark_new(Run().linked().collect())
    result = outcome(baseline)
    assert result.baseline and str(result.baseline) == "2 new, 1 known, 1 fixed"
    assert result.findings.collect().height == 3
    assert result.counted.collect()["twin_id"].to_list() == ["id-1", "id-2"]
    assert result.baseline.findings.collect().columns == [*FINDING]


def test_arguments_are_checked_before_the_work() -> None:
    for fail_on in ("critical", "warning", "info", "never"):
        expect_fail_on(fail_on)
    with pytest.raises(UsageError, match="expected one of critical, warning, info or never, got 'fatal'"):
        expect_fail_on("fatal")
    expect_articles(1, ["a"], [])
    with pytest.raises(InputError, match="a, b: holds no articles"):
        expect_articles(0, ["a", "b"], [])
    with pytest.raises(InputError, match=r"none of 1 rows could be read\. The first: a.jsonl, line 4: not JSON"):
        expect_articles(0, ["a.jsonl"], Run.rejected)


def test_a_stage_that_comes_twice_is_summed(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 1.0, 3.0, 7.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(ticks))
    clock = Clock()
    for stage in ("read", "judge", "read"):
        clock.stop(stage)
    assert clock.seconds == {"read": 5.0, "judge": 2.0}
