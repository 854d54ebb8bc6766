"""What columns hold, asked of the first records."""

from __future__ import annotations

import json
from pathlib import Path

from copydesk.readers import read
from copydesk.readers.fields.sample import Sample

LONG, SHORT = "The bridge was closed for repairs last year. " * 5, "The bridge was closed."


def test_lengths_are_compared_without_tags() -> None:
    sample = Sample([{"text": LONG, "html": f"<p>{LONG}</p>", "teaser": SHORT}] * 3)
    assert sample.is_longer("text", "teaser", 1.2) and not sample.is_longer("html", "text", 1.2)
    assert sample.is_html("html") and not sample.is_html("text")
    assert sample.median_length("text") == sample.median_length("html") == len(LONG)


def test_columns_take_turns_where_one_is_empty() -> None:
    turns = Sample([{"a": "x"}, {"b": "y"}, {"a": "x", "b": ""}])
    beside = Sample([{"a": "x", "b": "y"}] * 3 + [{"b": "z"}])
    assert turns.stands_in("b", "a") and not beside.stands_in("b", "a")


def test_kinds_of_values_are_told_apart() -> None:
    sample = Sample([{"n": 4, "u": "https://a.example/x", "t": SHORT, "o": {"k": {"z": 1}}}] * 2)
    assert sample.holds_numbers("n") and not sample.holds_numbers("t")
    assert sample.is_prose("t") and not sample.is_prose("u")
    assert not sample.is_readable("o") and "keys k" in sample.fault("o")
    assert len(Sample([{"a": 1}] * 10_000).records) <= 200


def test_lists_of_words_are_told_from_lists_of_paragraphs(tmp_path: Path) -> None:
    words = ["It", "rained", "in", "Hull", "for", "three", "days", ",", "and", "then", "it", "was", "dry", "again", "."]
    short = ["Rain.", "Sun."]
    assert Sample([{"text": words}, {"text": words}, {"text": None}]).holds_words("text")
    assert not Sample([{"text": ["It rained in Hull for days."] * 12}]).holds_words("text")
    assert not Sample([{"text": short}, {"text": words}, {"text": short}]).holds_words("text")
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"title": "Storm", "text": words}) + "\n")
    [chunk] = read(file)
    assert chunk.articles["body"].to_list() == [" ".join(words)]
    assert chunk.notes[0].text == "text holds lists of words, which spaces join"
