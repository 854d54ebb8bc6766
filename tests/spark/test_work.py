"""What the executors do, without Spark: however articles are shared out, the findings are the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks import PairCheck
from copydesk.checks.suite import Suite, judgements_of, load_suite, parse_suite
from copydesk.engine.collection import findings_of
from copydesk.errors import InputError
from copydesk.model.chunk import Chunk
from copydesk.model.finding import as_written
from copydesk.spark import work
from copydesk.spark.parcels import Parcel, frames_by_check, pack, unpack

STEPS = (work.mark_texts, work.join_marks, work.choose_pairs)


def grouped(parcels: Iterable[Parcel], plan: work.Plan, done: Callable[..., Iterator[Parcel]]) -> list[Parcel]:
    groups: dict[tuple[int, int], list[Parcel]] = {}
    for parcel in parcels:
        groups.setdefault((parcel.check, parcel.bucket), []).append(parcel)
    places = list(groups.items())
    random.shuffle(places)
    return [made for (check, bucket), group in places for made in done(plan, check, bucket, group)]


def shared_out(frames: list[pl.DataFrame], buckets: int, suite: Suite | None = None) -> pl.DataFrame:
    """Return the findings as a run on Spark makes them, each frame a task."""
    suite = suite or load_suite("news")
    plan = work.Plan(suite, judgements_of(suite), buckets)
    parcels = [p for task, frame in enumerate(frames) for p in work.analyse_chunks(plan, task, [Chunk(frame)])]
    heights = [frame.height for frame in frames]
    plan = replace(plan, starts=[sum(heights[:task]) for task in range(len(heights))])
    keys = [p for p in parcels if p.kind == "keys"]
    pairing = [p for p in keys if isinstance(plan.judgements[p.check].check, PairCheck)]
    found = grouped([p for p in keys if p not in pairing], plan, work.run_check)
    pairs: Any = pairing
    for step in STEPS:
        pairs = grouped(pairs, plan, step)
    pairs = frames_by_check(pairs)
    found += grouped(grouped(pairing, plan, partial(work.pick_keys, pairs)), plan, partial(work.judge_pairs, pairs))
    known = [replace(p, bucket=p.task) for p in parcels if p.kind == "known"]
    told = grouped([*known, *(p for p in found if p.kind == "wanted")], plan, work.send_known)
    made = grouped([*told, *(p for p in found if p.kind == "spans")], plan, work.make_findings)
    findings = [unpack(p.data).select(as_written()) for p in [*parcels, *made] if p.kind == "findings"]
    return pl.concat(findings)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.integers(20, 120), st.lists(st.floats(0, 1), max_size=4), st.integers(1, 5))
def test_however_articles_are_shared_out(
    stories: Callable[[int], dict[str, Any]], seed: int, count: int, cuts: list[float], buckets: int
) -> None:
    drawn = [stories(seed % 1000 + n % (count * 3 // 4)) for n in range(count)]
    frame = pl.DataFrame(drawn).drop("score").with_columns(row=pl.int_range(1, count + 1), file=pl.lit("a"), line=1)
    places = sorted({0, count, *(int(cut * count) for cut in cuts)})
    frames = [frame[one:other] for one, other in pairwise(places)]
    whole = findings_of([frame], load_suite("news"))
    assert {"duplicate-article", "duplicate-url"} <= set(whole["check"])
    spread = shared_out(frames, buckets)
    assert spread.sort(whole.columns).equals(whole.sort(whole.columns))


def test_rules_hold_on_spark_as_elsewhere(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yml"
    rules.write_text("rules:\n- {publisher: The Mail, line: Read our app, action: delete}\n")
    suite = parse_suite(
        f"name: s\nexpectations: [{{type: expect_news_publisher_boilerplate, kwargs: {{rules: ['{rules}']}}}}]",
        file="s.yml",
    )
    body = "The boats came home on Monday evening.\nRead our app\nNobody was hurt."
    rows = [
        {"id": str(n), "publisher": publisher, "body": body, "file": "a", "row": n + 1, "line": n + 1}
        for n, publisher in enumerate(["The Mail", "The Post"])
    ]
    whole = findings_of([pl.DataFrame(rows)], suite)
    assert whole["text"].to_list() == ["Read our app"]
    spread = shared_out([pl.DataFrame(rows)[:1], pl.DataFrame(rows)[1:]], 2, suite)
    assert spread.sort(whole.columns).equals(whole.sort(whole.columns))


@pytest.mark.parametrize("step", [work.run_check, *STEPS, partial(work.judge_pairs, {}), work.make_findings])
def test_what_a_step_raises_fails_its_check_alone(step: Callable[..., Iterator[Parcel]]) -> None:
    plan: Any = None  # there is no check: any use of it raises
    parcel = Parcel("keys", b"no frame", check=3)
    [failed] = step(plan, 3, 0, [parcel, replace(parcel, kind="marks"), replace(parcel, kind="spans")])
    assert (failed.kind, failed.check) == ("failed", 3) and failed.data
    assert list(step(plan, 3, 1, [failed, parcel])) == [failed]


def test_an_error_of_ours_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def raises(*_: object) -> None:
        raise InputError("a.jsonl: is gone.")

    monkeypatch.setattr(work, "_keys", raises)
    plan: Any = SimpleNamespace(check=lambda number: SimpleNamespace(find=raises))
    with pytest.raises(InputError):
        list(work.run_check(plan, 3, 0, []))


def test_spans_that_were_dropped_make_no_findings() -> None:
    known = Parcel("known", pack(pl.DataFrame({"article": [1]})), check=3)
    plan: Any = None
    assert not list(work.make_findings(plan, 3, 0, [known]))
