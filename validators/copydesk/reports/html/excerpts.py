"""The evidence of each failed check: different words that it found, how often it found them, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from copydesk.model.result import Result
from copydesk.reports.html.check_tables import CheckRow, failed_in_order
from copydesk.reports.html.explanation import explanation
from copydesk.reports.html.marked_text import clip, visible
from copydesk.reports.html.marks import Mark
from copydesk.reports.html.page import size_of
from copydesk.reports.html.stories import Story
from copydesk.reports.html.wording import (
    broken_lines,
    first_line,
    head,
    last_line,
    middle,
    shorten_id,
    tail,
    words_or_spaces,
)
from copydesk.reports.html.words import COMPARED, Words, count_words
from copydesk.reports.places import place, position, twin

__all__ = ["Evidence", "Excerpt", "Place", "evidence"]

_ROOM = 400_000  # bytes as rendered
_MOST_EXCERPTS, _MOST_PLACES, _MOST_OFTEN = 6, 3, 12
_ABOUT = 80  # characters on each side of an excerpt
_BESIDE = 44  # characters of the line above and of the line below, for an excerpt of whole lines


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: file and position, publisher or id of the article, and the anchor of its story in the page."""

    file: str
    position: str
    about: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words that a check found, with the text around them; `share` percent of their article stand in the other one."""

    text: Markup
    reason: str
    language: str
    times: int
    places: list[Place]
    other: Place | None = None
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A failed check: its row, the reason if all its excerpts share it, the excerpts, and further frequent words."""

    row: CheckRow
    reason: str
    excerpts: list[Excerpt]
    often: list[tuple[str, int, Place]]
    values: list[str]
    rows_rejected: bool
    explanation: tuple[tuple[str, str], ...] = ()


def evidence(result: Result, stories: Sequence[Story], *, folder: str) -> list[Evidence]:
    """Collect the evidence of each failed check, in the order of the page; its words by frequency.

    Args:
        result: the run.
        stories: the stories in the page.
        folder: the folder that file names leave out.
    """
    failed = failed_in_order(result)
    counted = count_words(result.counted, [e.check for _, e in failed if e.check])
    homes = {s.sample.article.get("id") or "": s.anchor for s in stories}
    publishers = _publishers(result)
    in_stories: dict[tuple[str, str], list[tuple[Mark, Story]]] = {}
    for check, text, mark, story in _in_stories(stories):
        in_stories.setdefault((check, text), []).append((mark, story))
    out: list[Evidence] = []
    left = _ROOM
    for row, e in failed:
        check = e.check or ""
        found = {w.text: w for w in counted.get(check, [])}
        once = [text for name, text in in_stories if name == check and text not in found]
        often = [w.text for w in found.values() if w.times > 1]
        order = list(dict.fromkeys([*often[:_MOST_EXCERPTS], *once, *found]))[:_MOST_EXCERPTS]
        excerpts = []
        for text in order:
            words = found.get(text) or Words(text, 1)
            stands: list[tuple[Mark, Story | None]] = [*in_stories.get((check, text), [])]
            stands += [(Mark(f), None) for f in words.first]
            excerpts.append(_excerpt(stands, words.times, folder, homes, publishers.get((check, text), "")))
        reasons = {x.reason for x in excerpts}
        item = Evidence(
            row=row,
            reason=reasons.pop() if len(reasons) == 1 else "",
            excerpts=excerpts,
            often=[
                (
                    clip(w, 70),
                    found[w].times,
                    _place(Mark(found[w].first[0]), None, folder, publishers.get((check, w), "")),
                )
                for w in often
                if w and w not in order
            ][:_MOST_OFTEN],
            values=[clip(v, 160) for v in e.values[:20]],
            rows_rejected=bool(result.rejected) and e.of_rows,
            explanation=explanation(check) if check else (),
        )
        size = size_of("evidence", item)
        if size > left:
            item = replace(
                item, reason="", often=[], explanation=(), excerpts=[], values=[], row=replace(row, options=[])
            )
        left -= size
        out.append(item)
    return out


