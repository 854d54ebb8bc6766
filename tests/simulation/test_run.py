from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk
from copydesk.checks.suite import parse_suite
from copydesk.errors import InputError

LINES = st.sampled_from(["The boats came home at noon.", "Hide Ad", "“Why?” she asked.", "12 likes", ""])
#: One check, so that a run is quick.
SUITE = parse_suite("expectations: [{type: expect_news_ad_residue}]", file="suite.yml")
BODIES = st.lists(st.lists(LINES, max_size=6).map("\n".join), min_size=1, max_size=6)


def stdin(bodies: list[str]) -> io.BytesIO:
    rows = [
        json.dumps({"id": str(n), "language": "en", "publisher": f"P{n % 2}", "body": b}) for n, b in enumerate(bodies)
    ]
    return io.BytesIO("\n".join(rows).encode())


@settings(max_examples=6, deadline=None)
@given(BODIES)
def test_figures_add_up(bodies: list[str]) -> None:
    made = copydesk.simulate("-", stdin=stdin(bodies), suite=SUITE, memory=1)
    assert made.articles == len(bodies)
    for outcome in made.outcomes:
        assert sum(s.articles for s in outcome.publishers) == made.articles
        assert sum(s.words_lost for s in outcome.languages) == outcome.whole.words_lost <= made.words
        assert outcome.whole.dropped + outcome.cut <= made.articles
        assert sum(n for _, n in outcome.rules) == outcome.whole.dropped + outcome.cut
        assert outcome.dropped_without_finding <= outcome.whole.dropped


def test_what_c4_cuts_and_copydesk_does_not() -> None:
    story = "\n".join(
        f"The {n} boats of the harbour came home at noon." for n in ("red", "green", "blue", "old", "new")
    )
    made = copydesk.simulate(
        "-", stdin=stdin([story + "\nHide Ad\n“It rained all day long,” said the mayor’s wife”"]), suite=SUITE
    )
    c4 = next(o for o in made.outcomes if o.name == "c4")
    assert c4.cut == 1
    assert c4.examples[0].line == "Hide Ad"
    assert c4.examples[0].findings >= 1
    assert made.critical == 1


def test_nothing_to_simulate(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("")
    with pytest.raises(InputError):
        copydesk.simulate(tmp_path / "a.jsonl")
