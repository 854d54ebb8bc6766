"""Planting: the text changes where the planter says, and nowhere else."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from copydesk.evaluate.planting import Article, Defect, all_planters, each, insert_line, paragraphs, replace_paragraph
from copydesk.testing.strategies import bodies, hostile_text

SEEDS = st.integers(0, 2**32)
LINES = hostile_text().map(lambda text: "line " + text.replace("\n", " ").replace("\r", " "))


@given(bodies())
def test_paragraphs_are_lines_without_white_space_at_their_edges(body: str) -> None:
    places = list(paragraphs(body))
    for start, end in places:
        text = body[start:end]
        assert text == text.strip() and text and "\n" not in text
    assert [word for start, end in places for word in body[start:end].split()] == body.split()


@given(bodies(), LINES, SEEDS, st.booleans())
def test_an_inserted_line_stands_where_it_is_said_to_and_the_rest_is_kept(
    body: str, line: str, seed: int, last: bool
) -> None:
    article: Article = {"body": body}
    field, start, end = insert_line(article, line, random.Random(seed), last=last)
    changed = article["body"] or ""
    assert (field, changed[start:end]) == ("body", line)
    assert (changed[:start] + changed[end:]).split() == body.split()
    assert start > 0 and changed[start - 1] in "\n "
    assert not last or changed.endswith(line)


@given(bodies(), LINES, st.data())
def test_a_paragraph_is_replaced_and_no_other(body: str, line: str, data: st.DataObject) -> None:
    article: Article = {"body": body}
    place = data.draw(st.sampled_from(list(paragraphs(body))))
    _, start, end = replace_paragraph(article, place, line)
    changed = article["body"] or ""
    assert changed[start:end] == line
    assert changed[:start] + changed[end:] == body[: place[0]] + body[place[1] :]


def test_each_plants_in_every_article_that_can_have_the_defect() -> None:
    def plant(article: Article, chance: random.Random) -> tuple[str, int | None, int | None] | None:
        return ("headline", 0, 1) if article.get("headline") else None

    planter = each(plant)
    articles: list[Article] = [{"headline": "a"}, {"headline": None}, {"headline": "b"}]
    assert planter(articles, random.Random(0)) == [Defect(0, "headline", 0, 1), Defect(2, "headline", 0, 1)]


def test_planters_come_from_the_installed_packages() -> None:
    planters = all_planters()
    assert "adjacent" in planters["repeated-paragraph"]
    assert all(kinds for kinds in planters.values())
