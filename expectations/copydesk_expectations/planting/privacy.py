"""Private data: what is somebody's, in the text of an article."""

from __future__ import annotations

import random
from collections.abc import Mapping

from copydesk.evaluate.planting import Article, Planter, each

__all__ = ["PLANTERS"]

_SENTENCES = ("Write to {}.", "Contact: {}", "{}")


def _contact(made: str) -> Planter:
    def plant(article: Article, chance: random.Random) -> tuple[str, int, int] | None:
        body = article["body"] or ""
        if not body.strip():
            return None
        contact = "".join(str(chance.randrange(1, 10)) if c == "#" else c for c in made)
        before, _, behind = chance.choice(_SENTENCES).partition("{}")
        start = len(body) + 1 + len(before)
        article["body"] = f"{body}\n{before}{contact}{behind}"
        return "body", start, start + len(contact)

    return each(plant)


#: See `copydesk_expectations.planting`.
PLANTERS: Mapping[str, Mapping[str, Planter]] = {
    "private-data": {
        "e-mail address": _contact("maren.tolle##@post.example"),
        "telephone number": _contact("+49 ## ###-####"),
        "key": _contact("AKIA" + "#" * 16),
    }
}
