"""Templates: every value is escaped and made visible, and a slip in a template is an error."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from markupsafe import Markup, escape

from copydesk.reports.html.marked_text import plain, visible
from copydesk.reports.html.page import _environment, digest, part, resource, scriptless, size_of, template

from ..hostile import HOSTILE


def render(source: str, value: object) -> str:
    return _environment().from_string(source).render(value=value)


@given(HOSTILE)
def test_a_value_in_an_element_is_visible_and_in_an_attribute_plain(text: str) -> None:
    assert render("{{ value }}", text) == visible(text)
    assert render('<a title="{{ value|attr }}">', text) == f'<a title="{escape(plain(text))}">'


def test_markup_of_our_own_stays_and_nothing_is_nothing() -> None:
    assert render("{{ value }}", Markup("<b>x</b>")) == "<b>x</b>"
    assert render("{{ value }}", None) == ""
    assert render("{{ value|count }}", 1234) == "1,234"


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("{{ valeu }}", 1)


def test_a_part_is_rendered_alone_and_measured() -> None:
    names = [name for name in dir(_environment().get_template("parts.html").module) if not name.startswith("_")]
    assert {"evidence", "story", "story_content"} <= set(names)
    assert _environment().get_template("template.html") is template()
    css = resource("report.css")
    assert "{" in css and "@import" not in css and "url(http" not in css


def test_the_size_of_a_part_is_its_bytes() -> None:
    from copydesk.reports.html.stories import lay_out

    from ..newsroom import newsroom

    stories, _ = lay_out(newsroom(), checks=[], pairs={}, folder="")
    for story in stories:
        assert size_of("story", story, story.content) == len(part("story", story, story.content).encode())


def test_a_page_without_a_script_allows_its_style_only() -> None:
    made = scriptless("scriptless.html", version="1", state="passed")
    assert f"default-src 'none'; style-src '{escape(digest(resource('report.css')))}'" in made.replace("&#39;", "'")
    assert '<body class="passed">' in made and "<script" not in made
