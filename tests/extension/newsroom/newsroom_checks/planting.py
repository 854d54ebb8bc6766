"""How the defects of our checks are put into clean articles, for `copydesk prove`."""

from __future__ import annotations

import random
from collections.abc import Mapping

from copydesk.evaluate.planting import Article, Planter, each


def _shout(article: Article, chance: random.Random) -> tuple[str, int | None, int | None] | None:
    """Put the headline in capitals; None where that changes nothing, as in Chinese."""
    headline = article.get("headline") or ""
    if headline.upper() == headline or sum(letter.isalpha() for letter in headline) < 10:
        return None
    article["headline"] = headline.upper()
    return "headline", None, None


PLANTERS: Mapping[str, Mapping[str, Planter]] = {"shouted-headline": {"in capitals": each(_shout)}}
