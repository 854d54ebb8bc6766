"""Planting: put a known defect into clean articles, to measure whether a check finds it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from copydesk.checks import contributions
from copydesk.text.paragraphs import paragraph_spans

__all__ = ["Article", "Defect", "Planter", "all_planters", "each", "insert_line", "replace_paragraph"]

#: An article as a row: field to text.
Article = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Defect:
    """Where a defect was planted: the article's place in the collection, the field, and the characters in it.

    A check finds the defect if one of its findings in that field touches these characters. start and end are None if
    the finding may lie anywhere.
    """

    article: int
    field: str
    start: int | None = None
    end: int | None = None


#: Changes articles in place, or adds some, and returns where. The random numbers decide how.
Planter = Callable[[list[Article], random.Random], list[Defect]]

#: Changes one article in place and returns where; None if this article cannot have the defect.
OnePlanter = Callable[[Article, random.Random], tuple[str, int | None, int | None] | None]


def all_planters() -> Mapping[str, Mapping[str, Planter]]:
    """Return the planters of every installed check: the check's name to the kinds of its defect to their planters."""
    packages = [*contributions("find_planters")]
    return {check: kinds for planters in reversed(packages) for check, kinds in planters.items()}


def each(plant: OnePlanter) -> Planter:
    """Return a planter that plants in every article of a collection, from one that plants in a single article."""

    def planter(articles: list[Article], chance: random.Random) -> list[Defect]:
        defects = []
        for number, article in enumerate(articles):
            place = plant(article, chance)
            if place is not None:
                defects.append(Defect(number, *place))
        return defects

    return planter


def insert_line(article: Article, line: str, chance: random.Random, *, last: bool = False) -> tuple[str, int, int]:
    """Insert a line before a random paragraph other than the first, or after the last one."""
    body = article["body"] or ""
    places = [start for start, _ in paragraph_spans(body)][1:]
    if last or not places:
        article["body"] = body.rstrip() + "\n\n" + line
        start = len(body.rstrip()) + 2
    else:
        start = chance.choice(places)
        article["body"] = body[:start] + line + "\n\n" + body[start:]
    return "body", start, start + len(line)


def replace_paragraph(article: Article, place: tuple[int, int], text: str) -> tuple[str, int, int]:
    """Replace a paragraph by another text."""
    body = article["body"] or ""
    article["body"] = body[: place[0]] + text + body[place[1] :]
    return "body", place[0], place[0] + len(text)
