"""Suites: read strictly, so that a slip of the pen is an error and never an expectation less.

A suite is a file that Great Expectations loads as an ExpectationSuite (`great_expectations.ExpectationSuite(**data)`).
Great Expectations drops an entry of an unknown type or severity with a line in its log, and passes an empty suite;
both are errors here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

from copydesk.checks import SEVERITIES, Check, all_checks, expectation_type, option_types, suite_files
from copydesk.checks.suite_file import read_yaml
from copydesk.errors import SuiteError, did_you_mean
from copydesk.paths import expect_path

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = ["SUITE_FILES", "Entry", "Judgement", "Suite", "judgements_of", "load_suite"]

#: The suffixes by which a file is told from the name of an installed suite.
SUITE_FILES = (".yml", ".yaml", ".json")

_TOP = ("name", "expectations", "suite_parameters", "meta", "notes", "id")
_ENTRY = ("type", "kwargs", "severity", "meta", "notes", "id", "description")
_COMMON = ("mostly", "row_condition", "condition_parser", "columns", "result_format", "catch_exceptions")
_NAMES_COLUMN = ("column", "column_A", "column_B", "column_list", "column_set")


@dataclass(frozen=True, slots=True)
class Entry:
    """One expectation of a suite.

    check: the check with its options, None for an expectation of Great Expectations' own.
    place: file and line, for errors.
    raw: the entry as Great Expectations takes it, the severity filled in.
    """

    type: str
    severity: str
    kwargs: Mapping[str, Any]
    check: Check | None
    place: str
    raw: Mapping[str, Any]

    @property
    def columns(self) -> list[str]:
        """The columns that it judges, where it is one of Great Expectations' own."""
        values = [self.kwargs.get(key) for key in _NAMES_COLUMN]
        return [v for value in values for v in ([value] if isinstance(value, str) else value or ()) if v]


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite that is what its author meant: every type, option and severity in it exists."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def checks(self) -> dict[str, Check]:
        """The different checks, by their signal's name."""
        return {e.check.key: e.check for e in self.entries if e.check is not None}

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the suite itself names, in its own expectations and row conditions."""
        return frozenset(name for e in self.entries for name in (*e.columns, *_condition_columns_of(e)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A check of the suite, the name of its signal, and the severity that its findings carry."""

    check: Check
    severity: str

    @property
    def key(self) -> str:
        """The name of the signal's column."""
        return self.check.key

    def applies(self, batch: Batch) -> bool:
        """Say whether the batch has the fields that the check needs."""
        return batch.fields.issuperset(self.check.needs)


def judgements_of(suite: Suite) -> list[Judgement]:
    """Return the different checks of a suite, each as severe as the severest of its entries."""
    severities: dict[str, list[str]] = {}
    for entry in suite.entries:
        if entry.check is not None:
            severities.setdefault(entry.check.key, []).append(entry.severity)
    return [Judgement(check, min(severities[key], key=SEVERITIES.index)) for key, check in suite.checks.items()]


