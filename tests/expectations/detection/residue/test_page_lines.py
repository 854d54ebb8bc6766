"""Lines are judged by the whole collection: the same whether it comes in one batch or in many."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.furniture.model import Model, Split
from copydesk.furniture.reasons import REASONS
from copydesk.furniture.repeats import REPEATS
from copydesk_expectations.detection.residue.page_lines import HELD_AGAINST, PageLines, page_line_keys, page_lines
from copydesk_expectations.detection.residue.page_phrases import phrase_kinds

PROSE = "The council met on Monday evening and agreed, after a long debate, to put off the decision on the old bridge."
NAMES = tuple(sorted({*REASONS, *HELD_AGAINST} - {*REPEATS}))
LINES = (
    PROSE,
    "Read more",
    "Sports",
    "Obituaries of the week",
    "Who pays for it",
    "The names of those who won the prize:",
)


def frame(bodies: list[str]) -> pl.DataFrame:
    numbers = range(len(bodies))
    return pl.DataFrame(
        {
            "body": bodies,
            "publisher": ["Post" if n % 3 else "Hill" for n in numbers],
            "url": [f"x.example/{n}" for n in numbers],
        },
        schema=dict.fromkeys(("body", "publisher", "url"), pl.String),
    )


def lines_of(frames: list[pl.DataFrame], model: Model | None = None) -> PageLines:
    keys, first = [], 0
    for part in frames:
        batch = Batch(part, first=first)
        keys.append(page_line_keys(batch, phrase_kinds(batch), NAMES, model))
        first += part.height
    return page_lines(pl.concat(keys, how="diagonal").lazy(), NAMES, all_articles=True)


@given(st.lists(st.lists(st.sampled_from(LINES), max_size=6).map("\n".join), min_size=2, max_size=6), st.data())
@settings(max_examples=20, deadline=None)
def test_chunks_give_what_the_whole_gives(bodies: list[str], data: st.DataObject) -> None:
    whole, cut = frame(bodies), data.draw(st.integers(1, len(bodies) - 1))
    together, parts = lines_of([whole]), lines_of([whole[:cut], whole[cut:]])
    assert together.rows.equals(parts.rows)
    assert all((parts.features[name] == values).all() for name, values in together.features.items())


def test_the_gate_opens_for_a_phrase_or_for_what_a_publisher_repeats() -> None:
    bodies = [
        f"{PROSE} {n}\nThe town in pictures\n{name}"
        for n, name in enumerate(("Ann", "Ben", "Cai", "Dee", "Eve", "Fay"))
    ]
    rows = lines_of([frame([*bodies, f"{PROSE}\nZorblat quintle", f"{PROSE}\nRead more\nZorblat quintle"])]).rows
    opened = dict(rows.group_by("article").agg(pl.col("open").any()).iter_rows())
    assert [opened[n] for n in (1, 2, 4, 5)] == [True] * 4  # the same line in three articles of the Post and more
    assert opened.get(0) is False and opened[6] is False
    assert rows.filter(pl.col("boilerplate"))["text"].unique().to_list() == ["The town in pictures"]


def test_an_introduced_list_needs_more() -> None:
    lines = lines_of(
        [frame([f"{PROSE}\nRead more\n{PROSE}\nThe names of those who won the prize:\nAnn Vale\nBen Oak"])]
    )
    scores = np.full(lines.rows.height, 2.0)
    assert "Ann Vale" not in lines.rows["text"].gather(lines.hits(scores, 1.75)).to_list()
    assert "Ann Vale" in lines.rows["text"].gather(lines.hits(scores + 2, 1.75)).to_list()


def test_lines_that_cannot_be_furniture_are_not_kept() -> None:
    tail = Model((Split("zone", 2, -9.0, 9.0),), 0.0, 1.0)
    nobody = pl.DataFrame({"body": [f"Sports\n{PROSE}\nA cross-head\n{PROSE}\nGossip"]})
    lines = lines_of([nobody], tail)
    assert lines.rows["text"].to_list() == ["Gossip"]
    assert lines.line(0)["zone"] == 3


def test_a_line_that_no_other_story_can_have_is_scored_without_them() -> None:
    repeated = Model((Split("other stories with the line", 0, -9.0, 9.0),), 0.0, 1.0)
    long = "Extraordinarily comprehensive municipal reconstruction " * 4  # too long to be compared with other stories
    body = f"{long.strip()}\nGossip"
    assert lines_of([frame([body])], repeated).rows["text"].to_list() == ["Gossip"]
    nobody = frame([body]).with_columns(publisher=pl.lit(None, pl.String), url=pl.lit(None, pl.String))
    assert lines_of([nobody], repeated).rows.is_empty()
