"""page-furniture: blocks of the page are found, sentences never are, and the model is what it should be."""

from __future__ import annotations

import random
from importlib.resources import files

import numpy as np
import polars as pl
import pytest
from copydesk.furniture.evidence import WordEvidence, tokens
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.furniture.lines import _looked_at, _shape, suspects
from copydesk.furniture.model import Model, Split, Tree, parse_model, written
from copydesk.lexicon.lexicon import line_hits
from copydesk.testing.strategies import bodies, hostile_text
from copydesk.text.expressions import normalised
from copydesk_expectations.checks.residue.page_furniture import PageFurniture
from copydesk_expectations.planting import PLANTERS

MODEL = files("copydesk_expectations") / "models" / "page_furniture.tsv"

PROSE = (
    "The council met on Monday evening and agreed, after a long debate, to put off the decision on the old bridge.",
    "The bridge needs a new deck, the engineers said, and nobody knew where the money for the steel was to be found.",
    "A ferry will carry the workers of the mill until the spring, and the fare will be the same as that of the bus.",
)
#: Lines of pages that say nothing of any story, made up.
BLOCK = ("Home", "Sports", "Log in", "Subscribe", "My account", "E-edition", "Share on Facebook", "Obituaries")


def found(*articles: str) -> pl.DataFrame:
    batch = Batch(pl.DataFrame({"body": articles}, schema={"body": pl.String}))
    return batch.quoted(PageFurniture().find(batch).collect())