def load_suite(suite: str | Path) -> Suite:
    """Load an installed suite by its name, or a file.

    Raises:
        SuiteError: no such suite or file, not YAML, an unknown type, option or severity, or no expectations.
    """
    installed = suite_files()
    if str(suite) in installed:
        return _installed_suite(installed[str(suite)].read_text(encoding="utf-8"), f"suite {suite}")
    expect_path(suite)
    path = Path(suite)
    if path.suffix not in SUITE_FILES:
        raise SuiteError(
            f"There is no suite {str(suite)!r}.{did_you_mean(str(suite), installed)} The installed suites are"
            f" {', '.join(sorted(installed))}; a suite of your own is named by its .yml file."
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SuiteError(f"{path}: the suite cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SuiteError(f"{path}: the suite is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    return parse_suite(text, file=str(path))


@cache
def _installed_suite(text: str, name: str) -> Suite:
    """Parse an installed suite once: it takes longer than to check a few articles."""
    return parse_suite(text, file=name)


def parse_suite(text: str, *, file: str) -> Suite:
    """Read the text of a suite file; see `load_suite`."""
    data, lines = read_yaml(text, file=file)
    if not isinstance(data, dict):
        raise SuiteError(f"{file}: expected a mapping with 'name' and 'expectations', got {_kind(data)}.")
    for key in data:
        if key not in _TOP:
            raise SuiteError(f"{file}: {key!r} is no part of a suite.{did_you_mean(str(key), _TOP)}")
    entries = data.get("expectations")
    if not isinstance(entries, list) or not entries:
        raise SuiteError(
            f"{file}: the suite holds no expectations, so that it would pass any data. List at least one under"
            " 'expectations:'."
        )
    name = data.get("name") or Path(file).stem
    return Suite(str(name), tuple(_entry(e, file, line) for e, line in zip(entries, lines, strict=True)))


def _entry(data: Any, file: str, line: int) -> Entry:
    place = f"{file}, line {line}"
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        raise SuiteError(f"{place}: expected an expectation with a 'type', got {_kind(data)}.")
    for key in data:
        if key not in _ENTRY:
            raise SuiteError(f"{place}: {key!r} is no part of an expectation.{did_you_mean(str(key), _ENTRY)}")
    raw = dict(data)
    kwargs = raw.setdefault("kwargs", {})
    if kwargs is None:
        kwargs = raw["kwargs"] = {}
    if not isinstance(kwargs, dict):
        raise SuiteError(f"{place}: expected kwargs to be a mapping, got {_kind(kwargs)}.")
    kind = raw["type"]
    check = _check(kind, kwargs, place) if kind.startswith("expect_news_") else None
    mostly = kwargs.get("mostly", 1)
    if isinstance(mostly, bool) or not isinstance(mostly, (int, float)) or not 0 <= mostly <= 1:
        raise SuiteError(f"{place}: expected mostly to be a number from 0 to 1, got {mostly!r}.")
    severity = raw.setdefault("severity", check.severity if check else "critical")
    if severity not in SEVERITIES:
        raise SuiteError(
            f"{place}: severity is {severity!r}, expected one of {', '.join(SEVERITIES)}."
            f"{did_you_mean(str(severity), SEVERITIES)}"
        )
    return Entry(kind, severity, kwargs, check, place, raw)


def _check(kind: str, kwargs: dict[str, Any], place: str) -> Check:
    """Make the check that an entry names, with its options."""
    by_type = {expectation_type(name): check for name, check in all_checks().items()}
    if kind not in by_type:
        raise SuiteError(
            f"{place}: there is no expectation {kind!r}.{did_you_mean(kind, by_type)} `copydesk list` shows all checks."
        )
    cls = by_type[kind]
    types = option_types(cls)
    options = {}
    for name, value in kwargs.items():
        if name in _COMMON:
            continue
        if name not in types:
            known = [*types, "mostly", "row_condition"]
            raise SuiteError(
                f"{place}: {kind} has no option {name!r}.{did_you_mean(name, known)}"
                f" Its options are {', '.join(known)}."
            )
        options[name] = _typed(value, types[name][0], f"{place}: option {name!r} of {kind}")
    try:
        return cls(**options)
    except ValueError as error:
        raise SuiteError(f"{place}: {kind}: {error}.") from error


def _typed(value: Any, kind: Any, what: str) -> Any:
    """Return the value as the option's type, or say what was expected."""
    if get_origin(kind) is tuple and isinstance(value, list):
        item = get_args(kind)[0]
        return tuple(_typed(v, item, what) for v in value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    expected = "a list" if get_origin(kind) is tuple else f"a value of type {getattr(kind, '__name__', kind)}"
    raise SuiteError(f"{what}: expected {expected}, got {value!r}.")


def _condition_columns_of(entry: Entry) -> Iterator[str]:
    condition = entry.kwargs.get("row_condition")
    if isinstance(condition, str):
        raise SuiteError(
            f"{entry.place}: row_condition is a string. Write it as a mapping, for example"
            " {type: comparison, column: {name: section}, operator: '==', parameter: brief}."
        )
    yield from _condition_columns(condition)


def _condition_columns(condition: Any) -> Iterator[str]:
    if isinstance(condition, dict):
        column = condition.get("column")
        if isinstance(column, dict) and "name" in column:
            yield column["name"]
        for value in condition.values():
            yield from _condition_columns(value)
    elif isinstance(condition, list):
        for value in condition:
            yield from _condition_columns(value)


def _kind(data: Any) -> str:
    kinds = ((dict, "a mapping"), (list, "a list"), (type(None), "nothing"))
    return next((name for kind, name in kinds if isinstance(data, kind)), repr(data))
