"""page-furniture: blocks of the page are found, sentences never are, and the model is what it should be."""

from __future__ import annotations

import random
from importlib.resources import files

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.furniture.model import parse_model, written
from copydesk.lexicon.lexicon import line_hits
from copydesk.testing.strategies import hostile_text
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


def find(frame: pl.DataFrame) -> pl.DataFrame:
    check = PageFurniture()
    return check.find(check.keys(Batch(frame)).collect().lazy()).collect()


def found(*articles: str) -> pl.DataFrame:
    return find(pl.DataFrame({"body": articles}, schema={"body": pl.String}))


@given(st.lists(st.sampled_from(PROSE), min_size=3, max_size=8), st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_a_block_below_a_story_is_found(story: list[str], seed: int) -> None:
    article: dict[str, str | None] = {"body": "\n".join(story), "language": "en"}
    (defect,) = PLANTERS["page-furniture"]["block below the story"]([article], random.Random(seed))
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


@given(st.lists(hostile_text(), max_size=4))
@settings(max_examples=25, deadline=None)
def test_it_stands_hostile_text(articles: list[str]) -> None:
    assert found(*articles, "\n".join(BLOCK)).select(pl.col("end") > pl.col("start")).to_series().all()


def test_a_story_without_any_phrase_is_left_alone() -> None:
    assert found("\n".join([*PROSE, "Leeds 2-1 Hull", "Derby 0-0 York", "Luton 3-2 Bury"])).is_empty()


def test_the_last_sentence_of_a_story_above_a_block_is_left_alone() -> None:
    body = "\n".join(
        [*PROSE, "The mayor promised a ferry for the summer.", "Read more", "Bear falls asleep in school bus"]
    )
    assert "The mayor promised a ferry for the summer." not in found(body)["text"].to_list()


def test_comments_time_stamps_and_headlines_of_others_are_found() -> None:
    title = "Ferry stops for the whole winter"
    comments = "3 hours ago\nSo it is\nReply\n2 hours ago\nIt is not\nReply"
    rows = [
        ("Bridge", f"{PROSE[0]}\nFerry stops for the whole winter\n{PROSE[1]}"),
        ("Ferry stops for the whole winter", PROSE[2]),
    ]
    rows += [("School", f"Last updated at 18:50 BST\n{PROSE[1]}\n{comments}")]
    frame = pl.DataFrame(rows, ["headline", "body"], orient="row").with_columns(publisher=pl.lit("Post"))
    hits = find(frame)
    assert hits["text"].to_list() == [title, "Last updated at 18:50 BST", comments]
    assert hits["twin"].to_list() == [1, None, None]


def test_each_reason_names_the_place() -> None:
    hits = found("\n".join([*PROSE, "Follow us on Facebook", *BLOCK, "Zorblat", "Quintle", "Gossip"]))
    assert hits.height and hits["reason"].str.contains("story").all()


def test_an_account_is_given_of_each_line() -> None:
    batch = Batch(pl.DataFrame({"body": ["\n".join([*PROSE, *BLOCK])], "row": [1]}))
    told = list(PageFurniture().account([batch], 1))
    assert told[0].startswith("The gate is open") and any("Obituaries" in line for line in told)


def test_the_model_can_be_read_and_is_small() -> None:
    text = MODEL.read_text(encoding="utf-8")
    assert len(text.encode()) <= 100_000
    model = parse_model(text)
    assert len(model.trees) == 80 and len(model.features) <= 80
    assert parse_model(written(model, comment="a\nb")) == model
