from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.simulation.lines import SeenParagraphs, c4, refinedweb
from copydesk.simulation.tokens import Tokens

FIVE = "\n".join(f"The {n} boats came home." for n in ("first", "second", "third", "fourth", "fifth"))


def row(judge: object, text: str) -> dict[str, object]:
    texts = pl.Series([text, "Another text."])
    frame = judge(texts, Tokens(texts))  # type: ignore[operator]
    return dict(frame.row(0, named=True))


@pytest.mark.parametrize(
    ("text", "rule", "cut_rule"),
    [
        (FIVE, None, None),
        (FIVE + "\nHide Ad", None, "no_terminal_punc"),
        (FIVE + "\nIt rained.", None, "too_few_words"),
        (FIVE + "\nPlease turn javascript on.", None, "javascript"),
        (FIVE + "\nThis site uses cookies today.", None, "policy"),
        (FIVE + "\nHe said so…\nHe said so...", None, "no_terminal_punc"),
        (FIVE + "\nThis {is} a template.", "curly_bracket", None),
        (FIVE + "\nLorem ipsum dolor sit.", "lorem_ipsum", None),
        ("It rained. It snowed. It froze.", "too_few_sentences", None),
        ("It rained. It snowed. It froze. It thawed. It dried [1].", None, None),
    ],
)
def test_c4(text: str, rule: str | None, cut_rule: str | None) -> None:
    found = row(c4, text)
    assert (found["rule"], found["cut_rule"]) == (rule, cut_rule)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("BREAKING NEWS TODAY", "mostly_upper_case"),
        ("2024", "only_digits"),
        ("1,204 likes", "counter"),
        ("3.4K Followers", "counter"),
        ("Sport", "one_word"),
        ("Three likes were counted", None),
    ],
)
def test_refinedweb(line: str, rule: str | None) -> None:
    assert row(refinedweb, f"The boats came home.\n{line}")["cut_rule"] == rule


@settings(max_examples=30)
@given(st.lists(st.text(st.sampled_from("abC 1.\n"), max_size=20), max_size=6), st.integers(0, 6))
def test_ccnet_remembers_from_one_chunk_to_the_next(texts: list[str], cut: int) -> None:
    series = pl.Series(texts, dtype=pl.String)
    whole, parts = SeenParagraphs(), SeenParagraphs()
    at_once = whole(series, Tokens(series))["cut"].to_list()
    chunks = (series[:cut], series[cut:])
    assert at_once == [n for chunk in chunks for n in parts(chunk, Tokens(chunk))["cut"].to_list()]


def test_ccnet_forgets_after_a_shard() -> None:
    judge = SeenParagraphs(shard=1)
    for text in ("One two.\nThree four.", "Five six."):
        judge(pl.Series([text]), Tokens(pl.Series([text])))
    assert judge.shards == 2
