"""Paragraphs: exact places, whatever the characters and the line ends."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.batch import Batch, shared
from copydesk.text.paragraphs import paragraphs_of

BREAKS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
#: The characters with Unicode's White_Space property; Python's strip() takes off four control characters more.
WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
texts = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\n\r\u2028 \t\u00a0e\u0301👩‍👩‍👧\u202e\0")),
    max_size=60,
)
bodies = st.one_of(st.none(), texts, st.lists(texts, max_size=6).map("\n".join))


def frame(bodies: list[str | None]) -> pl.DataFrame:
    return pl.DataFrame({"body": bodies}, schema={"body": pl.String}).with_row_index("article")


@given(st.lists(bodies, max_size=5))
def test_a_paragraph_stands_where_it_is_said_to_stand(collection: list[str | None]) -> None:
    for row in paragraphs_of(frame(collection)).iter_rows(named=True):
        body = collection[row["article"]]
        assert body is not None
        assert body[row["start"] : row["end"]] == row["text"] == row["text"].strip(WHITE)
        assert len(row["text"]) == row["chars"] > 0


@given(st.lists(bodies, max_size=5))
def test_no_word_is_lost_and_none_is_made(collection: list[str | None]) -> None:
    cut = paragraphs_of(frame(collection))
    for article, body in enumerate(collection):
        mine = cut.filter(pl.col("article") == article)
        expected = [line.strip(WHITE) for line in re.split("[\n\r\x0b\x0c\x85\u2028\u2029]", body or "")]
        assert mine["text"].to_list() == [line for line in expected if line]
        assert mine["par"].to_list() == list(range(mine.height))


@given(st.lists(st.sampled_from(["One.", " two ", "三。", "é"]), min_size=1, max_size=5), st.sampled_from(BREAKS))
def test_every_kind_of_line_break_breaks_a_line(lines: list[str], line_break: str) -> None:
    cut = paragraphs_of(frame([line_break.join(lines)]))
    assert cut["text"].to_list() == [line.strip() for line in lines]


@given(st.lists(bodies, min_size=1, max_size=6), st.integers(0, 6))
def test_batches_of_any_size_give_the_same_paragraphs(collection: list[str | None], cut_at: int) -> None:
    articles = pl.DataFrame({"body": collection}, schema={"body": pl.String})
    whole = Batch(articles).paragraphs
    parts = [
        Batch(articles.slice(0, cut_at)).paragraphs,
        Batch(articles.slice(cut_at), first=min(cut_at, articles.height)).paragraphs,
    ]
    assert pl.concat(parts).equals(whole)


def test_measures_count_every_article_in_order() -> None:
    batch = Batch(pl.DataFrame({"body": ["Two words.\n\nAnd three more.", None, " \n "]}))
    assert batch.measures.rows() == [(0, 25, 5, 2), (1, 0, 0, 0), (2, 0, 0, 0)]
    assert batch.fields == {"body"}
    assert batch.articles["headline"].null_count() == 3


@given(
    st.lists(st.sampled_from(["straße", "naïve", "ещё", "οδός", "the", "Łódź", "日本", "x1"]), min_size=1, max_size=60),
    st.sampled_from([" ", "  ", "\t", "\u00a0"]),
)
def test_case_and_spacing_make_no_other_key_however_long_the_paragraph(words: list[str], space: str) -> None:
    plain, loud, wide = " ".join(words), " ".join(words).upper(), space.join(words)
    assert paragraphs_of(frame([plain, loud, wide]))["key"].n_unique() == 1
    assert paragraphs_of(frame([plain, plain + " more"]))["key"].n_unique() == 2


@given(st.lists(bodies, min_size=1, max_size=6), st.data())
def test_the_lines_of_some_articles_are_all_of_theirs_in_order(
    collection: list[str | None], data: st.DataObject
) -> None:
    batch = Batch(pl.DataFrame({"body": collection}, schema={"body": pl.String}), first=3)
    rows = data.draw(st.lists(st.integers(0, len(collection) - 1), unique=True).map(sorted))
    asked = batch.paragraphs["article"].is_in([3 + row for row in rows])
    assert batch.lines_of(np.array(rows, np.int64)).tolist() == asked.arg_true().to_list()


def test_a_shared_function_runs_once_for_a_batch_and_its_arguments() -> None:
    calls: list[tuple[int, str, bool]] = []

    @shared
    def lengths(batch: Batch, field: str, *, in_bytes: bool = False) -> list[int]:
        calls.append((batch.first, field, in_bytes))
        texts = batch.articles[field].fill_null("").str
        return (texts.len_bytes() if in_bytes else texts.len_chars()).to_list()

    one, other = (
        Batch(pl.DataFrame({"body": [body], "headline": ["é"]}), first=n) for n, body in enumerate(("a", "bc"))
    )
    for _ in range(2):
        assert lengths(one, "body") == lengths(one, field="body") == lengths(one, "body", in_bytes=False) == [1]
        assert lengths(other, "body") == [2]
        assert (lengths(one, "headline"), lengths(one, "headline", in_bytes=True)) == ([1], [2])
    assert calls == [(0, "body", False), (1, "body", False), (0, "headline", False), (0, "headline", True)]
