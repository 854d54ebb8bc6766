"""The marked stories: the sample articles with their findings marked, as many as fit into the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest

from markupsafe import Markup

from copydesk.checks import FAMILIES
from copydesk.model.result import Result, Sample
from copydesk.reports.html.marked_text import clip
from copydesk.reports.html.marks import READING_ORDER, Mark, field_rank, number_marks
from copydesk.reports.html.page import part, size_of
from copydesk.reports.html.story_field import Block, Note, StoryField
from copydesk.reports.places import place

__all__ = ["Story", "language_of", "lay_out", "site_of"]

# Room for all stories and for one, in bytes as rendered.
_ROOM, _STORY_ROOM = 1_100_000, 90_000
_MOST_STORIES = 60
# Characters of a body and notes of a story; the next pair is tried where a story is too large.
_SIZES = ((6_000, 60), (1_000, 20), (150, 5))
_FIELD_ROOM = 600  # characters of any other field

_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?")
_HOST = re.compile(r"https?://(?:www\.)?([^/?#:@\s]{1,255})", re.I)
_WEB = re.compile(r"https?://[!-~]{1,1500}")


@dataclass(frozen=True, slots=True)
class Story:
    """An article as the page shows it.

    marks: all findings in it; the page has those whose numbers are in `noted`. Some may not count, see `Mark.known`.
    after: the blocks with every repair made; none where nothing can be repaired.
    content: the rendered story.
    """

    anchor: str
    sample: Sample
    where: str
    id: str
    publisher: str
    slug: str
    headline: str
    url: str
    language: str
    blocks: list[Block]
    after: list[Block]
    marks: list[Mark]
    noted: set[int]
    kinds: list[str]
    checks: list[str]
    known_checks: list[str]
    content: Markup = field(default_factory=Markup)

    @property
    def without_note(self) -> int:
        """How many findings that count have no note in the page."""
        return sum(m.number not in self.noted and not m.known for m in self.marks)


def lay_out(result: Result, *, checks: list[str], pairs: Mapping[str, str], folder: str) -> tuple[list[Story], int]:
    """Lay out the samples; a sample for each failed check comes before further ones.

    Args:
        result: has the samples.
        checks: the failed checks, the worst first.
        pairs: anchors of articles that stand side by side elsewhere in the page, by their ids.
        folder: the folder that file names leave out.

    Returns:
        The stories in the order of the collection, and how many samples did not fit.
    """
    there = [n for n, sample in enumerate(result.samples) if "body" in sample.article]
    order = _by_need(result, checks, there)[:_MOST_STORIES]
    ids = {**pairs, **{result.samples[n].article.get("id") or "": f"story-{n + 1}" for n in order}}
    taken: set[str] = set()
    left = _ROOM
    stories: dict[int, Story] = {}
    for n in order:
        for room, notes in _SIZES:
            before = set(taken)
            story = _story(result.samples[n], f"story-{n + 1}", taken, ids, folder, room=room, notes=notes)
            size = size_of("story", story, story.content)
            if size <= _STORY_ROOM:
                break
            taken = before
        else:
            continue
        if size <= left:
            left -= size
            stories[n] = story
    alive = {*pairs.values(), *(s.anchor for s in stories.values())}
    return [_without_dead_links(stories[n], alive) for n in sorted(stories)], len(there) - len(stories)


def _by_need(result: Result, checks: list[str], there: list[int]) -> list[int]:
    """Return the numbers of the samples: the first of each failed check, then the second of each, and so on."""
    by_check: dict[object, list[int]] = {check: [] for check in checks}
    for n in there:
        for check in {f.get("check") for f in result.samples[n].findings} & by_check.keys():
            by_check[check].append(n)
    in_turn = chain.from_iterable(zip_longest(*by_check.values()))
    return list(dict.fromkeys([*(n for n in in_turn if n is not None), *there]))


def _story(
    sample: Sample, anchor: str, taken: set[str], ids: Mapping[str, str], folder: str, *, room: int, notes: int
) -> Story:
    article = {k: v for k, v in sample.article.items() if v is not None}
    marks = number_marks(sample, taken)
    shown = sorted(marks, key=lambda m: m.known)[:notes]
    fields = [f for f in READING_ORDER if f in article or f in ("headline", "body")]
    fields += {m.field for m in shown} - set(fields)
    fields.sort(key=lambda f: (field_rank(f), f))
    blocks: list[Block] = []
    after: list[Block] = []
    noted: set[int] = set()
    repairable = False
    for name in fields:
        here = [m for m in shown if m.field == name]
        if not here and name in ("section", "modified"):
            continue
        size = room if name == "body" else min(room, _FIELD_ROOM)
        story_field = StoryField(name, article.get(name), here, room=size, story=anchor, ids=ids, folder=folder)
        blocks += story_field.as_read()
        after += story_field.as_repaired()
        noted |= story_field.noted
        repairable |= bool(story_field.edits)
    url = article.get("url", "")
    story = Story(
        anchor=anchor,
        sample=sample,
        where=_where(sample, folder),
        id=clip(article.get("id", ""), 200),
        publisher=clip(article.get("publisher", "").strip() or site_of(article.get("url", "")), 80),
        slug=clip(article.get("publisher", ""), 80),
        headline=clip(" ".join(article.get("headline", "").split()), 140),
        url=url if _WEB.fullmatch(url) else "",  # no other scheme may become a link
        language=language_of(article),
        blocks=blocks,
        after=after if repairable else [],
        marks=marks,
        noted=noted,
        kinds=[k for k in FAMILIES if any(m.kind == k for m in shown)],
        checks=list(dict.fromkeys(m.value("check") for m in marks if not m.known)),
        known_checks=list(dict.fromkeys(m.value("check") for m in marks if m.known)),
    )
    return replace(story, content=part("story_content", story))


def language_of(article: Mapping[str, str | None]) -> str:
    """Return the language that an article declares; empty if a browser would not know it."""
    language = article.get("language") or ""
    return language if _LANGUAGE.fullmatch(language) else ""


def site_of(url: str) -> str:
    """Return the host of an address without its www; empty if it has none.

    >>> site_of("https://www.quay.example/news/7")
    'quay.example'
    """
    found = _HOST.match(url)
    return found[1].lower() if found else ""


def _where(sample: Sample, folder: str) -> str:
    first = next(iter([*sample.findings, *sample.known]), {})
    if first.get("file"):
        return clip(place(str(first["file"]), first.get("row"), first.get("line"), folder=folder), 160)
    return clip(sample.article.get("id") or "an article", 160)


def _without_dead_links(story: Story, there: set[str]) -> Story:
    """Return the story without links to stories that did not fit."""

    def dead(note: Note) -> bool:
        link = note.related_anchor
        return bool(link) and link not in there and not link.startswith(f"{story.anchor}-")

    if not any(dead(n) for b in story.blocks for n in b.notes):
        return story
    unlinked = [
        replace(b, notes=[replace(n, related_anchor="") if dead(n) else n for n in b.notes]) for b in story.blocks
    ]
    story = replace(story, blocks=unlinked)
    return replace(story, content=part("story_content", story))
