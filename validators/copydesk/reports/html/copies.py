"""Copies side by side: two articles that are one story, with the words in which they differ marked."""

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

__all__ = ["COMPARED", "Pair", "Side", "compared", "pair_anchors", "side_by_side"]

#: How many characters of each text are compared.
COMPARED = 2_400

_ABOUT = 14  # words that are shown about a difference

#: Words with the space behind them; in scripts without spaces, characters.
_TOKEN = re.compile(rf"(?:[{UNSPACED_RANGES}]|[^\W_]+|\S)\s*")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two articles: where it stands, what tells it from others, its text with the differences marked."""

    where: str
    anchor: str
    about: list[str]
    headline: str
    language: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Pair:
    """An article beside its first copy; `others` are where more copies stand, `unlisted` how many more."""

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
        overview: whose copies are laid out.
        homes: the anchors of the stories in the page, by the articles' ids.
        folder: what is left out where a file is named.
    """
    return [_pair(n, cluster, homes, folder) for n, cluster in enumerate(overview.copies, start=1)]


def pair_anchors(overview: Overview | None) -> dict[str, str]:
    """Return for the articles that stand side by side, by their ids, the anchors of their pairs."""
    clusters = overview.copies if overview else ()
    return {copy.id: f"pair-{n}" for n, cluster in enumerate(clusters, start=1) for copy in cluster.pair}


def _pair(number: int, cluster: Copies, homes: Mapping[str, str], folder: str) -> Pair:
    both = cluster.pair
    texts = [(c.article or {}).get("body") or "" for c in both]
    marked = compared(*texts) if all(texts) else (Markup(""), Markup(""))
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


def compared(one: str, other: str) -> tuple[Markup, Markup]:
    """Return two texts with the words that stand in one alone marked, and long stretches of the same left out."""
    cut = len(one) > COMPARED or len(other) > COMPARED
    a, b = _TOKEN.findall(one[:COMPARED].strip()), _TOKEN.findall(other[:COMPARED].strip())
    key_a, key_b = ([t.strip().lower() for t in side] for side in (a, b))
    matched = SequenceMatcher(None, key_a, key_b, autojunk=False).get_opcodes()
    if cut and len(matched) > 1 and matched[-1][0] != "equal":  # what the cut alone has made different
        del matched[-1]
    sides: tuple[list[Markup], list[Markup]] = ([], [])
    for n, (kind, a1, a2, b1, b2) in enumerate(matched):
        for side, tokens, start, end in ((sides[0], a, a1, a2), (sides[1], b, b1, b2)):
            if kind == "equal":
                side.append(_same(tokens[start:end], first=n == 0, last=n == len(matched) - 1))
            elif start < end:
                side.append(_differing("".join(tokens[start:end])))
    more = Markup('<span class="more"> …</span>') if cut and matched[-1][0] != "equal" else Markup("")
    return Markup("").join(sides[0]) + more, Markup("").join(sides[1]) + more


def _differing(text: str) -> Markup:
    if not _WORD.search(text):
        return visible(text)
    words = text.rstrip()
    return Markup('<mark class="only">{}</mark>{}').format(visible(words), visible(text[len(words) :]))


def _same(tokens: Sequence[str], *, first: bool, last: bool) -> Markup:
    before = 4 * _ABOUT if first and last else _ABOUT  # where nothing differs, the opening will do
    after = 0 if last else _ABOUT
    words = sum(bool(_WORD.match(t)) for t in tokens[before : len(tokens) - after])
    if words < 2 * _ABOUT:
        return visible("".join(tokens))
    said = Markup('<span class="more"> … {} words the same … </span>').format(f"{words:,}")
    return visible("".join(tokens[:before])) + said + visible("".join(tokens[len(tokens) - after :]))
