"""Lines that may be furniture: which ones are described, and what is said of each."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import SHORT_LINE, Batch
from copydesk.furniture.lines import HEAD, INSIDE, TAIL, Lines, describe, is_prose
from copydesk.testing.strategies import bodies

PROSE = "The first bus crossed the bridge over the river at six in the morning, with some forty people on board."


def described(*texts: str, phrases: tuple[str, ...] = ()) -> tuple[Batch, Lines]:
    batch = Batch(pl.DataFrame({"body": texts}, schema={"body": pl.String}))
    phrase = batch.paragraphs["text"].is_in(list(phrases)).to_numpy()
    return batch, describe(batch, phrase, phrase)


@given(st.lists(bodies(), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_only_short_lines_are_described_and_every_feature_is_a_byte_for_each(texts: list[str]) -> None:
    batch, lines = described(*texts)
    assert (batch.paragraphs["chars"].to_numpy()[lines.at] <= SHORT_LINE).all()
    assert len(lines.run) == batch.paragraphs.height and len(lines.near) == len(lines.at)
    for values in lines.features.values():
        assert values.dtype == np.uint8 and len(values) == len(lines.at)


@given(st.lists(bodies(), min_size=2, max_size=4))
@settings(max_examples=20, deadline=None)
def test_what_is_said_of_a_line_is_of_its_own_article(texts: list[str]) -> None:
    batch, together = described(*texts)
    owner = batch.paragraphs["article"].to_numpy()[together.at]
    for number, text in enumerate(texts):
        _, alone = described(text)
        mine = owner == number
        assert all((alone.features[name] == values[mine]).all() for name, values in together.features.items())


def test_a_line_knows_its_zone_its_run_and_the_phrase_near_it() -> None:
    text = "\n".join(["Sports", PROSE, "A cross-head", PROSE, "Read more", "Zorblat quintle", "Another title"])
    batch, lines = described(text, phrases=("Read more",))
    texts = batch.paragraphs["text"].to_numpy()[lines.at].tolist()
    assert "Read more" not in texts
    zones = dict(zip(texts, lines.features["zone"].tolist(), strict=True))
    assert (zones["Sports"], zones["A cross-head"], zones["Zorblat quintle"]) == (HEAD, INSIDE, TAIL)
    at = texts.index("Another title")
    assert lines.features["lines since a phrase"][at] == 2 and lines.features["lines of the run"][at] == 3
    assert batch.paragraphs["text"][int(lines.near[at])] == "Read more"
    assert lines.near[texts.index("Sports")] == -1
    assert lines.run[lines.at[at]] == 4


def test_prose_is_a_sentence_of_some_length_or_any_long_line() -> None:
    batch, _ = described("\n".join([PROSE, "A short sentence.", "word " * 41, PROSE.rstrip(".")]))
    assert is_prose(batch).tolist() == [True, False, True, False]
