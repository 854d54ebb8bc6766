"""Articles under repair: repairs are made in memory, and each is held against the same checks again.

A repair can bring another defect to light: what stood around a deleted line now meets. Such a finding is repaired in
turn, until there is nothing left to repair. A repair that would leave a finding which was not there before is not made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copydesk.checks import ArticleCheck
from copydesk.checks.suite import Judgement
from copydesk.engine.parts import part_of
from copydesk.errors import InputError
from copydesk.lazy import pl
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk
from copydesk.repair.choice import Choice
from copydesk.repair.edits import Edit, Repair, apply, original_span
from copydesk.repair.state import State

__all__ = ["Repaired", "Repairing"]

#: So often is an article repaired in turn, and so often without the repairs that made a new finding. What is not done
#: by then is left as it was: no article of the benchmark needs more than four of either.
_MOST_ROUNDS, _MOST_TRIES = 8, 8

_SHOWN = ("check", "field", "start", "end", "text", "repair", "replacement", "severity", "fingerprint", "reason")


@dataclass(slots=True)
class Repaired:
    """An article of a file, and what becomes of it.

    file, row, line: where it stands, see `copydesk.model.chunk.Chunk`.
    article_id: its name in findings.
    columns: the column of each field.
    article: its place and all its fields, as they were read.
    before: the fields that are repaired, as they were read.
    edits: the edits of each of these fields.
    held_back: repairs that are not made, because they would make a new finding.
    left: the findings that are left, as rows of FINDING.
    unseen: how many of these the checks no longer find, because the lines around them are gone by which they were told.
    """

    file: str
    row: int
    line: int | None
    article_id: str
    columns: Mapping[str, str]
    article: Mapping[str, Any] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    held_back: list[Repair] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    unseen: int = 0

    def after(self, name: str) -> str:
        """Return a field with its repairs made."""
        return apply(self.before[name], self.edits[name])


class Repairing:
    """Repairs the articles of chunks.

    Args:
        judgements: the checks of the suite.
        columns: the columns that the suite names.
        choice: which findings are repaired.
    """

    def __init__(self, judgements: Iterable[Judgement], columns: Iterable[str], choice: Choice) -> None:
        judgements = list(judgements)
        self._checks = {j.check.name: j.check for j in judgements}
        self._alone = [j for j in judgements if isinstance(j.check, ArticleCheck)]
        self._of_articles = {j.check.name for j in self._alone}
        self._columns = tuple(columns)
        self._choice = choice

    def repair(self, chunk: Chunk, findings: pl.DataFrame) -> list[Repaired]:
        """Return the articles of a chunk that have findings, in order.

        Args:
            chunk: the articles.
            findings: the findings in them, with the columns of FINDING.

        Raises:
            InputError: the articles are not those in which the findings were.
        """
        places = chunk.articles.select("file", "row").with_row_index("_index")
        rows = findings.join(places, on=["file", "row"], how="inner").sort("_index", "start", "check")
        by_index: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for finding in rows.iter_rows(named=True):
            by_index[finding["_index"]].append(finding)
        numbers = list(by_index)
        fields = [name for name in FIELDS if name in chunk.articles.columns]
        articles = chunk.articles[numbers].select("file", "row", "line", *fields).to_dicts()
        found = dict(zip(numbers, articles, strict=True))
        states = []
        for index, some in by_index.items():
            state = State(index, {name: found[index][name] or "" for name in fields}, some)
            _expect_words(some, state.texts, found[index])
            if any(self._first(state)):
                states.append(state)
        settled = {state.index: state for state in self._settle(states, chunk)}
        return [self._result(found[i], by_index[i], chunk.columns, settled.get(i)) for i in by_index]

    def _first(self, state: State) -> Iterator[Repair]:
        for finding in state.before:
            check = self._checks.get(finding["check"])
            text = state.texts.get(finding["field"])
            repair = self._choice.repair_of(finding, check, text) if check and text is not None else None
            if repair:
                yield repair

    def _settle(self, states: list[State], chunk: Chunk) -> list[State]:
        """Repair articles until each has no finding that it did not have before."""
        waiting = states
        for _ in range(_MOST_TRIES):
            unfinished = self._make(waiting, chunk)
            for state in unfinished:
                state.give_up()
            ready = [state for state in waiting if state not in unfinished]
            waiting = [state for state in ready if self._block_culprits(state)]
            if not waiting:
                break
        for state in waiting:
            state.give_up()
        return states

    def _make(self, states: list[State], chunk: Chunk) -> list[State]:
        """Make repairs round by round; return the articles that have still some to make."""
        due = []
        for state in states:
            state.edits = {}
            state.after = state.before
            if state.add(self._first(state)):
                due.append(state)
        for _ in range(_MOST_ROUNDS):
            if not due:
                break
            self._look(due, chunk)
            due = [state for state in due if state.add(self._next(state))]
        return due

    def _next(self, state: State) -> Iterator[Repair]:
        texts = {name: state.text(name) for name in state.texts}
        for finding in state.after:
            repair = self._choice.repair_of(finding, self._checks[finding["check"]], texts[finding["field"]])
            if repair:
                yield repair

    def _look(self, states: list[State], chunk: Chunk) -> None:
        """Hold articles as they are now against the checks of single articles."""
        frame = chunk.articles[[state.index for state in states]]
        changed = {
            name: pl.Series(
                [s.text(name) if name in s.edits else old for s, old in zip(states, frame[name], strict=True)]
            )
            for name in {name for state in states for name in state.edits}
        }
        part = part_of(Chunk(frame.with_columns(**changed)), self._alone, self._columns)
        for state in states:
            state.after = []
        if part.frames is not None:
            for finding in part.frames.findings.select("article", *_SHOWN).iter_rows(named=True):
                states[finding["article"]].after.append(finding)

    def _block_culprits(self, state: State) -> bool:
        """Block the edits nearest to each new finding; return whether there is one."""
        new = list(self._new(state))
        for finding in new:
            name = finding["field"] if finding["field"] in state.edits else next(iter(state.edits), "")
            edits = state.edits.get(name, [])
            if finding["field"] != name or not edits:
                for other, some in state.edits.items():
                    state.block(other, some)
                break
            start, end = original_span(edits, finding["start"], finding["end"])
            distance = [max(e.start - end, start - e.end, 0) for e in edits]
            state.block(name, [e for e, far in zip(edits, distance, strict=True) if far == min(distance)])
        return bool(new)

    def _new(self, state: State) -> Iterator[dict[str, Any]]:
        """Yield the findings of an article that it did not have: of other words, and in another place."""
        if not state.edits:
            return
        alone = [f for f in state.before if f["check"] in self._of_articles]
        known = Counter(map(_words, alone))
        places: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for finding in alone:
            places[finding["check"], finding["field"]].append((finding["start"], finding["end"]))
        for finding in state.after:
            words = _words(finding)
            if known[words]:
                known[words] -= 1
                continue
            start, end = original_span(state.edits.get(finding["field"], []), finding["start"], finding["end"])
            same = places[finding["check"], finding["field"]]
            if not any(at < end and start < to for at, to in same):
                yield finding

    def _result(
        self,
        article: Mapping[str, Any],
        findings: list[dict[str, Any]],
        columns: Mapping[str, str],
        state: State | None,
    ) -> Repaired:
        place = {name: article[name] for name in ("file", "row", "line")}
        place |= {"article_id": findings[0]["article_id"], "columns": columns, "article": article}
        if state is None or not state.edits:
            return Repaired(**place, held_back=list(state.held_back) if state else [], left=findings)
        made = {r for some in state.edits.values() for edit in some for r in edit.repairs}
        names = {(r.check, r.fingerprint) for r in made}
        left = [f for f in findings if (f["check"], f["fingerprint"]) not in names and not _is_gone(f, state.edits)]
        seen = Counter(f["check"] for f in state.after)
        before = Counter(f["check"] for f in left if f["check"] in self._of_articles)
        return Repaired(
            **place,
            before={name: state.texts[name] for name in state.edits},
            edits=dict(state.edits),
            held_back=[r for r in state.held_back if r not in made],
            left=left,
            unseen=(before - seen).total(),
        )


def _is_gone(finding: Mapping[str, Any], edits: Mapping[str, Sequence[Edit]]) -> bool:
    """Return whether the words of a finding went with others."""
    start, end = finding["start"], finding["end"]
    return start < end and any(e.start <= start and end <= e.end for e in edits.get(finding["field"], ()))


def _words(finding: Mapping[str, Any]) -> tuple[str, str, str]:
    return finding["check"], finding["field"], " ".join((finding["text"] or "").lower().split())


def _expect_words(findings: Iterable[Mapping[str, Any]], texts: Mapping[str, str], article: Mapping[str, Any]) -> None:
    """Check that findings are in the texts."""
    for finding in findings:
        text = texts.get(finding["field"])
        if finding["repair"] != "none" and (text is None or text[finding["start"] : finding["end"]] != finding["text"]):
            raise InputError(
                f"{article['file']}, row {article['row']}: the file has changed while it was repaired. Run again."
            )
