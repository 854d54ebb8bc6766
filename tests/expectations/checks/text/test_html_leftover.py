"""Mark-up is found where it stands and its repair gives the text back; text that only looks like code is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.html_leftover import HtmlLeftover

Found = Callable[..., list[dict[str, Any]]]

CHECK = HtmlLeftover()
WORDS = [
    "The mayor",
    "сказал мэр",
    "市長は",
    "AT&T",
    "R&D;",
    "a < b",
    "<3",
    "[sic]",
    "{0}",
    "x?a=1&b=2",
    "<The Palace>",
]
PROSE = st.lists(
    st.sampled_from([*WORDS, "5 > 4", "the window.", "[the mayor]", "(a) [x] (c)", "function"]), max_size=6
)
DELETED = [
    "<p>",
    "</p>",
    "<br/>",
    "<br />",
    "</div>",
    '<div class="ad">',
    "<img src='x.png' alt=\"the bridge\">",
    "<script>var x = 1 < 2;</script>",
    "<!-- ad -->",
    '[caption id="a" width="3"]',
    "[/caption]",
    "[embed]",
    "[url=http://x.org]",
    "[/b]",
    "{{ message }}",
    "{display:none}",
    ".ad { display: none; color: red }",
    "![a bridge](https://x.org/y.jpg)",
    "![a bridge](https://x.org/y_(2019).jpg)",
]
REPLACED = {
    "&amp;": "&",
    "&nbsp;": "\u00a0",
    "&#8217;": "’",
    "&#x2019;": "’",
    "&quot;": '"',
    "&amp;quot;": '"',
    "&amp;amp;": "&",
    "&eacute;": "é",
}
CODE = [
    "document.write(new Date());",
    "var x = 5;",
    "(function(){ x(); })();",
    "window.dataLayer = window.dataLayer || [];",
]


@example("", "![a bridge](https://x.org/y.jpg)", "(a) the end", "body")
@given(PROSE.map(" ".join), st.sampled_from(DELETED), PROSE.map(" ".join), st.sampled_from(["headline", "body"]))
def test_a_tag_is_found_and_deleted(found: Found, before: str, mark: str, after: str, field: str) -> None:
    rows = [r for r in found(CHECK, [{field: f"{before}. {mark}{after}"}]) if r["field"] == field]
    assert [(r["text"], r["repair"]) for r in rows] == [(mark, "delete")]


@given(PROSE.map(" ".join), st.sampled_from(sorted(REPLACED)), PROSE.map(" ".join))
def test_an_entity_is_replaced_by_its_character(found: Found, before: str, mark: str, after: str) -> None:
    rows = found(CHECK, [{"body": f"{before}.{mark}{after}"}])
    assert [(r["text"], r["replacement"]) for r in rows] == [(mark, REPLACED[mark])]


@given(PROSE.map(" ".join), st.sampled_from(CODE))
def test_a_line_of_code_is_found_whole(found: Found, before: str, code: str) -> None:
    rows = found(CHECK, [{"body": f"{before}\n{code}\nThe end."}])
    assert [(r["text"], r["repair"]) for r in rows] == [(code, "delete")]


@given(PROSE.map(" ".join))
def test_prose_is_silent(found: Found, text: str) -> None:
    assert found(CHECK, [{"headline": text, "body": text}]) == []


@given(st.sampled_from(["<p>", "&amp;", "{{ x }}"]), st.sampled_from(['""', "“”", "``", "«»"]))
def test_what_is_quoted_is_the_subject(found: Found, mark: str, quotes: str) -> None:
    assert found(CHECK, [{"body": f"Write {quotes[0]}{mark}{quotes[1]} there."}]) == []


@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], texts: list[str]) -> None:
    assert same_alone(CHECK, [{"headline": text, "body": text} for text in texts])