@given(bodies(), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_a_block_below_a_story_is_found(body: str, chance: random.Random) -> None:
    article: dict[str, str | None] = {"body": body + "\n" + "\n".join(PROSE), "language": "en"}
    (defect,) = PLANTERS["page-furniture"]["block below the story"]([article], chance)
    assert defect.start is not None and article["body"] is not None
    hits = found(article["body"])
    assert (hits["end"] > defect.start).any()


@given(st.lists(st.sampled_from(PROSE), min_size=1, max_size=4), st.permutations(BLOCK))
@settings(max_examples=15, deadline=None)
def test_every_finding_is_a_whole_line_with_a_reason_and_no_phrase_of_a_lexicon(
    story: list[str], block: list[str]
) -> None:
    body = "\n".join([*story, *block])
    hits = found(body)
    assert set(hits["text"]) <= set(block)
    assert hits.select((pl.col("reason").str.len_chars() > 0) & (pl.col("repair") == "delete")).to_series().all()
    phrases = line_hits(Batch(pl.DataFrame({"body": [body]})))["text"]
    assert not set(hits["text"]) & set(phrases)


@given(st.lists(st.sampled_from((*PROSE, *BLOCK)), max_size=12), st.integers(0, 12))
@settings(max_examples=15, deadline=None)
def test_a_long_sentence_is_never_found(lines: list[str], at: int) -> None:
    sentence = " ".join(["Subscribe to our newsletter and follow us on Facebook for more stories"] * 4) + "."
    assert sentence not in set(found("\n".join([*lines[:at], sentence, *lines[at:]]))["text"])


@given(st.lists(st.lists(st.sampled_from((*PROSE, *BLOCK)), max_size=12).map("\n".join), max_size=5))
@settings(max_examples=15, deadline=None)
def test_an_article_is_judged_alone(articles: list[str]) -> None:
    together = found(*articles)
    for number, body in enumerate(articles):
        alone = found(body).drop("article")
        assert alone.equals(together.filter(pl.col("article") == number).drop("article"))


@given(st.lists(st.lists(st.sampled_from((*PROSE, *BLOCK, "Hide Ad")), max_size=6).map("\n".join), max_size=4))
@settings(max_examples=25, deadline=None)
def test_what_is_known_of_a_line_is_of_its_own_article(articles: list[str]) -> None:
    together = suspects(Batch(pl.DataFrame({"body": articles}, schema={"body": pl.String})))
    for number, body in enumerate(articles):
        alone = suspects(Batch(pl.DataFrame({"body": [body]})))
        mine = (together.rows["article"] == number).to_numpy()
        assert all((alone.features[name] == values[mine]).all() for name, values in together.features.items())


@given(st.lists(hostile_text(), max_size=4))
@settings(max_examples=25, deadline=None)
def test_it_stands_hostile_text(articles: list[str]) -> None:
    assert found(*articles, "\n".join(BLOCK)).select(pl.col("end") > pl.col("start")).to_series().all()


def test_a_story_without_any_phrase_is_left_alone() -> None:
    assert found("\n".join([*PROSE, "Leeds 2-1 Hull", "Derby 0-0 York", "Luton 3-2 Bury"])).is_empty()


def test_the_model_can_be_read_and_is_small() -> None:
    text = MODEL.read_text(encoding="utf-8")
    assert len(text.encode()) <= 300_000
    model = parse_model(text)
    assert set(model.thresholds) == {0, 1, 2} and model.trees and len(model.words.grams) > 1000
    assert not any(gram.split(" ")[1:-1].count("^") for gram in model.words.grams)


def test_a_model_is_read_as_it_was_written() -> None:
    text = MODEL.read_text(encoding="utf-8")
    again = parse_model(written(parse_model(text), comment="a\nb"))
    first = parse_model(text)
    assert (again.trees, again.bias, again.thresholds) == (first.trees, first.bias, first.thresholds)
    assert dict(zip(again.words.grams, again.words.weights.tolist(), strict=True)) == dict(
        zip(first.words.grams, first.words.weights.tolist(), strict=True)
    )


def added(tree: Tree, line: dict[str, int]) -> float:
    if isinstance(tree, float):
        return tree
    low, high = added(tree.low, line), added(tree.high, line)
    if tree.feature not in line:
        return max(low, high)
    return low if line[tree.feature] <= tree.cut else high


NUMBERS = st.floats(-9, 9)
TREES = NUMBERS | st.recursive(
    NUMBERS, lambda t: st.builds(Split, st.sampled_from("abcd"), st.integers(0, 255), t, t), max_leaves=8
)


@given(
    st.lists(TREES, max_size=5),
    NUMBERS,
    st.sets(st.sampled_from("abc")),
    st.lists(st.lists(st.integers(0, 255), min_size=4, max_size=4), min_size=1, max_size=9),
    st.sampled_from([1, 30]),
)
@settings(deadline=None)
def test_a_score_is_the_sum_of_what_trees_add(
    trees: list[Tree], bias: float, known: set[str], rows: list[list[int]], times: int
) -> None:
    lines = [{name: value for name, value in zip("abcd", row, strict=True) if name in known | {"d"}} for row in rows]
    features = {name: np.array([line[name] for line in lines] * times, np.uint8) for name in lines[0]}
    score = Model(WordEvidence({}), tuple(trees), bias, {}).score(features)
    expected = []
    for line in lines:
        total = bias
        for tree in trees:
            total += added(tree, line)
        expected.append(total)
    assert score.tolist() == expected * times


WORDS = st.sampled_from(["a", "b", "c", "0", "dé"])


@given(
    st.dictionaries(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), st.integers(-4, 4).map(float), max_size=8),
    st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=5),
)
@settings(deadline=None)
def test_word_evidence_is_the_sum_over_all_words_in_a_row(weights: dict[str, float], lines: list[str]) -> None:
    series = pl.Series(lines, dtype=pl.String)
    expected = []
    for words in tokens(series).to_list():
        rows = [" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)]
        expected.append(sum(weights.get(row, 0) for row in rows))
    assert WordEvidence(weights).of(series).tolist() == pytest.approx(expected)


LINES = st.lists(
    st.text("aBé'- 01A.:\"()[],;!?/|>*’“É.…»、中·¿ß²٣ع\u0301", min_size=1, max_size=14)
    | hostile_text().filter(bool).map(lambda t: t[:80].replace("\n", " ")),
    max_size=6,
)


@given(LINES)
@settings(deadline=None)
def test_words_are_read_from_bytes_as_patterns_cut_them(lines: list[str]) -> None:
    series = pl.Series(lines, dtype=pl.String)
    same = series.to_frame("line").select(normalised(pl.col("line"))).to_series()
    expected = [(place, word) for place, words in enumerate(tokens(same).to_list()) for word in words if word]
    evidence = WordEvidence(dict.fromkeys((word for _, word in expected), 1.0))
    line, gram = evidence.match(series)
    assert [(at, evidence.grams[number]) for at, number in zip(line, gram, strict=True)] == expected


@given(LINES)
@settings(deadline=None)
def test_shapes_are_read_from_bytes_as_patterns_see_them(lines: list[str]) -> None:
    series = pl.Series(lines, dtype=pl.String)
    shape, seen = _shape(series), _looked_at(series)
    counted = series.to_frame("text").select(
        pl.col("text").str.count_matches("[0-9]").alias("digits"),
        pl.col("text").str.count_matches("[.!?:] ").alias("stops"),
        pl.col("text").str.count_matches(" ").alias("spaces"),
    )
    chars, words = series.str.len_chars().to_numpy(), counted["spaces"].to_numpy().astype(int) + 1
    assert (shape["characters"] == chars).all() and (shape["words"] == words).all()
    assert (shape["% words in capitals"] == 100 * seen["capitals"].to_numpy().astype(int) // words).all()
    assert (shape["% digits"] == 100 * counted["digits"].to_numpy().astype(int) // chars).all()
    assert (shape["inner stops"] == counted["stops"].to_numpy()).all()
    assert all((shape[name] == seen[name].to_numpy()).all() for name in ("commas", "start", "end"))


def test_a_model_without_words_says_nothing_of_them() -> None:
    model = Model(WordEvidence({}), (), 1.0, {0: 0.0, 1: 0.0, 2: 0.0})
    hits = model.hits(Batch(pl.DataFrame({"body": ["\n".join([*PROSE, "Hide Ad", "Gossip"])]})))
    assert hits["text"].to_list() == ["Gossip"]
    assert hits["reason"].to_list() == ["beside other lines of the page; after the last sentence of the story"]
