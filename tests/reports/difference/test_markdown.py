"""The difference in Markdown: no text of an article is ever more than text."""

from __future__ import annotations

import re

from hypothesis import given, settings

from copydesk.gate.differences import Difference
from copydesk.reports.difference import markdown

from ..differences import differences


@settings(max_examples=40)
@given(differences())
def test_text_of_the_data_stands_in_code(d: Difference) -> None:
    for line in markdown.render(d).splitlines():
        outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", line)
        assert not re.search(r"[<>\[\]!]|@\w", outside)
        if line.startswith("|"):  # no text ends a cell
            assert line.count("|") in (4, 5, 6)


@settings(max_examples=20)
@given(differences())
def test_every_list_that_is_not_empty_has_a_heading_with_its_length(d: Difference) -> None:
    text = markdown.render(d)
    for title, frame in (("Added", d.added), ("Removed", d.removed), ("Changed", d.changed)):
        assert (f"### {title} ({frame.height})" in text) == (frame.height > 0)
