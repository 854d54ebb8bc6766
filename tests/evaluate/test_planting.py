"""Planting: paragraphs are those of the checks, and what is put in stands where it is said to stand."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.evaluate.planting import Article, Defect, all_planters, each, insert_line, replace_paragraph
from copydesk.text.paragraphs import paragraph_spans, paragraphs_of

BODIES = st.text(st.sampled_from("ab. \t\r\n\x0b\x0c\x85\u2028\u2029\u00a0\x1c\u200bé"), max_size=30)


@given(BODIES)
def test_paragraphs_of_one_body_are_those_that_checks_see(body: str) -> None:
    frame = paragraphs_of(pl.DataFrame({"article": [0], "body": [body]}))
    assert list(paragraph_spans(body)) == frame.select("start", "end").rows()


@given(BODIES, st.booleans(), st.randoms(use_true_random=False))
def test_a_line_stands_where_it_is_said_to_stand(body: str, last: bool, chance: random.Random) -> None:
    article: dict[str, str | None] = {"body": body}
    field, start, end = insert_line(article, "Hide Ad", chance, last=last)
    after = article["body"] or ""
    assert field == "body" and after[start:end] == "Hide Ad"
    assert (start, end) in list(paragraph_spans(after))


@given(BODIES.filter(lambda body: any(paragraph_spans(body))), st.data())
def test_only_the_paragraph_is_replaced(body: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(paragraph_spans(body))))
    article: dict[str, str | None] = {"body": body}
    _, start, end = replace_paragraph(article, place, "Other words.")
    assert article["body"] == body[:start] + "Other words." + body[place[1] :] and end == start + 12


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
