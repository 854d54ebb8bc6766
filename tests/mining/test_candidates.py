from __future__ import annotations

import polars as pl

from copydesk.checks.batch import Batch
from copydesk.mining.candidates import article_keys, candidates, line_keys


def found(bodies: list[str], **columns: list[str]) -> pl.DataFrame:
    frame = pl.DataFrame({"publisher": ["The Post"] * len(bodies), "body": bodies, **columns})
    batch = Batch(frame)
    return candidates(line_keys(batch).lazy(), article_keys(batch).lazy(), 3, 0.02)


def test_what_repeats_is_found_with_its_evidence() -> None:
    days = [f"2023-01-0{n}" for n in range(1, 7)]
    rows = found(
        [f"Story {'abcdef'[n]} of the day is told here.\nTake the POST with you »" for n in range(6)], published=days
    )
    row = rows.row(0, named=True)
    assert (row["publisher"], row["line"], row["articles"], row["all"]) == (
        "the post",
        "Take the POST with you »",
        6,
        6,
    )
    assert (row["first"], row["last"], row["sure"]) == ("2023-01-01", "2023-01-06", True)


def test_lines_that_differ_in_figures_are_a_template() -> None:
    rows = found([f"Nothing like story {'abcdef'[n]}.\nUpdated at 1{n}:30, 2 min read" for n in range(6)])
    assert rows["line"].to_list() == ["Updated at <number>, <number> min read"]
    assert rows["samples"].to_list() == [["Updated at 10:30, 2 min read", "Updated at 11:30, 2 min read"]]


def test_copies_of_a_story_count_once() -> None:
    bodies = ["The same story.\nTake the Post with you"] * 6
    assert found(bodies, headline=["One"] * 6).is_empty()


def test_what_stands_on_one_day_alone_is_not_sure() -> None:
    bodies = [f"Story {'abcdef'[n]} of the day is told at length.\nElection night live" for n in range(6)]
    assert found(bodies, published=["2023-01-01"] * 6)["sure"].to_list() == [False]


def test_articles_of_nobody_are_left_out() -> None:
    batch = Batch(pl.DataFrame({"body": ["A line of it\nStory a", "A line of it\nStory b", "A line of it\nStory c"]}))
    assert article_keys(batch).is_empty()
    assert line_keys(batch).is_empty()
