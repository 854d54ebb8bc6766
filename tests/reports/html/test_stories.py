"""The marked stories: in the order of the collection, within a size, and without links to nowhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from copydesk.model.result import Result, Sample
from copydesk.reports.html.page import size_of
from copydesk.reports.html.stories import language_of, lay_out

from ..hostile import hostile_results
from ..newsroom import against_baseline, article, finding, newsroom, result


def anchors(text: str) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', text))


@settings(max_examples=30)
@given(hostile_results())
def test_links_lead_to_anchors_of_the_page(run: Result) -> None:
    stories, _ = lay_out(run, checks=[], pairs={}, folder="")
    known = {s.anchor for s in stories}.union(*(anchors(s.content) for s in stories))
    for story in stories:
        assert set(re.findall(r'href="#([^"]+)"', story.content)) <= known


@settings(max_examples=30)
@given(hostile_results())
def test_every_sample_with_a_body_is_a_story_or_counted(run: Result) -> None:
    stories, left_out = lay_out(run, checks=[], pairs={}, folder="")
    assert len(stories) + left_out == sum("body" in sample.article for sample in run.samples)
    assert len({s.anchor for s in stories}) == len(stories)


def test_stories_keep_the_order_of_the_collection_and_fit() -> None:
    stories, _ = lay_out(newsroom(), checks=["mojibake"], pairs={}, folder="stories/")
    numbers = [int(s.anchor.removeprefix("story-")) for s in stories]
    assert numbers == sorted(numbers)
    assert all(size_of("story", s, s.content) <= 90_000 for s in stories)
    assert all(not s.where.startswith("stories/") for s in stories)


def many(number: int) -> tuple[Sample, ...]:
    def one(n: int, check: str) -> Sample:
        story = article(id=f"a{n}", headline=f"Story {n}", body="Hide Ad\nIt rained.")
        return Sample(story, [finding(story, check, "Hide Ad", "a line", row=n)])

    return (*(one(n, "ad-residue") for n in range(number)), one(number, "mojibake"))


def test_each_failed_check_has_a_story_before_others_have_a_second() -> None:
    run = result(many(100))
    stories, left_out = lay_out(run, checks=["ad-residue", "mojibake"], pairs={}, folder="")
    assert (len(stories), left_out) == (60, 41)
    assert any(s.checks == ["mojibake"] for s in stories)


def test_a_story_is_repaired_only_where_something_can_be() -> None:
    story = article(id="a", headline="One", body="Hide Ad\nIt rained.")
    found = finding(story, "ad-residue", "Hide Ad", "a line", repair="delete")
    (whole,), _ = lay_out(result((Sample(story, [found]),)), checks=[], pairs={}, folder="")
    (kept,), _ = lay_out(result((Sample(story, [found | {"repair": "none"}]),)), checks=[], pairs={}, folder="")
    assert [str(b.text) for b in whole.after] == ["One", "It rained."] and kept.after == []
    assert whole.kinds == ["residue"] and whole.noted == {1}


@pytest.mark.parametrize(
    ("language", "known"), [("en", "en"), ("pt-BR", "pt-BR"), ("zh-Hant-TW", "zh-Hant-TW"), ("English", ""), (None, "")]
)
def test_a_language_is_one_that_a_browser_knows(language: str | None, known: str) -> None:
    assert language_of({"language": language}) == known


@pytest.mark.parametrize(
    ("url", "link"),
    [("https://a.example/x?y=1", True), ("javascript:alert(1)", False), ("https://a b", False), ("", False)],
)
def test_only_an_address_of_the_web_becomes_a_link(url: str, link: bool) -> None:
    sample = newsroom().samples[0]
    changed = replace(sample, article=sample.article | {"url": url})
    (story,), _ = lay_out(result((changed,)), checks=[], pairs={}, folder="")
    assert story.url == (url if link else "")


def test_known_findings_take_no_place_from_new_ones() -> None:
    run = against_baseline()
    (first, *others), _ = lay_out(run, checks=["ad-residue"], pairs={}, folder="")
    assert (first.checks, "repeated-paragraph" in first.known_checks) == (["ad-residue"], True)
    assert [(s.checks, bool(s.known_checks)) for s in others] == [([], True)] * 2
    story = run.samples[0].article
    known = [finding(story, "ad-residue", (0, 5), "a line")] * 100
    (crowded,), _ = lay_out(
        result((Sample(story, run.samples[0].findings, known),)), checks=["ad-residue"], pairs={}, folder=""
    )
    assert crowded.without_note == 0
