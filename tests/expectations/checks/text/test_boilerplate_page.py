"""Pages in place of an article are found; stories about such pages, and short stories, are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.boilerplate_page import BoilerplatePage

Found = Callable[..., list[dict[str, Any]]]

CHECK = BoilerplatePage()
GATES = [
    "Please enable JavaScript and cookies to continue.",
    "Checking your browser before accessing the site.",
    "Please verify you are a human.",
    "404 Not Found",
    "Page not found",
]
PROSE = "The mayor said that the page would be back by noon, and that the fault was a cable in the cellar of the hall."


@settings(max_examples=40)
@given(st.lists(st.sampled_from(GATES), min_size=1, max_size=4), st.sampled_from(["\n", "\n\n"]))
def test_a_gate_or_an_error_page_is_found_whole(found: Found, lines: list[str], separator: str) -> None:
    body = separator.join(lines)
    assert [r["text"] for r in found(CHECK, [{"body": body}])] == [body]


@settings(max_examples=40)
@given(st.sampled_from(GATES), st.integers(1, 30))
def test_a_story_that_quotes_one_is_silent(found: Found, line: str, paragraphs: int) -> None:
    assert found(CHECK, [{"body": "\n".join([f"“{line}” it said.", *[PROSE] * paragraphs])}]) == []


@settings(max_examples=40)
@given(st.integers(10, 40), st.sampled_from(["https://x.org/", "https://x.org/sport/", "https://x.org/tag/bridge/"]))
def test_an_index_is_found_by_its_lines_and_its_address(found: Found, lines: int, url: str) -> None:
    titles = "\n".join(f"Bridge number {n} reopens after repairs" for n in range(lines))
    assert len(found(CHECK, [{"url": url, "body": titles}])) == 1
    assert found(CHECK, [{"url": "https://x.org/2024/05/bridge-reopens-after-years.html", "body": titles}]) == []
    assert found(CHECK, [{"url": url, "body": titles + "\n" + " ".join([PROSE] * 3)}]) == []


@settings(max_examples=40)
@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], texts: list[str]) -> None:
    assert same_alone(CHECK, [{"url": f"https://x.org/{text}", "body": text} for text in texts])
