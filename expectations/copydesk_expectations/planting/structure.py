"""Defects of structure: what is repeated, and what breaks off."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Mapping

from copydesk.evaluate.planting import Article, Planter, each
from copydesk.text.paragraphs import paragraph_spans

__all__ = ["PLANTERS"]

Place = tuple[str, int | None, int | None] | None


def _repeat(distance: int, change: Callable[[str], str] = str) -> Planter:
    """Repeat a paragraph of prose so many paragraphs further down."""

    def plant(article: Article, chance: random.Random) -> Place:
        body = (article["body"] or "").rstrip()
        places = list(paragraph_spans(body))
        prose = [n for n, p in enumerate(places) if _is_prose(body[slice(*p)]) and n + distance < len(places) + 1]
        if not prose:
            return None
        first = chance.choice(prose)
        text = change(body[slice(*places[first])])
        after = places[min(first + distance, len(places)) - 1][1] if distance else places[first][1]
        article["body"] = body[:after] + "\n\n" + text + body[after:]
        return "body", after + 2, after + 2 + len(text)

    return each(plant)


def _is_prose(text: str) -> bool:
    return len(text) >= 60 and text[-1] in '.!?。！？।۔”"»' and sum(c.isdigit() for c in text) < len(text) / 20


def _spaced(text: str) -> str:
    return text.replace(" ", "  ", 3) if " " in text else text[:5] + " " + text[5:]


def _headline(change: Callable[[str], str] = str) -> Planter:
    def plant(article: Article, chance: random.Random) -> Place:
        headline = (article.get("headline") or "").strip()
        if len(headline) < 15:
            return None
        text = change(headline)
        article["body"] = text + "\n\n" + (article["body"] or "").lstrip()
        return "body", 0, len(text)

    return each(plant)


def _break(article: Article, chance: random.Random) -> Place:
    """Break a sentence before a word in lower case, with words on both sides; scripts without case have none."""
    body = article["body"] or ""
    seams = []
    for start, end in paragraph_spans(body):
        words = list(re.finditer(r"\S+", body[start:end]))
        if _is_prose(body[start:end]):
            seams += [
                (start + before.start(), start + before.end(), start + word.start(), start + word.end())
                for before, word in itertools.pairwise(words[4:-3])
                if before[0][-1].isalpha() and word[0][0].islower() and word[0].islower()
            ]
    if not seams:
        return None
    start, left, right, end = chance.choice(seams)
    article["body"] = body[:left] + "\n" + body[right:]
    return "body", start, end - (right - left) + 1


#: See `copydesk_expectations.planting`.
PLANTERS: Mapping[str, Mapping[str, Planter]] = {
    "repeated-paragraph": {
        "adjacent": _repeat(1),
        "interleaved": _repeat(3),
        "case changed": _repeat(1, str.upper),
        "spacing changed": _repeat(2, _spaced),
    },
    "repeated-headline": {"as first paragraph": _headline(), "case changed": _headline(str.upper)},
    "mid-sentence-break": {"hard line break": each(_break)},
}
