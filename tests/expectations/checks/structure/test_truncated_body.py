"""A body that breaks off is found; one that ends in a sentence, a signature or an agency is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from hypothesis import given, settings
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


#: Sentences that are cut where they must go on, and their languages.
CUTS = [
    ("en", "The first bus crossed the bridge at six in the morning, and the mayor waved from the"),
    ("de", "Die Brücke über den Fluss ist nach zwei Jahren wieder offen, und am Montag kam der"),
    ("fr", "Le pont est ouvert depuis lundi après deux ans de travaux, a annoncé la ville dans un"),
    ("ru", "Первый автобус проехал по мосту в шесть часов утра, а мэр смотрел на него из"),
    ("pl", "Most otwarto w poniedziałek po dwóch latach remontu, a pierwszy autobus przejechał przez"),
    (None, "The first bus crossed the bridge at six in the morning, and then the mayor,"),
    ("en", "The mayor told the guests that it was time: “We have waited for this for longer than anyone"),
    ("en", "The first bus crossed the bridge at six, and the mayor waved from a win"),
    ("ja", "市は二十日、老朽化のため閉館していた水族館を来年四月に再開すると発表したが、総工費は"),
]


@settings(max_examples=20)
@given(BODY, st.sampled_from(CUTS))
def test_a_sentence_that_must_go_on_is_found(found: Found, before: list[str], cut: tuple[str | None, str]) -> None:
    language, sentence = cut
    body = "\n".join([*before, "The mayor waved from a window.", sentence])
    rows = found(CHECK, [{"language": language, "body": body}])
    assert [(r["text"], r["repair"]) for r in rows] == [(sentence, "none")]
    below = found(CHECK, [{"language": language, "body": body + "\nAdvertisement\nRead more"}])
    assert [r["text"] for r in below] == [sentence]


@settings(max_examples=20)
@given(BODY)
def test_only_the_broken_sentence_is_named(found: Found, before: list[str]) -> None:
    cut = "The mayor waved from the window of the"
    rows = found(CHECK, [{"language": "en", "body": "\n".join(before) + f" It was late. {cut}"}])
    assert [r["text"] for r in rows] == [cut]


@settings(max_examples=20)
@given(BODY, st.sampled_from(["[…]", "[...]", "(…)", "... [+2137 chars]", "… (312 more words)", "of the…"]))
def test_the_mark_of_a_cut_is_found(found: Found, before: list[str], mark: str) -> None:
    last = f"The mayor said on Monday that the bridge {mark}"
    assert [r["text"] for r in found(CHECK, [{"language": "en", "body": "\n".join([*before, last])}])] == [last]


def test_an_excerpt_that_ends_in_an_ellipsis_is_found(found: Found) -> None:
    assert len(found(CHECK, [{"body": f"{SENTENCES[0]} The mayor told the guests that it was time to..."}])) == 1


@settings(max_examples=20)
@given(BODY, st.sampled_from([*SIGNED, "\nJane Roe in Halden and Olaf Lee on the islands", "\nИван Петров, «Вести»"]))
def test_what_could_be_whole_is_silent(found: Found, before: list[str], signature: str) -> None:
    whole = "The mayor waved from the window of the town hall for all of the day"
    assert found(CHECK, [{"language": "en", "body": "\n".join([*before, whole])}]) == []
    assert (
        found(CHECK, [{"language": "en", "body": "\n".join([*before, "Time will tell, said the mayor of it..."])}])
        == []
    )
    assert found(CHECK, [{"body": "\n".join(before) + signature}]) == []


@settings(max_examples=20)
@given(BODY, st.sampled_from(["", *SIGNED]))
def test_whole_bodies_and_signed_ones_are_silent(found: Found, before: list[str], signature: str) -> None:
    assert found(CHECK, [{"body": "\n".join(before) + signature}]) == []


@settings(max_examples=20)
@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], texts: list[str]) -> None:
    assert same_alone(CHECK, [{"body": text} for text in texts])


@settings(max_examples=20)
@given(st.lists(st.text('aé1.…!")”] 。', max_size=8) | hostile_text(), max_size=4))
def test_what_is_left_out_by_its_last_bytes_has_no_mark_of_a_cut(texts: list[str]) -> None:
    batch = Batch(pl.DataFrame({"body": texts}, schema={"body": pl.String}))
    last = batch.paragraphs.filter(pl.col("par") == pl.col("par").max().over("article"))
    open_ended = ~pl.col("ends") | pl.col("text").str.contains(r"(?:…|\.\.\.)[^\p{L}\p{N}]*$")
    expected = last.filter(open_ended).join(line_hits(batch), on=["article", "par"], how="anti", maintain_order="left")
    known = line_hits(batch)["article"].unique()
    left = CHECK._last_lines(batch).drop("above", "lines").filter(~pl.col("article").is_in(known.implode()))
    assert left.equals(expected.filter(~pl.col("article").is_in(known.implode())))
