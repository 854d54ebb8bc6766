"""Each kind of mark-up is told from prose that looks like it, and from a story about mark-up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.detection.text.markup import (
    Mark,
    entities,
    half_entities,
    is_about_markup,
    is_quoted,
    is_word,
    links,
    markup_in,
    pieces,
)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("<p>It rained.</p>", ["<p>", "</p>"]),
        ('A <a href="/x" class=y>link</a>', ['<a href="/x" class=y>', "</a>"]),
        ("A <script>let x;</script> b <!-- no -->", ["<script>let x;</script>", "<!-- no -->"]),
        ('It rained <a href="/x', ['<a href="/x']),
        ('[caption id="a"]x[/caption] [b]y[/b]', ['[caption id="a"]', "[/caption]", "[b]", "[/b]"]),
        (".ad { display: none; } {{ title }}", [".ad { display: none; }", "{{ title }}"]),
        ("x document.write(1);", ["document.write(1);"]),
        ("<The Palace> a < b [sic] {curly} function of the bridge", []),
    ],
)
def test_pieces_are_tags_shortcodes_and_code(text: str, marks: list[str]) -> None:
    assert sorted(text[m.start : m.end] for m in pieces(text)) == sorted(marks)
    assert all(m.mended == "" for m in pieces(text))


def test_a_link_leaves_its_words_and_a_picture_nothing() -> None:
    text = "See [the bridge](https://a.example/x) and ![a bus](/bus.jpg), [sic] (so)."
    assert [(text[m.start : m.end], m.mended) for m in links(text)] == [
        ("[the bridge](https://a.example/x)", "the bridge"),
        ("![a bus](/bus.jpg)", ""),
    ]


@pytest.mark.parametrize(
    ("text", "mended"),
    [("&amp;", "&"), ("&amp;amp;quot;", '"'), ("&#8217;", "’"), ("&#xE9;", "é"), ("&nosuch;", None), ("AT&T;", None)],
)
def test_an_entity_is_its_character_however_often_it_was_escaped(text: str, mended: str | None) -> None:
    assert [m.mended for m in entities(f"a {text} b")] == ([] if mended is None else [mended])


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Crude #39;s rise", [(" #39;s", "'s")]),
        ("worth #36;74 a barrel", [("#36;74", "$74")]),
        ("the quot;costs quot; of", [("quot;costs", '"costs'), ("quot;", '"')]),
        ("the caf eacute; and &quot;", [("eacute;", "é")]),
        ("ranked #12; he came #36; of 40", []),
    ],
)
def test_an_entity_without_ampersand(text: str, marks: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.mended) for m in half_entities(text)] == marks


@pytest.mark.parametrize(
    "tag", ['&lt;A HREF="https://a.example/x"&gt;', "&amp;lt;/p&amp;gt;", "<br /&gt;", "&lt;strong>", "lt;br /gt;"]
)
def test_an_escaped_tag_is_one_mark(tag: str) -> None:
    assert [(f"It {tag} rained"[m["start"] : m["end"]], m["mended"]) for m in markup_in(f"It {tag} rained")] == [
        (tag, "")
    ]


def test_what_is_quoted_is_spoken_of() -> None:
    assert is_quoted("the “<p>” tag", 5, 8) and is_quoted("`<p>`", 1, 4)
    assert not is_quoted("the “<p> tag", 5, 8) and not is_quoted("<p>", 0, 3)
    assert markup_in("The tag `<p>` and “&amp;” are known.") == []


def test_a_word_stands_in_the_middle_of_a_sentence() -> None:
    assert is_word("the <p> tag", 4, 7)
    assert not is_word("the <p>Tag", 4, 7) and not is_word("<p> tag", 0, 3) and not is_word("the <p> Tag", 4, 7)


def test_a_story_about_markup_names_it_and_has_little() -> None:
    text = "The HTML of the page has a <p> tag in it"
    mark = Mark(27, 30, "", "")
    assert is_about_markup(text, [mark])
    assert not is_about_markup(text.replace("HTML", "rest"), [mark])
    assert not is_about_markup(text, [mark] * 4) and not is_about_markup(text, [])


@given(hostile_text())
def test_marks_are_in_order_and_apart_from_each_other(text: str) -> None:
    marks = markup_in(text)
    assert all(0 <= mark["start"] < mark["end"] <= len(text) for mark in marks)
    assert all(one["end"] <= other["start"] for one, other in pairwise(marks))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the governors#39; plan", [("#39;", "'")]),
        ("what a reliefquot; to all", [("quot;", '"')]),
        ("a cafeacute; on the quay", [("eacute;", "é")]),
        ("Marks amp; Spencer", [("amp;", "&")]),
        ("ATamp;T", [("amp;T", "&T")]),
        ("pound;5 a day", [("pound;5", "£5")]),
        ("He paid one pound; she paid a euro; nobody minded.", []),
        ("A guitar, an amp; a song", []),
        ("an aliquot; another", []),
    ],
)
def test_what_lost_its_ampersand_may_be_glued_and_words_are_none(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.mended) for m in half_entities(text)] == expected