def _publishers(result: Result) -> dict[tuple[str, str], str]:
    """Return the publisher that repeats the words of a check most often, by check and words."""
    work = result.overview.work if result.overview else None
    lines = [(c.findings, (c.check, c.text), w.publisher) for w in (work.publishers if work else ()) for c in w.changes]
    return {words: publisher for _, words, publisher in sorted(lines)}


def _in_stories(stories: Iterable[Story]) -> Iterator[tuple[str, str, Mark, Story]]:
    for story in stories:
        for m in (m for m in story.marks if not m.known):
            text = (story.sample.article.get(m.field) or "")[m.start : m.end]
            yield m.value("check"), text[:COMPARED].strip(), m, story


def _excerpt(
    stands: Sequence[tuple[Mark, Story | None]], times: int, folder: str, homes: dict[str, str], publisher: str
) -> Excerpt:
    """Return words with the text around their first stand, and their first places."""
    m, story = stands[0]
    other = twin(m.finding)
    related = None
    if other:
        file = clip(place(other.file, None, folder=folder), 160)
        related = Place(file, position(other.row), shorten_id(other.id), homes.get(other.id, ""))
    reason = m.value("reason")
    if story is None and not other and m.value("related"):
        reason = f"{reason}; {m.value('related')}"
    places: dict[tuple[str, str], Place] = {}
    for mark, home in stands:
        new = _place(mark, home, folder, publisher)
        places.setdefault((new.file, new.position), new)
    return Excerpt(
        text=_text_around(m, story.sample.article.get(m.field)) if story else _finding_text(m),
        reason=clip(reason, 240),
        language=story.language if story else "",
        times=times,
        places=list(places.values())[:_MOST_PLACES],
        other=related,
        share=m.share,
    )


def _place(m: Mark, story: Story | None, folder: str, publisher: str) -> Place:
    about = story.slug if story else clip(publisher, 80)
    if twin(m.finding):
        about = shorten_id(m.value("article_id")) or about
    return Place(
        file=clip(place(m.value("file"), None, folder=folder), 160),
        position=position(m.finding.get("row"), m.finding.get("line")),
        about=about,
        anchor="" if not story else m.anchor if m.number in story.noted else story.anchor,
    )


def _text_around(m: Mark, text: str | None) -> Markup:
    """Return the words with the text around them in the field."""
    if not text or not text.strip():
        return Markup('<span class="missing mark k-{}">{}</span>').format(
            m.kind, f"No {m.field}" if not text else f"The {m.field} is blank"
        )
    goes = "goes" if m.repair == "delete" else "stays"
    empty = "empty" if m.start == m.end else "full"
    words = broken_lines(middle(text[m.start : m.end], 260))
    marked = Markup('<mark class="mark k-{} {} {}">{}</mark>').format(m.kind, goes, empty, words) + _replacement(m)
    before, after = last_line(text[: m.start]), first_line(text[m.end :])
    if before.strip() or after.strip():
        return visible(tail(before, _ABOUT)) + marked + visible(head(after, _ABOUT))
    # Whole lines: the lines above and below show the place.
    above, below = last_line(text[: m.start].rstrip()), first_line(text[m.end :].lstrip())
    beside = Markup('<span class="beside">{}</span>')
    lines = [beside.format(visible(tail(above, _BESIDE)))] if above else []
    lines.append(marked)
    lines += [beside.format(visible(head(below, _BESIDE)))] if below else []
    return Markup("\n").join(lines)


def _finding_text(m: Mark) -> Markup:
    """Return the words of a finding whose article is not among the samples."""
    text = m.value("text")
    if not text.strip():
        return Markup("")
    goes = "goes" if m.repair == "delete" else "stays"
    marked = Markup('<mark class="mark k-{} {}">{}</mark>').format(m.kind, goes, broken_lines(middle(text, 260)))
    return marked + _replacement(m)


def _replacement(m: Mark) -> Markup:
    """Return what a repair puts in the place of the words; empty if it puts nothing."""
    after = m.value("replacement") if m.repair == "replace" else ""
    if not after:
        return Markup("")
    arrow = Markup(' <span class="turns" aria-label="becomes">→</span> <ins class="put">{}</ins>')
    return arrow.format(words_or_spaces(middle(after, 260)))
