from __future__ import annotations

import time
from typing import Any

import polars as pl
import pytest

from collection import articles
from copydesk.simulation.filters import FILTERS, Simulator
from copydesk.simulation.verdict import VERDICT

#: The classes of datatrove that say the same.
PEERS = {
    "gopher-repetition": "GopherRepetitionFilter",
    "gopher-quality": "GopherQualityFilter",
    "c4": "C4QualityFilter",
    "fineweb": "FineWebQualityFilter",
}


def test_every_filter_judges_every_article() -> None:
    verdicts = Simulator()(pl.Series([None, "", "The boats came home.\n" * 3], dtype=pl.String))
    assert verdicts.keys() == FILTERS.keys()
    assert all(v.height == 3 and v.columns == list(VERDICT) for v in verdicts.values())


def test_verdicts_do_not_depend_on_the_other_articles() -> None:
    texts = pl.Series([a["body"] for a in articles(30)])
    whole = Simulator()(texts)
    for name in PEERS:
        alone = pl.concat([Simulator()(texts[n : n + 1])[name] for n in range(0, 30, 10)])
        assert alone.equals(whole[name][::10]), name


def test_datatrove_says_the_same_of_a_thousand_articles() -> None:
    filters: Any = pytest.importorskip("datatrove.pipeline.filters")  # with the group `bench`
    document: Any = pytest.importorskip("datatrove.data").Document

    bodies = [a["body"] for a in articles(1000)]
    # Defects that the made-up articles lack: without them, hardly any is dropped.
    for n in range(0, 300, 3):
        lines = bodies[n].split("\n")
        bodies[n] = "\n".join(lines[: 1 + n % 7] * (1 + n % 3)) if n % 2 else "\n".join(line[:25] for line in lines)
    Simulator()(pl.Series(bodies[:3]))  # makes the patterns
    began = time.process_time()
    verdicts = Simulator()(pl.Series(bodies))
    spent = time.process_time() - began
    theirs = 0.0
    for name, peer in PEERS.items():
        judge = getattr(filters, peer)()
        judge.filter(document(text="One two.", id="0"))  # loads the tokenizer
        began = time.process_time()
        answers = [judge.filter(document(text=body, id=str(n))) for n, body in enumerate(bodies)]
        theirs += time.process_time() - began
        rules = [None if answer is True else answer[1] for answer in answers]
        differ = [(n, r, v) for n, (r, v) in enumerate(zip(rules, verdicts[name]["rule"], strict=True)) if r != v]
        assert not differ, (name, differ[:5])
        assert sum(rule is not None for rule in rules) > 3, name
    assert theirs > 50 * spent, f"datatrove took {theirs:.1f} s of CPU, all seven filters here {spent:.2f} s"
