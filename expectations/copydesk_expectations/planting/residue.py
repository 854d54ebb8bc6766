"""Residue: lines of the page, taken from the lexicon of the article's language."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from copydesk.evaluate.planting import Article, Defect, Planter, each, insert_line
from copydesk.lexicon.lexicon import load
from copydesk.lexicon.phrases import SLOT

__all__ = ["PLANTERS"]

Place = tuple[str, int | None, int | None] | None


def _phrase(article: Article, kinds: tuple[str, ...], chance: random.Random) -> str | None:
    """Choose a phrase of the article's language; its slots are filled with words of the article."""
    language = (article.get("language") or "en")[:2]
    phrases = [p.text for p in load().phrases if p.kind in kinds and p.language == language]
    if not phrases:
        return None
    words = re.findall(r"[^\W\d_]+", article["body"] or "")[:50] or ["news"]
    return re.sub(
        SLOT, lambda _: " ".join(w[:20] for w in chance.sample(words, min(2, len(words)))), chance.choice(phrases)
    )


def _line(*kinds: str, last: bool = False) -> Planter:
    def plant(article: Article, chance: random.Random) -> Place:
        phrase = _phrase(article, kinds, chance)
        return insert_line(article, phrase, chance, last=last) if phrase else None

    return each(plant)


def _page(article: Article, chance: random.Random) -> Place:
    lines = [_phrase(article, ("page",), chance) for _ in range(3)]
    if None in lines:
        return None
    article["body"] = "\n".join(dict.fromkeys(line for line in lines if line))
    return "body", None, None


def _house_line(articles: list[Article], chance: random.Random) -> list[Defect]:
    """Put one line that no lexicon knows into every article of each publisher that has at least six."""
    by_publisher: dict[str | None, list[int]] = {}
    for number, article in enumerate(articles):
        by_publisher.setdefault(article.get("publisher"), []).append(number)
    defects = []
    for publisher, numbers in by_publisher.items():
        if publisher and len(numbers) >= 6:
            line = f"Zorblat {publisher} quintle {chance.randrange(1000)} vennig"
            defects += [Defect(n, *insert_line(articles[n], line, chance)) for n in numbers]
    return defects


def _furniture(article: Article, chance: random.Random) -> Place:
    """Put a block below the story as pages have it: buttons that lexicons have, and sections that none has.

    Each article gets sections of its own: `publisher-boilerplate` finds those that a publisher repeats.
    """
    places = ["Ashby", "Brannoc", "Calder", "Denholm", "Elmstead", "Farrow", "Gorse Hill", "Hexley", "Ilmouth", "Kelby"]
    topics = ["News", "Sports", "Opinion", "Obituaries", "Schools", "Traffic", "Weddings", "Farming", "Jobs", "Homes"]
    pages = ["Archive", "Live", "Letters", "Photos", "Results", "Map", "Guide", "Calendar", "Awards", "Diary"]
    sections = map(" ".join, zip(*(chance.sample(words, 3) for words in (places, topics, pages)), strict=True))
    buttons = ["Facebook", "Twitter", "LinkedIn", "Email", "Print", "0 Comments", "Log in", "Subscribe"]
    block = ["Home", *sections, *buttons]
    _, start, end = insert_line(article, "\n".join(block), chance, last=True)
    return "body", start, end


#: See `copydesk_expectations.planting`.
PLANTERS: Mapping[str, Mapping[str, Planter]] = {
    "ad-residue": {"phrase of the lexicon": _line("ad")},
    "promo-residue": {
        "phrase of the lexicon": _line(
            "newsletter", "subscription", "paywall", "social", "app", "affiliate", "support", "legal"
        )
    },
    "related-links": {"phrase of the lexicon": _line("related")},
    "share-bar": {"phrase of the lexicon": _line("share")},
    "caption-credit": {"phrase of the lexicon": _line("caption")},
    "consent-notice": {"phrase of the lexicon": _line("consent")},
    "empty-label": {"at the end": _line("label", last=True)},
    "boilerplate-page": {"error page": each(_page)},
    "page-furniture": {"block below the story": each(_furniture)},
    "publisher-boilerplate": {"a line of the house": _house_line},
}
