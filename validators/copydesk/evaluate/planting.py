"""Planting: putting a known defect into clean articles, so that it can be seen whether a check finds it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from copydesk.checks import providers
from copydesk.text.paragraphs import paragraph_spans

__all__ = ["Article", "Defect", "Planter", "all_planters", "each", "insert_line", "replace_paragraph"]

#: An article as a row: field to text.
Article = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Defect:
    """Where a defect was planted: the article's place in the collection, the field, and the characters there.

    A check has found it where one of its findings in that field touches them. start and end are None where the
    finding may lie anywhere in the field.
    """

    article: int
    field: str
    start: int | None = None
    end: int | None = None


#: Changes articles in place, or adds some, and says where; the generator of random numbers decides how.
Planter = Callable[[list[Article], random.Random], list[Defect]]

#: Changes one article in place and returns where, or returns None where this article cannot hold the defect.
OnePlanter = Callable[[Article, random.Random], tuple[str, int | None, int | None] | None]


def all_planters() -> Mapping[str, Mapping[str, Planter]]:
    """Return the planters of every installed check: its name, to the kinds of the defect, to their planters."""
    return {k: v for provider in reversed(providers()) for k, v in provider.find_planters().items()}


def each(plant: OnePlanter) -> Planter:
    """Turn what plants in one article into what plants in every article of a collection."""

    def planter(articles: list[Article], chance: random.Random) -> list[Defect]:
        defects = []
        for number, article in enumerate(articles):
            place = plant(article, chance)
            if place is not None:
                defects.append(Defect(number, *place))
        return defects

    return planter


def insert_line(article: Article, line: str, chance: random.Random, *, last: bool = False) -> tuple[str, int, int]:
    """Put a line of its own before a random paragraph but the first, or behind the last one."""
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
    """Put another text in the place of a paragraph."""
    body = article["body"] or ""
    article["body"] = body[: place[0]] + text + body[place[1] :]
    return "body", place[0], place[0] + len(text)
