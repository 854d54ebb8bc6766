"""The collection at a glance: what the overview has, with links to the stories in the page."""

from __future__ import annotations

from dataclasses import replace

from copydesk.model.overview import Line
from copydesk.reports.html.check_tables import check_tables
from copydesk.reports.html.copies import COMPARED_CHARACTERS
from copydesk.reports.html.glance import at_a_glance
from copydesk.reports.html.stories import lay_out

from ..newsroom import newsroom, result


def test_without_an_overview_there_is_nothing() -> None:
    assert at_a_glance(result(), failed=[], stories=[], folder="") is None


def test_it_has_every_part_of_the_overview() -> None:
    run = newsroom()
    assert run.overview is not None
    stories, _ = lay_out(run, checks=[], pairs={}, folder="")
    glance = at_a_glance(run, failed=check_tables(run).failed, stories=stories, folder="stories/")
    assert glance is not None and glance.heat and glance.volume and glance.lengths
    assert glance.compared_characters == COMPARED_CHARACTERS
    assert len(glance.lines) == len(run.overview.lines) and len(glance.copies) == len(run.overview.copies)
    assert (glance.publishers, glance.clusters) == (run.overview.publishers_in_all, run.overview.clusters)


def test_a_line_links_to_the_story_in_which_it_stands() -> None:
    run = newsroom()
    assert run.overview is not None
    stories, _ = lay_out(run, checks=[], pairs={}, folder="")
    first = stories[0].sample.findings[0]
    line = Line("The Mail", "Hide Ad", 3, 4, first["file"], first["row"])
    lost = replace(line, row=10**9, of=0)
    overview = replace(run.overview, lines=(line, lost))
    glance = at_a_glance(replace(run, overview=overview), failed=[], stories=stories, folder="stories/")
    assert glance is not None
    assert [(row.share, row.anchor) for row in glance.lines] == [(75.0, stories[0].anchor), (0.0, "")]
    assert not glance.lines[0].where.startswith("stories/")
