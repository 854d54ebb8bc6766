"""Lines of a publisher are equal whatever their case and marks; those of many of its articles are boilerplate."""

from __future__ import annotations

import polars as pl

from copydesk.checks.batch import Batch
from copydesk_expectations.detection.residue.publisher_lines import article_keys, boilerplate, line_keys, lines_of_many


def batch() -> Batch:
    rows = [
        ("The Post", "Bridge", "Bridge\nTake the Post with you »\nA story of the bridge"),
        ("the post", "School", "TAKE THE POST WITH YOU\nA story of the school"),
        ("The Hill", "Market", "Take the Post with you\n– – –"),
        (None, "Ferry", "Take the Post with you"),
    ]
    return Batch(pl.DataFrame(rows, ["publisher", "headline", "body"], orient="row"))


def test_lines_of_one_publisher_are_compared() -> None:
    lines = line_keys(batch())
    assert "Bridge" not in lines["text"].to_list()  # its own headline
    taken = lines.filter(pl.col("text").str.to_lowercase().str.starts_with("take"))["line"].to_list()
    assert taken[0] == taken[1] != taken[2] and taken[3] is None
    assert article_keys(batch())["publisher"].null_count() == 1


def test_boilerplate_stands_in_enough_stories() -> None:
    lines = line_keys(batch()).lazy().filter(pl.col("line").is_not_null())
    owned = article_keys(batch()).lazy().filter(pl.col("publisher").is_not_null())
    repeated = lines_of_many(lines, 2)
    assert repeated.collect()["article"].to_list() == [0, 1]
    assert boilerplate(repeated, owned, min_articles=2, min_share=0).select("articles", "all").collect().rows() == [
        (2, 2)
    ]
    assert boilerplate(repeated, owned, min_articles=3, min_share=0).collect().is_empty()
