"""Copies side by side: two articles that tell one story, with the words marked in which they differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from copydesk.model.overview import Copies, Copy, Overview
from copydesk.reports.html.marked_text import clip, visible
from copydesk.reports.html.stories import language_of
from copydesk.reports.places import place
from copydesk.text.expressions import UNSPACED_RANGES

__all__ = ["COMPARED_CHARACTERS", "Pair", "Side", "compare_texts", "pair_anchors", "side_by_side"]

#: How many characters of each text are compared.
COMPARED_CHARACTERS = 2_400

_ABOUT = 14  # words on each side of a difference

#: Words with the space behind them; in scripts without spaces, characters.
_TOKEN = re.compile(rf"(?:[{UNSPACED_RANGES}]|[^\W_]+|\S)\s*")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two articles: its place, its publisher and date, and its text with the differences marked."""

    where: str
    anchor: str
    about: list[str]
    headline: str
    language: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Pair:
    """An article beside its first copy. `others` are the places of further copies, `unlisted` counts the rest."""

    anchor: str
    check: str
    reason: str
    size: int
    sides: list[Side]
    others: list[str]
    unlisted: int
    read: bool


def side_by_side(overview: Overview, *, homes: Mapping[str, str], folder: str) -> list[Pair]:
    """Lay out the clusters.

    Args:
        overview: has the copies.
        homes: the anchors of the stories in the page, by the articles' ids.
        folder: the folder that file names leave out.
    """
    return [_pair(n, cluster, homes, folder) for n, cluster in enumerate(overview.copies, start=1)]


def pair_anchors(overview: Overview | None) -> dict[str, str]:
    """Return the anchors of the pairs, by the ids of the articles in them."""
    clusters = overview.copies if overview else ()
    return {copy.id: f"pair-{n}" for n, cluster in enumerate(clusters, start=1) for copy in cluster.pair}


def _pair(number: int, cluster: Copies, homes: Mapping[str, str], folder: str) -> Pair:
    both = cluster.pair
    texts = [(c.article or {}).get("body") or "" for c in both]
    marked = compare_texts(*texts) if all(texts) else (Markup(""), Markup(""))
    others = [clip(place(c.file, c.row, folder=folder), 120) for c in cluster.copies[1:]]
    return Pair(
        anchor=f"pair-{number}",
        check=cluster.check,
        reason=clip(both[1].reason, 200),
        size=cluster.size,
        sides=[_side(c, m, homes, folder) for c, m in zip(both, marked, strict=True)],
        others=others,
        unlisted=cluster.size - 2 - len(others),
        read=all(texts),
    )


def _side(copy: Copy, text: Markup, homes: Mapping[str, str], folder: str) -> Side:
    article = copy.article or {}
    about = [clip(article.get(f) or "", 80) for f in ("publisher", "published")]
    return Side(
        where=clip(place(copy.file, copy.row, folder=folder), 160),
        anchor=homes.get(copy.id, ""),
        about=[a for a in about if a.strip()] or [clip(copy.id, 100)],
        headline=clip(" ".join((article.get("headline") or "").split()), 160),
        language=language_of(article),
        text=text,
    )


def compare_texts(one: str, other: str) -> tuple[Markup, Markup]:
    """Return two texts, with the words marked that only one has, and without long stretches that both have."""
    cut = len(one) > COMPARED_CHARACTERS or len(other) > COMPARED_CHARACTERS
    a, b = _TOKEN.findall(one[:COMPARED_CHARACTERS].strip()), _TOKEN.findall(other[:COMPARED_CHARACTERS].strip())
    key_a, key_b = ([t.strip().lower() for t in side] for side in (a, b))
    blocks = SequenceMatcher(None, key_a, key_b, autojunk=False).get_opcodes()
    if cut and len(blocks) > 1 and blocks[-1][0] != "equal":  # only the cut makes these differ
        del blocks[-1]
    sides: tuple[list[Markup], list[Markup]] = ([], [])
    for n, (kind, a1, a2, b1, b2) in enumerate(blocks):
        for side, tokens, start, end in ((sides[0], a, a1, a2), (sides[1], b, b1, b2)):
            if kind == "equal":
                side.append(_shorten_same(tokens[start:end], first=n == 0, last=n == len(blocks) - 1))
            elif start < end:
                side.append(_mark_difference("".join(tokens[start:end])))
    more = Markup('<span class="more"> …</span>') if cut and blocks[-1][0] != "equal" else Markup("")
    return Markup("").join(sides[0]) + more, Markup("").join(sides[1]) + more


def _mark_difference(text: str) -> Markup:
    if not _WORD.search(text):
        return visible(text)
    words = text.rstrip()
    return Markup('<mark class="only">{}</mark>{}').format(visible(words), visible(text[len(words) :]))


def _shorten_same(tokens: Sequence[str], *, first: bool, last: bool) -> Markup:
    before = 4 * _ABOUT if first and last else _ABOUT  # equal texts: the opening is enough
    after = 0 if last else _ABOUT
    words = sum(bool(_WORD.match(t)) for t in tokens[before : len(tokens) - after])
    if words < 2 * _ABOUT:
        return visible("".join(tokens))
    gap = Markup('<span class="more"> … {} words the same … </span>').format(f"{words:,}")
    return visible("".join(tokens[:before])) + gap + visible("".join(tokens[len(tokens) - after :]))
