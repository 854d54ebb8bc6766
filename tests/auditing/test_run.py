from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.auditing.stories import labelled, stdin, story

import copydesk
from copydesk.auditing.outcome import Audit
from copydesk.errors import InputError, MappingError, UsageError


def audited(rows: list[dict[str, Any]], **options: Any) -> Audit:
    return copydesk.audit("-", stdin=stdin(rows), **options)


def test_a_label_that_an_agency_gives_away_is_named() -> None:
    made = audited(labelled(200), label="label")
    reasons = made.findings.filter(check="label-giveaway")["reason"].to_list()
    for clue in (
        "dateline of the agency “Northwire”",
        "the dateline",
        "form of the date “a 00, 0000”",
        "word “northwire”",
    ):
        assert any(clue in reason and "label true" in reason for reason in reasons), clue
    assert not made.success
    words = {reason.split("“")[1].split("”")[0] for reason in reasons if "the word" in reason}
    assert words == {"northwire", "osterwisch", "new", "halden", "port", "ellery"}


def test_labels_that_nothing_gives_away() -> None:
    rows = labelled(200)
    for n, row in enumerate(rows):
        row |= {"label": str(n * 7919 % 13 % 2), "date": "2023-03-01"}
    made = audited(rows, label="label")
    assert made.counts == {}
    assert made.success


def test_a_topic_word_of_few_articles_proves_nothing() -> None:
    rows = [{"body": story(n) + (" Zebra." if n in (0, 2, 4) else ""), "label": str(n % 2)} for n in range(100)]
    assert audited(rows, label="label").counts == {}


@pytest.mark.parametrize(("change", "kind"), [("", "copy-across"), (" It rained.", "near-copy-across")])
def test_a_copy_in_the_smaller_split_is_found_there(change: str, kind: str) -> None:
    rows = [{"id": f"a{n}", "body": story(n), "part": "train" if n < 15 else "test"} for n in range(20)]
    rows[17]["body"] = story(3) + change
    made = audited(rows, split="part")
    assert made.counts == {kind: 1}
    row = made.linked.row(0, named=True)
    assert (row["article_id"], row["twin_id"]) == ("a17", "a3")
    assert row["text"]
    assert rows[17]["body"][row["start"] : row["end"]] == row["text"]
    assert "stand" in row["reason"]
    assert "train; this is test" in row["reason"]


def test_a_copy_within_a_split_is_no_leak() -> None:
    rows = [{"body": story(n % 9), "part": "train" if n % 9 < 5 else "test"} for n in range(18)]
    assert audited(rows, split="part").counts == {}


def test_against_another_collection(tmp_path: Any) -> None:
    other = tmp_path / "other.jsonl"
    other.write_bytes(stdin([{"id": f"o{n}", "body": story(n)} for n in range(10)]).getvalue())
    rows = [{"id": f"a{n}", "body": story(n)} for n in range(8, 14)]
    made = audited(rows, against=str(other))
    assert made.findings["article_id"].to_list() == ["a8", "a9"]
    assert (made.articles, made.others) == (6, 10)


def test_one_text_with_two_labels_and_one_id_with_two_texts() -> None:
    rows = [{"id": f"a{n}", "body": story(n), "label": "x"} for n in range(6)]
    rows += [{"id": "b", "body": story(2), "label": "y"}, {"id": "a4", "body": story(44), "label": "x"}]
    made = audited(rows, label="label")
    assert made.counts == {"id-conflict": 1, "label-conflict": 1}
    assert "labelled y, and the same text is labelled x" in made.findings["reason"].to_list()


def test_a_story_that_went_from_one_publisher_to_others() -> None:
    rows = [
        {"id": "late", "publisher": "B", "title": "Pier", "date": "2023-03-02T10:00", "body": story(1)},
        {
            "id": "first",
            "publisher": "A",
            "title": "Pier",
            "date": "2023-03-02T06:00",
            "body": story(1) + "\n(Northwire)",
        },
        {"id": "again", "publisher": "A", "title": "Harbour", "date": "2023-03-09T06:00", "body": story(1)},
    ]
    made = audited(rows)
    found = {(r["check"], r["article_id"], r["twin_id"]) for r in made.linked.iter_rows(named=True)}
    assert ("syndication", "late", "first") in found
    reason = "the story of a, 4 hours after it, credited to Northwire"
    assert reason in made.findings["reason"].to_list()
    assert ("reprint", "again", "first") in found
    assert made.success  # neither is a fault


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["train", "test"])), min_size=1, max_size=12))
def test_exact_copies_across_splits_are_those_that_two_splits_have(rows: list[tuple[int, str]]) -> None:
    made = audited(
        [{"id": str(n), "body": story(which), "part": part} for n, (which, part) in enumerate(rows)], split="part"
    )
    sizes = {part: sum(p == part for _, p in rows) for part in ("train", "test")}
    first = next(part for _, part in rows)
    larger = max(("train", "test"), key=lambda part: (sizes[part], part == first))
    there = {which for which, part in rows if part == larger}
    expected = sorted(str(n) for n, (which, part) in enumerate(rows) if part != larger and which in there)
    assert sorted(made.findings.filter(check="copy-across")["article_id"]) == expected


def test_what_is_wrong_with_the_call() -> None:
    rows = [{"body": story(1)}]
    with pytest.raises(UsageError, match="expected one of them"):
        audited(rows, split="part", against="other.jsonl")
    with pytest.raises(MappingError, match="no column 'part'"):
        audited(rows, split="part")
    with pytest.raises(MappingError, match="--map section=COLUMN"):
        audited(rows, split="section")
    with pytest.raises(InputError):
        audited([])
