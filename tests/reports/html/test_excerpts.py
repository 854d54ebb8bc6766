"""The evidence: different words of each failed check, counted over all findings, within a size."""

from __future__ import annotations

from hypothesis import given, settings

from copydesk.model.result import Result
from copydesk.reports.html.check_tables import failed_in_order
from copydesk.reports.html.excerpts import evidence
from copydesk.reports.html.page import part, size_of
from copydesk.reports.html.stories import lay_out

from ..hostile import hostile_results
from ..newsroom import article, expectation, finding, frame, newsroom, result

ROOM = 400_000


@settings(max_examples=20)
@given(hostile_results())
def test_every_failure_has_its_evidence_in_the_order_of_the_page(run: Result) -> None:
    stories, _ = lay_out(run, checks=[], pairs={}, folder="")
    items = evidence(run, stories, folder="")
    assert [item.row.anchor for item in items] == [row.anchor for row, _ in failed_in_order(run)]
    for item in items:
        assert len(item.excerpts) <= 6 and len(item.often) <= 12
        assert all(len(excerpt.places) <= 3 for excerpt in item.excerpts)
    assert sum(size_of("evidence", item) for item in items if item.excerpts) <= ROOM


def test_equal_words_are_one_excerpt_with_their_number_of_findings() -> None:
    run = newsroom()
    stories, _ = lay_out(run, checks=[], pairs={}, folder="")
    items = {item.row.name: item for item in evidence(run, stories, folder="stories/")}
    counts = run.findings.collect().filter(check="ad-residue")["text"].value_counts()
    times = dict(counts.iter_rows())
    by_words = {excerpt.times for excerpt in items["ad-residue"].excerpts}
    assert by_words <= set(times.values()) and max(by_words) == max(times.values())
    assert items["unreadable-row"].rows_rejected and not items["ad-residue"].rows_rejected
    assert items["expect_column_values_to_match_regex"].values[0] == "javascript:alert(1)"


def test_words_without_a_story_are_quoted_from_the_finding() -> None:
    story = article(id="a", body="Hide Ad")
    rows = [finding(story, "ad-residue", "Hide Ad", "a label", row=n) for n in range(1, 6)]
    run = result(expectations=(expectation("ad-residue", 9, 5, findings=5),), findings=frame((), rows))
    (item,) = evidence(run, [], folder="stories/")
    (excerpt,) = item.excerpts
    assert (excerpt.times, item.reason) == (5, "a label")
    assert [(p.file, p.position) for p in excerpt.places] == [("2031-04.jsonl", f"row {n}") for n in (1, 2, 3)]
    assert "Hide Ad" in excerpt.text and excerpt.places[0].anchor == ""


def test_frequent_words_beyond_the_excerpts_are_named() -> None:
    rows = []
    for n in range(20):
        story = article(id=f"a{n}", body=f"Line {n % 10}")
        rows.append(finding(story, "ad-residue", f"Line {n % 10}", "a label", row=n + 1))
    run = result(expectations=(expectation("ad-residue", 20, 20, findings=20),), findings=frame((), rows))
    (item,) = evidence(run, [], folder="")
    assert len(item.excerpts) == 6
    assert [(words, times) for words, times, _ in item.often] == [(f"Line {n}", 2) for n in range(6, 10)]


def test_words_by_frequency_come_before_those_of_the_stories_and_have_their_publisher() -> None:
    run = newsroom()
    stories, _ = lay_out(run, checks=[], pairs={}, folder="")
    items = {item.row.name: item for item in evidence(run, stories, folder="")}
    times = [e.times for e in items["ad-residue"].excerpts]
    assert times == sorted(times, reverse=True) and times[0] > 800
    assert "The Portnahaven Mail" in {p.about for p in items["ad-residue"].excerpts[0].places}


def test_a_repair_shows_what_becomes_of_the_words_and_a_near_copy_how_much_is_shared() -> None:
    story = article(id="a", body="The cafÃ© is open.")
    mended = finding(story, "mojibake", "cafÃ©", "wrong", repair="replace", replacement="café")
    copy = finding(
        story, "duplicate-article", "is open", "why", twin_id="b", twin_file="x", twin_row=3, related_share=47
    )
    checks = ("mojibake", "duplicate-article")
    run = result(
        expectations=tuple(expectation(c, 9, 9, findings=1) for c in checks), findings=frame((), [mended, copy])
    )
    first, second = sorted(evidence(run, [], folder=""), key=lambda item: item.row.name)[::-1]
    assert "→" in first.excerpts[0].text and "café</ins>" in first.excerpts[0].text
    assert "47 %</b> of this article is also in" in part("evidence", second)
