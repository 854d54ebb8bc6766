"""Rules: lines of a publisher that a person decided on. `copydesk mine` writes them, checks read them.

A rule file is YAML: `rules` is a list of {`publisher`, `line`, `action`}, and what `mine` says as evidence beside.
`action` is delete, keep or ?. In a line, <number> stands for figures, such as 12.30 or 2024-05-01, and … for any words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.errors import SuiteError, did_you_mean
from copydesk.lazy import pl
from copydesk.lexicon.slots import Slotted
from copydesk.text.expressions import UNSPACED, normalised

__all__ = ["ACTIONS", "EVIDENCE", "NUMBER", "SLOT", "Rule", "Rules", "load_rules", "numbered", "parse_rules"]

#: What is done with a line: it is deleted, it belongs to the story, or nobody has decided yet.
ACTIONS = ("delete", "keep", "?")

#: Stands for any words in a line.
SLOT = "…"

#: Stands for figures in a line: digits, with marks between them.
NUMBER = "<number>"
_FIGURES = r"\d+(?:[\d.,:/-]*\d)?"

#: What `copydesk mine` says beside a rule; nothing reads it but people.
EVIDENCE = ("articles", "share", "first", "last", "words", "samples", "note")

_NEEDED = ("publisher", "line", "action")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of a publisher, and what is done with it. The publisher is compared without case."""

    publisher: str
    line: str
    action: str


class Rules:
    """Rules by publisher. A whole line goes before one with slots, and keep before delete."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        ordered = sorted(rules, key=lambda rule: ("?", "delete", "keep").index(rule.action))
        self._plain = _Lines(rule for rule in ordered if NUMBER not in rule.line)
        self._numbered = _Lines(rule for rule in ordered if NUMBER in rule.line)
        self.publishers = sorted(self._plain.publishers | self._numbered.publishers)

    def actions(self, publishers: pl.Series, lines: pl.Series) -> pl.Series:
        """Return the action for each line of a publisher (in lower case); null where no rule knows it."""
        frame = pl.DataFrame({"publisher": publishers, "line": lines}).with_row_index("n")
        ours = frame.filter(pl.col("publisher").is_in(self.publishers))
        forms = ours.with_columns(normalised(pl.col("line")), form=normalised(numbered(pl.col("line"))))
        actions: dict[int, str] = {}
        for n, publisher, line, form in forms.iter_rows():
            action = self._plain.action(publisher, line) or self._numbered.action(publisher, form)
            if action:
                actions[n] = action
        blank = pl.Series("action", [None], dtype=pl.String).new_from_index(0, len(lines))
        return blank.scatter(list(actions), list(actions.values())) if actions else blank


class _Lines:
    """Lines of publishers, each whole or with slots; the last of several that are the same holds."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._whole: dict[tuple[str, str], str] = {}
        slotted: dict[str, list[tuple[str, str]]] = {}
        for rule in rules:
            publisher = rule.publisher.strip().lower()
            if SLOT in rule.line:
                slotted.setdefault(publisher, []).append((rule.line, rule.action))
            else:
                self._whole[publisher, _normal(rule.line)] = rule.action
        self._slots = {publisher: _slots(lines) for publisher, lines in slotted.items()}
        self.publishers = {publisher for publisher, _ in self._whole} | self._slots.keys()

    def action(self, publisher: str, line: str) -> str | None:
        slots = self._slots.get(publisher)
        if (publisher, line) in self._whole or not slots:
            return self._whole.get((publisher, line))
        bits = slots.bits(line)
        return next((action for action in ("keep", "delete", "?") if bits & _BITS[action]), None)


def numbered(line: pl.Expr) -> pl.Expr:
    """Return lines with NUMBER for each of their figures."""
    return line.str.replace_all(_FIGURES, NUMBER)


_BITS = {action: 1 << n for n, action in enumerate(ACTIONS)}


def _slots(lines: Iterable[tuple[str, str]]) -> Slotted:
    return Slotted((_parts(line), not _is_unspaced(line), _BITS[action]) for line, action in lines)


def _parts(line: str) -> list[str]:
    """Return what stands between the slots, folded; the edges of the line as a normalised line has them."""
    return [str(pl.select(normalised(pl.lit(part))).item()) for part in line.split(SLOT)]


def _is_unspaced(line: str) -> bool:
    return bool(pl.select(pl.lit(line).str.contains(UNSPACED)).item())


def _normal(line: str) -> str:
    return str(pl.select(normalised(pl.lit(line))).item())


def load_rules(files: tuple[str, ...]) -> Rules:
    """Read rule files, each once as long as it does not change.

    Raises:
        SuiteError: a file is not there, or is no rule file.
    """
    return _load(tuple((file, _stamp(file)) for file in files))


def _stamp(file: str) -> tuple[int, int]:
    try:
        status = Path(file).stat()
    except OSError as error:
        raise SuiteError(
            f"{file}: the rules cannot be read: {error.strerror}. Paths are relative to the working folder. `copydesk"
            " mine` writes such a file."
        ) from error
    return status.st_mtime_ns, status.st_size


@cache
def _load(files: tuple[tuple[str, tuple[int, int]], ...]) -> Rules:
    return Rules(rule for file, _ in files for rule in parse_rules(_text(file), file=file))


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SuiteError(f"{file}: the rules are not UTF-8 (byte {error.start}). Save the file as UTF-8.") from error


def parse_rules(text: str, *, file: str) -> list[Rule]:
    """Read the text of a rule file.

    Raises:
        SuiteError: it is not YAML, or a rule lacks a part or has one that is unknown.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        data = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SuiteError(f"{file}{line}: this is not YAML: {error.problem}.") from error
    rules: Any = data.get("rules") if isinstance(data, dict) else None
    if not isinstance(rules, list):
        raise SuiteError(f"{file}: expected a mapping with a list 'rules', as `copydesk mine` writes it.")
    marks: Any = rules  # a list that knows its lines
    return [_rule(entry, f"{file}, line {marks.lc.item(n)[0] + 1}") for n, entry in enumerate(rules)]


def _rule(entry: Any, place: str) -> Rule:
    if not isinstance(entry, Mapping):
        raise SuiteError(f"{place}: expected a rule with 'publisher', 'line' and 'action', got {entry!r}.")
    known = (*_NEEDED, *EVIDENCE)
    for key in entry:
        if key not in known:
            raise SuiteError(f"{place}: {key!r} is no part of a rule.{did_you_mean(str(key), known)}")
    for key in _NEEDED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise SuiteError(f"{place}: expected {key!r} to be text, got {entry.get(key)!r}. Put it in quotes.")
    if entry["action"] not in ACTIONS:
        raise SuiteError(
            f"{place}: action is {entry['action']!r}, expected one of {', '.join(ACTIONS)}."
            f"{did_you_mean(entry['action'], ACTIONS)}"
        )
    if not any(character.isalnum() for character in entry["line"]):
        raise SuiteError(f"{place}: the line {entry['line']!r} has no word, so that it would match any line.")
    return Rule(str(entry["publisher"]), str(entry["line"]), str(entry["action"]))
