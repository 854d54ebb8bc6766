"""The headline: the collection's name, the time and the commit, and the report in a sentence."""

from __future__ import annotations

from dataclasses import replace

from copydesk.model.result import Origin
from copydesk.reports.html.headline import headline
from copydesk.reports.html.report import render

from ..newsroom import newsroom, result


def test_the_head_names_collection_date_and_commit() -> None:
    run = replace(newsroom(), origin=Origin("morning", "2031-04-02T10:07Z", "0a1b2c3d4e"))
    page = render(run)
    assert "<title>Failed: morning, 4,183 articles – copydesk</title>" in page
    assert '<meta property="og:title" content="Failed: morning, 4,183 articles">' in page
    assert "3 changes clear 66.2 % of the findings." in page
    assert "2 April 2031, 10:07 UTC" in page and "0a1b2c3d4e" in page


def test_a_collection_of_unknown_origin_goes_by_its_folder() -> None:
    bare = headline(result(), "news/stories/")
    assert (bare.name, bare.day, bare.revision) == ("stories", "", "")
    assert bare.description == "The suite has no expectations."
    assert headline(result(origin=Origin("x", "yesterday")), "").day == "yesterday"
