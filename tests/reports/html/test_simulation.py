"""A simulation as a page: no text of an article is ever more than text, and every filter has its row."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings

from copydesk.reports.html.simulation import render, write
from copydesk.simulation.outcome import Example, Outcome, Share, Simulation

from ..hostile import HOSTILE
from .test_report import Page


def simulated(words: str, *, dropped: int = 1, language: str = "de") -> Simulation:
    """Make a simulation in which everything that comes from the data is these words."""
    whole = Share("all", 4, dropped, 400, 120)
    example = Example(words, words, 1, True, "dup_line_frac", 0.5, 0.3, words, 1)
    groups = [Share(words, 4, dropped, 400, 120)], [Share(language, 4, dropped, 400, 0)]
    outcomes = [
        Outcome(name, title, True, whole, 2, [("dup_line_frac", 1)], 1, 0, *groups, [example])
        for name, title in (("c4", "C4"), ("fineweb", "FineWeb"))
    ]
    return Simulation("0.1", words, 4, 400, 2, 1, 30, 3, 1, outcomes)


@settings(max_examples=15, deadline=None)
@given(HOSTILE)
def test_nothing_becomes_markup_and_nothing_is_loaded(words: str) -> None:
    text = render(simulated(words))
    page, plain = Page(text), Page(render(simulated("words\u202e")))
    assert not page.faults
    assert {e for e, _ in page.elements} <= {e for e, _ in plain.elements}
    assert {a for _, values in page.elements for a in values} <= {a for _, values in plain.elements for a in values}
    assert not page.named("script") and len(page.named("style")) == 1
    ids = [values["id"] for _, values in page.elements if "id" in values]
    assert len(ids) == len(set(ids))
    policy = next(m["content"] for m in page.named("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy


def test_what_it_says(tmp_path: Path) -> None:
    write(simulated("A paper"), tmp_path / "s.html")
    said = " ".join(" ".join(Page((tmp_path / "s.html").read_text(encoding="utf-8")).text).split())
    assert "C4 would drop most: 1 of 4 articles, 25 %" in said
    assert "Made for English alone: C4; FineWeb." in said
    assert "30 % 1 0" in said  # words lost, dropped without any finding, stays with a critical finding
    assert "copydesk, A paper 0 2 7.5 % – 1" in said
    assert "drops: dup_line_frac 0.5, limit 0.3" in said


def test_english_alone_needs_no_warning_about_languages() -> None:
    text = render(simulated("A paper", dropped=0, language="en"))
    assert "Made for English" not in text
    assert "No filter would drop any of 4 articles" in text
