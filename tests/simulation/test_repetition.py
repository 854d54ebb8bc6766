from __future__ import annotations

import polars as pl
import pytest

from copydesk.simulation.repetition import duplicates, repetition
from copydesk.simulation.tokens import Tokens

STORY = "\n".join(f"Paragraph {n} tells of pier {n * 7} in the harbour of Osterwisch{n} at length." for n in range(9))

#: So long, that two copies are many longer n-grams and few short ones.
PHRASE = "by the old grey stone pier of the far away town now"


def judged(text: str) -> dict[str, object]:
    texts = pl.Series(["", text, STORY])
    return repetition(texts, Tokens(texts)).row(1, named=True)


def test_a_story_passes() -> None:
    texts = pl.Series([" ".join(f"word{n} thing{n * 3}" for n in range(60))])
    assert repetition(texts, Tokens(texts))["rule"].to_list() == [None]


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("", "empty", None),
        ("Same\n\nSame\n\nOther", "dup_para_frac", "Same"),
        ("Same\nSame\nOther", "dup_line_frac", "Same"),
        ("so it so it so it so it and then no more", "top_2_gram", "so it"),
        (
            f"{PHRASE} {' '.join(f'w{n}x' for n in range(32))} {PHRASE}",
            "duplicated_6_n_grams",
            "by the old grey stone pier",
        ),
    ],
)
def test_a_rule_drops_and_quotes(text: str, rule: str, line: str | None) -> None:
    found = judged(text)
    assert (found["rule"], found["line"]) == (rule, line)


def test_duplicates_are_the_copies_after_the_first() -> None:
    parts = pl.DataFrame({"text": [0, 0, 0, 2], "part": ["ab", "c", "ab", "ab"]}, schema_overrides={"text": pl.UInt32})
    again = duplicates(parts, 3)
    assert again.elements.tolist() == [3, 0, 1]
    assert again.number.tolist() == [1, 0, 0]
    assert again.chars.tolist() == [2, 0, 0]
