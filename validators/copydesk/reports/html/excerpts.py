"""The evidence of each failed check: different words that it found, how often it found them, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import polars as pl
from markupsafe import Markup

from copydesk.model.result import Result
from copydesk.reports.html.check_tables import CheckRow, failed_in_order
from copydesk.reports.html.marked_text import clip, visible
from copydesk.reports.html.marks import Mark
from copydesk.reports.html.page import size_of
from copydesk.reports.html.stories import Story
from copydesk.reports.html.wording import broken_lines, first_line, head, last_line, middle, tail
from copydesk.reports.places import place, position, twin

__all__ = ["Evidence", "Excerpt", "Place", "evidence"]

_ROOM = 400_000  # bytes as rendered
_MOST_EXCERPTS, _MOST_PLACES, _MOST_OFTEN = 6, 3, 5
_ABOUT = 80  # characters on each side of an excerpt
_BESIDE = 44  # characters of the line above and of the line below, for an excerpt of whole lines
_WORDS = 120  # characters that are compared: words with the same beginning count as equal


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: file and position, publisher or id of the article, and the anchor of its story in the page."""

    file: str
    position: str
    about: str
    anchor: str


@dataclass(slots=True)
class Excerpt:
    """Words that a check found, with the text around them."""

    text: Markup
    reason: str
    language: str
    times: int
    places: list[Place] = field(default_factory=list)
    other: Place | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A failed check: its row, the reason if all its excerpts share it, the excerpts, and other frequent words."""

    row: CheckRow
    reason: str
    excerpts: list[Excerpt]
    often: list[tuple[str, int]]
    values: list[str]
    rows_rejected: bool


def evidence(result: Result, stories: Sequence[Story], *, folder: str) -> list[Evidence]:
    """Collect the evidence of each failed check, in the order of the page.

    Args:
        result: the run.
        stories: the stories in the page.
        folder: the folder that file names leave out.
    """
    failed = failed_in_order(result)
    names = [e.check for _, e in failed if e.check]
    word_counts = _Words(result.counted, names)
    homes = {s.sample.article.get("id") or "": s.anchor for s in stories}
    excerpts: dict[str, dict[str, Excerpt]] = {name: {} for name in names}
    for check, words, mark, story in (*_in_stories(stories), *word_counts.first()):
        known = excerpts.get(check)
        if known is None or (words not in known and len(known) == _MOST_EXCERPTS):
            continue
        if words not in known:
            known[words] = _excerpt(mark, story, folder, homes)
        new, places = _place(mark, story, folder), known[words].places
        if len(places) < _MOST_PLACES and all((p.file, p.position) != (new.file, new.position) for p in places):
            places.append(new)
    word_counts.count(excerpts)
    out: list[Evidence] = []
    left = _ROOM
    for row, e in failed:
        own = excerpts.get(e.check or "", {})
        reasons = {x.reason for x in own.values()}
        item = Evidence(
            row=row,
            reason=reasons.pop() if len(reasons) == 1 else "",
            excerpts=sorted(own.values(), key=lambda x: -x.times),
            often=word_counts.often(e.check or "", beside=own),
            values=[clip(v, 160) for v in e.values[:20]],
            rows_rejected=bool(result.rejected) and e.of_rows,
        )
        size = size_of("evidence", item)
        if size > left:
            item = replace(item, reason="", often=[], excerpts=[], values=[], row=replace(row, options=[]))
        left -= size
        out.append(item)
    return out


def _in_stories(stories: Iterable[Story]) -> Iterator[tuple[str, str, Mark, Story | None]]:
    for story in stories:
        for m in story.marks:
            text = (story.sample.article.get(m.field) or "")[m.start : m.end]
            yield m.value("check"), text[:_WORDS].strip(), m, story


class _Words:
    """The words that checks found, counted over all findings."""

    def __init__(self, findings: pl.LazyFrame, checks: list[str]) -> None:
        words = pl.col("text").fill_null("").str.head(_WORDS).str.strip_chars()
        self._findings = findings.filter(pl.col("check").is_in(checks)).with_columns(_words=words)
        self._counts = self._findings.group_by("check", "_words").agg(times=pl.len())
        # Some of the most frequent words are among the excerpts already.
        most = self._counts.filter((pl.col("times") > 1) & (pl.col("_words") != ""))
        most = most.sort("check", "times", "_words", descending=[False, True, False])
        most = most.group_by("check", maintain_order=True).head(_MOST_OFTEN + _MOST_EXCERPTS)
        self._most: dict[str, list[tuple[str, int]]] = {}
        for check, text, times in most.select("check", "_words", "times").collect().iter_rows():
            self._most.setdefault(check, []).append((text, times))

    def first(self) -> Iterator[tuple[str, str, Mark, None]]:
        """Yield the first findings of each check, equal words once."""
        rows = self._findings.unique(["check", "_words"], keep="first", maintain_order=True)
        rows = rows.group_by("check", maintain_order=True).head(_MOST_EXCERPTS)
        for finding in rows.collect().iter_rows(named=True):
            yield finding["check"], finding["_words"], Mark(finding), None

    def count(self, excerpts: dict[str, dict[str, Excerpt]]) -> None:
        """Write into each excerpt how many findings have its words."""
        pairs = [
            {"check": check, "_words": words}
            for check, known in excerpts.items()
            for words in known
            if words.encode("utf-8", "ignore").decode()
            == words  # a sample may hold half a surrogate pair, a frame cannot
        ]
        of_excerpts = pl.LazyFrame(pairs, schema={"check": pl.String, "_words": pl.String})
        rows = self._counts.join(of_excerpts, on=["check", "_words"], how="semi")
        for check, words, times in rows.select("check", "_words", "times").collect().iter_rows():
            excerpts[check][words].times = times

    def often(self, check: str, *, beside: Iterable[str]) -> list[tuple[str, int]]:
        """Return the most frequent words of a check that are not among its excerpts."""
        excerpts = set(beside)
        others = [(clip(words, 70), times) for words, times in self._most.get(check, []) if words not in excerpts]
        return others[:_MOST_OFTEN]


def _excerpt(m: Mark, story: Story | None, folder: str, homes: dict[str, str]) -> Excerpt:
    other = twin(m.finding)
    related = None
    if other:
        file = clip(place(other.file, None, folder=folder), 160)
        related = Place(file, position(other.row), middle(other.id, 100), homes.get(other.id, ""))
    reason = m.value("reason")
    if story is None and not other and m.value("related"):
        reason = f"{reason}; {m.value('related')}"
    return Excerpt(
        text=_text_around(m, story.sample.article.get(m.field)) if story else _finding_text(m),
        reason=clip(reason, 240),
        language=story.language if story else "",
        times=1,
        other=related,
    )


def _place(m: Mark, story: Story | None, folder: str) -> Place:
    about = story.slug if story else ""
    if twin(m.finding):
        about = middle(m.value("article_id"), 100) or about
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
    marked = Markup('<mark class="mark k-{} {} {}">{}</mark>').format(m.kind, goes, empty, words)
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
    return Markup('<mark class="mark k-{} {}">{}</mark>').format(m.kind, goes, broken_lines(middle(text, 260)))
