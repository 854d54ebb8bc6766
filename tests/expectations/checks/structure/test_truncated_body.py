"""A body that breaks off is found; one that ends in a sentence, a signature or an agency is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.lexicon.lexicon import line_hits
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.structure.truncated_body import TruncatedBody

Found = Callable[..., list[dict[str, Any]]]

CHECK = TruncatedBody()
SENTENCES = [
    "The first bus crossed the bridge at six in the morning, and the mayor waved from the window.",
    "Die Brücke über den Fluss ist nach zwei Jahren wieder offen, wie die Stadt am Montag mitteilte.",
    "Le pont est ouvert depuis lundi après deux ans de travaux, a annoncé la ville dans un communiqué.",
    "Первый автобус проехал по мосту в шесть часов утра, а мэр смотрел на него из окна.",
    "Η γέφυρα άνοιξε ξανά τη Δευτέρα μετά από δύο χρόνια, όπως ανακοίνωσε ο δήμος στους πολίτες.",
    "Most otwarto w poniedziałek po dwóch latach remontu, a pierwszy autobus przejechał o szóstej.",
]
BODY = st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=5)
SIGNED = [
    " PTI",
    " (dpa)",
    " ♦",
    " / ab",
    " (E-2)",
    "\n© Reuters",
    "\nwww.example.org",
    "\n___",
    "\nBy Jane Roe",
    "\nNational Post",
]


@given(BODY, st.sampled_from(SENTENCES), st.integers(4, 9))
def test_a_cut_sentence_is_found(found: Found, before: list[str], sentence: str, kept: int) -> None:
    cut = " ".join(sentence.split()[:kept])
    rows = found(CHECK, [{"body": "\n".join([*before, cut])}])
    assert [(r["text"], r["repair"]) for r in rows] == [(cut, "none")]


@given(BODY, st.sampled_from(SENTENCES), st.integers(3, 9))
def test_only_the_broken_sentence_is_named(found: Found, before: list[str], sentence: str, kept: int) -> None:
    cut = " ".join(sentence.split()[:kept])
    rows = found(CHECK, [{"body": "\n".join(before) + f" {cut}"}])
    assert [r["text"] for r in rows] == [cut]


@given(BODY, st.sampled_from(["[…]", "[...]", "(…)", "..."]))
def test_the_mark_of_a_cut_is_found(found: Found, before: list[str], mark: str) -> None:
    last = f"The mayor said on Monday that the bridge {mark}"
    assert [r["text"] for r in found(CHECK, [{"body": "\n".join([*before, last])}])] == [last]


@given(BODY, st.sampled_from(["", *SIGNED]))
def test_whole_bodies_and_signed_ones_are_silent(found: Found, before: list[str], signature: str) -> None:
    assert found(CHECK, [{"body": "\n".join(before) + signature}]) == []


@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], texts: list[str]) -> None:
    assert same_alone(CHECK, [{"body": text} for text in texts])


@given(st.lists(st.text('aé1.…!")”] 。', max_size=8) | hostile_text(), max_size=4))
def test_what_is_left_out_by_its_last_bytes_has_no_mark_of_a_cut(texts: list[str]) -> None:
    batch = Batch(pl.DataFrame({"body": texts}, schema={"body": pl.String}))
    last = batch.paragraphs.filter(pl.col("par") == pl.col("par").max().over("article"))
    open_ended = ~pl.col("ends") | pl.col("text").str.contains(r"(?:…|\.\.\.)[^\p{L}\p{N}]*$")
    expected = last.filter(open_ended).join(line_hits(batch), on=["article", "par"], how="anti", maintain_order="left")
    assert CHECK._last_lines(batch).equals(expected)
