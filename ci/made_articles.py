"""Clean articles with lists, verse and results of their own words, for ci/train-page-furniture: what is no furniture.

What stands beside a phrase of a lexicon need not be furniture: a few phrases are put among the lines.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from copydesk.lexicon.lexicon import LINE_KINDS, SLOT, load

__all__ = ["made_articles"]

SEED = 0
_UNITS = ("g ml EL TL", "tsp tbsp cups oz", "г мл ст.л. шт", "g dl msk tsk", "g cl pincée sachet")
#: Lists of an article: one, or one below each of some paragraphs.
_MOST_LISTS = 5


def made_articles(rows: Iterable[dict[str, Any]], copies: int = 2) -> Iterator[dict[str, Any]]:
    """Yield variants of clean articles, with `labels`: lines of the story are clean, phrases of lexicons unsure."""
    chance = random.Random(SEED)
    phrases: dict[str, list[str]] = defaultdict(list)
    for phrase in load().phrases:
        if phrase.kind in LINE_KINDS and SLOT not in phrase.text:
            phrases[phrase.language].append(phrase.text)
    for row in rows:
        body = [line.strip() for line in row["body"].split("\n") if line.strip()]
        some = phrases.get(str(row["language"])[:2]) or phrases["en"]
        for copy in range(copies):
            if (lines := _listed(body, chance)) is None:
                continue
            labelled = _among(lines, some, chance)
            labels = [{"paragraph": n, "kind": kind} for n, (_, kind) in enumerate(labelled)]
            text = "\n".join(line for line, _ in labelled)
            yield row | {"id": f"{row['id']}#made{copy}", "body": text, "labels": labels}


def _among(lines: list[str], phrases: list[str], chance: random.Random) -> list[tuple[str, str]]:
    """Put one to three phrases of a lexicon among the lines."""
    mixed = [(line, "clean") for line in lines]
    for _ in range(chance.choice((1, 1, 2, 3))):
        mixed.insert(chance.randint(1, len(mixed)), (chance.choice(phrases), "unsure"))
    return mixed


def _listed(parts: list[str], chance: random.Random) -> list[str] | None:
    """Put short lines made of its own words into a story; None where it has too few."""
    words = " ".join(parts).split()
    if len(parts) < 4 or len(words) < 80:
        return None
    lines = _Lines(" ".join(parts), words, chance)
    kind = chance.choice((*lines.kinds, "heads", "questions"))
    if kind == "heads":
        return [x for p in parts for x in ((lines.upper(2, 7), p) if chance.random() < 0.4 else (p,))]
    if kind == "questions":
        return [x for p in parts for x in (lines.upper(4, 11) + "?", p)]
    if kind in ("names", "results", "credits") and len(lines.names) < 8:
        return None
    make = lines.kinds[kind]
    if chance.random() < 0.5:
        at = chance.choice((chance.randint(1, len(parts)), len(parts), chance.randint(0, len(parts))))
        return parts[:at] + [make(n) for n in range(chance.randint(4, 24))] + parts[at:]
    lists = chance.randint(2, _MOST_LISTS)
    groups = [x for _ in range(lists) for x in (lines.upper(1, 4), *(make(n) for n in range(chance.randint(2, 9))))]
    at = chance.choice((chance.randint(1, len(parts)), len(parts), len(parts)))
    return parts[:at] + groups + parts[at:]


class _Lines:
    """Makers of short lines from the words of a story."""

    def __init__(self, text: str, words: list[str], chance: random.Random) -> None:
        found = re.findall(r"(?:[A-ZÀ-ÞА-ЯΑ-Ω][\w’'-]{2,}(?: |$)){1,3}", text)
        self.names = [name.strip() for name in dict.fromkeys(found) if len(name) > 4]
        self._words, self._chance = words, chance
        units, mark, stop = chance.choice(_UNITS).split(), chance.choice("-•–*"), chance.choice(".)")
        pick, name, some = chance.choice, self._name, self._some
        self.kinds: dict[str, Callable[[int], str]] = {
            "names": lambda n: name() + pick(("", "", ", " + some(1, 3), " – " + some(1, 2))),
            "results": lambda n: f"{name()} {pick('-–v')} {name()} {chance.randint(0, 5)}{pick('-:–')}{n % 6}",
            "numbered": lambda n: f"{n + 1}{stop} {some(2, 8)}",
            "recipe": lambda n: f"{pick((1, 2, 50, 100, 250))} {pick(units)} {some(1, 3).lower()}",
            "verse": lambda n: self.upper(4, 8),
            "bullets": lambda n: f"{mark} {some(3, 12)}",
            "facts": lambda n: f"{self.upper(1, 2)}: {some(1, 5)}",
            "prices": lambda n: f"{self.upper(1, 3)}: {chance.randint(5, 900)}{pick((' €', '$', ' kr', ',90 €'))}",
            "credits": lambda n: f"{self.upper(1, 2)}: {name()}",
            "table": lambda n: pick((self.upper(1, 2), str(chance.randint(1, 3000)), some(1, 1))),
        }

    def _name(self) -> str:
        return self._chance.choice(self.names) if self.names else self._some(1, 2)

    def _some(self, low: int, high: int) -> str:
        start = self._chance.randrange(len(self._words) - high)
        return " ".join(self._words[start : start + self._chance.randint(low, high)]).strip('.,:;!?"“”«»()')

    def upper(self, low: int, high: int) -> str:
        """Return a few words in a row, the first with a capital."""
        line = self._some(low, high)
        return line[:1].upper() + line[1:]
