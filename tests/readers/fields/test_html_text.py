from __future__ import annotations

import time
from collections.abc import Callable
from html import escape

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.readers.fields.html_text import converted, html_to_text

lines = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(st.lists(lines, min_size=1, max_size=5), st.sampled_from(["p", "div", "li", "h2"]))
def test_paragraphs_are_read_back(paragraphs: list[str], tag: str) -> None:
    html = "".join(f"<{tag} class='x>y' data-a>{escape(text)}</{tag}>\n" for text in paragraphs)
    assert html_to_text(f"<section><!-- <p>no</p> -->{html}</section>") == "\n".join(paragraphs)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<br>two<br/>three", "One\ntwo\nthree"),
        ("<p>The <b>r</b>iver<a href=x>s</a></p>", "The rivers"),
        ("<p>a</p><script>if (a < b) { c(); }</script><STYLE>p {}</STYLE><p>b</p>", "a\nb"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>2 < 3 and 5 > 4, <name@mail.example> said</p>", "2 < 3 and 5 > 4, <name@mail.example> said"),
        ("<p don't>x</p>", "x"),
        ("<p>&lt;p&gt; &amp;amp; caf&eacute;&nbsp;!</p>", "<p> &amp; café\xa0!"),
        ("<o:p>x</o:p><my-tag>y</my-tag>", "xy"),
        ("No tags,\ntwo lines &amp; more", "No tags,\ntwo lines & more"),
        ("<p>x</p><script>never closed", "x"),
        ("", ""),
    ],
)
def test_forms_of_markup(html: str, text: str) -> None:
    assert html_to_text(html) == text


@given(st.text(st.sampled_from("<>/!-=\"'& apbrscript\n")))
def test_any_text_is_read(html: str) -> None:
    html_to_text(html)


HOSTILE: dict[str, Callable[[int], str]] = {
    "deep": lambda n: "<div>" * n,
    "attributes": lambda n: "<p " + " a" * n + ">x",
    "unclosed": lambda n: "<a " * n + ">",
    "quotes": lambda n: "<a x='" * n + ">",
    "unknown": lambda n: '<zz x="' * n + ">",
    "comments": lambda n: "<!--" * n + ">",
    "dropped": lambda n: "<svg></sv" * n + ">",
    "misnested": lambda n: "".join(f"<b id={i}>x<p>y" for i in range(n)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markup_takes_linear_time(kind: str) -> None:
    def seconds(n: int) -> float:
        html = HOSTILE[kind](n)
        start = time.process_time()
        html_to_text(html)
        return time.process_time() - start

    seconds(100)
    assert seconds(16_000) < 40 * max(seconds(1000), 0.002)  # quadratic time would be 256 times as much


def test_a_column_keeps_what_is_no_markup() -> None:
    values = pl.Series("body", ["<p>x</p>", None, "plain\ntext", "a &amp; b"])
    assert converted(values).to_list() == ["x", None, "plain\ntext", "a & b"]
