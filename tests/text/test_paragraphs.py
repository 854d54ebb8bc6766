"""C says of every line what the expressions of `copydesk.text.expressions` say, whatever stands beside it."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from copydesk.testing.strategies import bodies, hostile_text
from copydesk.text.buffer import Text
from copydesk.text.expressions import CLOSERS, ENDINGS, ends_sentence, squeezed, starts_lower, word_count
from copydesk.text.paragraphs import Paragraphs, bare_keys, paragraphs_of, squeezed_keys

odd = "\t \x01\x1f\u00a0\u2009\u3000\u200bßŉﬁΐςσİıéЖж日本のไทยကखि\U00010428\U00020000😀\x7f" + ENDINGS + CLOSERS
lines = st.text(st.one_of(st.sampled_from(odd), st.characters(exclude_categories=["Cs"])), max_size=50)
texts = st.lists(st.one_of(lines, lines.map(lambda line: 9 * line), bodies(), hostile_text(max_size=300)), max_size=8)


def paragraphs(some: list[str]) -> pl.DataFrame:
    return paragraphs_of(pl.DataFrame({"body": some}, schema={"body": pl.String}).with_row_index("article"))


@given(texts)
@example(["The " + 300 * "long " + "line" + 40 * "”", 3000 * "日", "\x01\x02 a"])
def test_lines_are_told_as_their_words_say(some: list[str]) -> None:
    told = paragraphs(some)
    said = told.select(
        words=word_count(pl.col("text")),
        ends=ends_sentence(pl.col("text")),
        lower=starts_lower(pl.col("text")),
        chars=pl.col("text").str.len_chars().cast(pl.Int64),
    )
    plain = ~told["text"].str.contains(r"[\x00-\x08\x0e-\x1f]")  # between words these are taken for spaces, or are not
    for name in ("ends", "lower", "chars"):
        assert_series_equal(told[name], said[name])
    assert_series_equal(told["words"].filter(plain), said["words"].filter(plain))


@given(st.lists(lines, min_size=2, max_size=6))
def test_a_paragraph_has_the_key_of_its_capitals(some: list[str]) -> None:
    told = paragraphs([line.replace("\n", " ") for line in some])
    loud = paragraphs(told["text"].str.to_uppercase().to_list())
    assert told["key"].to_list() == loud["key"].to_list()


@given(texts)
def test_paragraphs_are_the_lines_that_are_not_blank(some: list[str]) -> None:
    told = paragraphs(some)
    for row in told.iter_rows(named=True):
        body = some[row["article"]]
        assert body[row["start"] : row["end"]] == row["text"]
    flat = pl.Series(some, dtype=pl.String).str.replace_all(r"[\r\x0b\x0c\x{85}\x{2028}\x{2029}]", "\n")
    expected = [(n, line) for n, text in enumerate(flat) for line in text.split("\n")]
    kept = pl.DataFrame(expected, schema={"article": pl.UInt32, "text": pl.String}, orient="row")
    kept = kept.with_columns(pl.col("text").str.strip_chars()).filter(pl.col("text") != "")
    assert told.select("article", "text").equals(kept)
    assert told["par"].to_list() == [n for size in told["article"].rle().struct["len"] for n in range(size)]


@given(texts)
def test_the_bounds_say_which_paragraphs_an_article_has(some: list[str]) -> None:
    cut = Paragraphs(pl.DataFrame({"body": some}, schema={"body": pl.String}).with_row_index("article"))
    owners = np.repeat(np.arange(len(some)), np.diff(cut.bounds))
    assert cut.frame["article"].to_list() == owners.tolist()


@given(st.lists(lines.map(lambda line: line.replace("\n", " ")), max_size=6))
def test_a_squeezed_key_is_that_of_what_is_squeezed(some: list[str]) -> None:
    series = pl.Series("text", some, dtype=pl.String)
    left = series.to_frame().select(squeezed(pl.col("text"))).to_series()
    one, other = (squeezed_keys(text, text.begin, text.end) for text in map(Text, (series, left)))
    assert one.to_list() == other.to_list()
    assert one.is_null().to_list() == (left == "").to_list()


def test_marks_at_the_edges_make_no_difference_to_a_bare_key() -> None:
    text = Text(pl.Series(["» Read more …", "read  MORE", "Read less", "…"]))
    keys = bare_keys(text, text.begin, text.end).to_list()
    assert keys[0] == keys[1] != keys[2] and keys[3] is None


@given(st.lists(st.text('ab. !。！か"”\n', max_size=60), max_size=4))
@example([". " * 3000, "か。" * 700])
def test_sentences_end_where_an_expression_says_so(some: list[str]) -> None:
    cut = Paragraphs(pl.DataFrame({"body": some}, schema={"body": pl.String}).with_row_index("article"))
    ends = re.compile('[.!](?=[ \\n"”]|$)|[。！]')
    expected = []
    for line, paragraph in enumerate(cut.frame["text"]):
        begin = 0
        for match in ends.finditer(paragraph):
            sentence = paragraph[begin : match.end()]
            expected.append((line, sentence, sentence[1:].count(" ")))
            begin = match.end()
    found = cut.sentences()
    texts = cut.text.cut(found.begin, found.end)
    assert [*zip(found.line.tolist(), texts, found.spaces.tolist(), strict=True)] == expected
