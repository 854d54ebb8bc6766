"""Defects of metadata: headline, byline, dates."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from copydesk.evaluate.planting import Article, Planter, each
from copydesk.lexicon.lexicon import load

__all__ = ["PLANTERS"]

Place = tuple[str, int | None, int | None] | None


def _set(field: str, *values: str | None) -> Planter:
    def plant(article: Article, chance: random.Random) -> Place:
        article[field] = chance.choice(values)
        return field, None, None

    return each(plant)


def _phrase(field: str, kind: str) -> Planter:
    def plant(article: Article, chance: random.Random) -> Place:
        language = (article.get("language") or "en")[:2]
        phrases = [p.text for p in load().phrases if p.kind == kind and p.language == language and "…" not in p.text]
        if not phrases:
            return None
        article[field] = chance.choice(phrases)
        return field, None, None

    return each(plant)


def _suffix(article: Article, chance: random.Random) -> Place:
    if not article.get("publisher") or not article.get("headline"):
        return None
    article["headline"] = f"{article['headline']}{chance.choice([' | ', ' - ', ' – '])}{article['publisher']}"
    return "headline", None, None


def _relative(article: Article, chance: random.Random) -> Place:
    match = re.match(r"https?://([^/]+)(/\S+)$", article.get("url") or "")
    if not match:
        return None
    article["url"] = chance.choice([match[2], f"{match[1]}{match[2]}", "javascript:void(0)"])
    return "url", None, None


def _paragraph(article: Article, chance: random.Random) -> Place:
    body = " ".join((article.get("body") or "").split())
    if len(body.split(" ")) < 80:
        return None
    article["headline"] = " ".join(body.split(" ")[: chance.randrange(70, 80)])
    return "headline", None, None


def _cut_in_bracket(article: Article, chance: random.Random) -> Place:
    if not article.get("headline"):
        return None
    article["headline"] = f"{article['headline']} {chance.choice(['(VID', '[', '(PHOT'])}"
    return "headline", None, None


def _dated(article: Article, chance: random.Random) -> Place:
    if not re.search(r"\w", article.get("byline") or ""):
        return None
    article["byline"] = f"{article['byline']} {chance.choice(['14 March 2026', '2026-03-14 10:15', '14. März 2026'])}"
    return "byline", None, None


def _date(change: Callable[[str], str]) -> Planter:
    def plant(article: Article, chance: random.Random) -> Place:
        if not re.match(r"\d{4}-\d\d-\d\d", article.get("published") or ""):
            return None
        article["published"] = change(article["published"] or "")
        return "published", None, None

    return each(plant)


def _modified_before(article: Article, chance: random.Random) -> Place:
    if not re.match(r"\d{4}-\d\d-\d\d", article.get("published") or ""):
        return None
    article["modified"] = "2001" + (article["published"] or "")[4:].replace("02-29", "02-28")
    return "modified", None, None


#: See `copydesk_expectations.planting`.
PLANTERS: Mapping[str, Mapping[str, Planter]] = {
    "headline-missing": {"empty": _set("headline", None, "", "  ")},
    "headline-placeholder": {"phrase of the lexicon": _phrase("headline", "headline-placeholder")},
    "headline-site-suffix": {"the publisher's name": each(_suffix)},
    "byline-junk": {
        "phrase of the lexicon": _phrase("byline", "byline-junk"),
        "digits": _set("byline", "40213", "7"),
        "a date behind the name": each(_dated),
    },
    "headline-malformed": {"a paragraph": each(_paragraph), "cut in a bracket": each(_cut_in_bracket)},
    "url-unusable": {"not whole": each(_relative)},
    "date-implausible": {
        "in the future": _date(lambda d: "2087" + d[4:].replace("02-29", "02-28")),
        "before the web": _date(lambda d: "1970-01-01T00:00:00+00:00"),
        "modified before published": each(_modified_before),
        "no date": _date(lambda d: "not yet"),
    },
}
