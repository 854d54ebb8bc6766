"""The tests that `pytest --copydesk PATH` adds: one for each expectation of the suite.

Their names come from the suite alone, so that collecting them reads no article. The articles are read when the first
of them runs, once for all: pytest-xdist's workers share what the first of them found.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from copydesk.checks.suite import Entry, Suite, load_suite
from copydesk.errors import CopydeskError
from copydesk.gate.baseline import load_baseline
from copydesk.model.article import parse_map
from copydesk.model.result import ExpectationResult, Result
from copydesk.readers import find_files
from copydesk.reports.examples import examples
from copydesk.reports.failures import counts, names, tell
from copydesk.reports.regions import Regions

__all__ = ["Items", "evidence", "paths_of", "undisturbed"]

_NODE = "copydesk"  # the name under which the items stand
_EXAMPLES = 5  # quoted for each expectation
_WAIT = 24 * 3600.0  # seconds; what a worker waits for is an analysis, and it ends or dies


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an expectation: passed, failed, mild (milder than what fails), skipped or broken; and why."""

    state: str
    said: str = ""
    evidence: str = ""


class Items:
    """The plugin of a run that was given articles: makes the items, and knows their outcomes."""

    def __init__(self, config: pytest.Config) -> None:
        option = config.option
        self._paths: list[str] = option.copydesk
        self._fail_on: str = option.copydesk_fail_on
        self._baseline: Path | None = option.copydesk_baseline
        self._shared: str | None = getattr(config, "workerinput", {}).get(_NODE)  # where this is a worker
        self._workers: str | None = None  # where this has workers
        try:
            self.suite: Suite = load_suite(option.copydesk_suite)
            self._mapped = parse_map(option.copydesk_map)
            find_files(self._paths)  # a slip in a path shows before the work, and once
            if self._baseline:
                load_baseline(self._baseline)
        except CopydeskError as error:
            raise pytest.UsageError(f"copydesk: {error}") from None

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of pytest-xdist where the workers keep what the first of them found."""
        self._workers = self._workers or tempfile.mkdtemp(prefix="copydesk-")
        node.workerinput[_NODE] = str(Path(self._workers, "outcomes.sqlite"))

    def pytest_unconfigure(self) -> None:
        """Forget what the workers shared."""
        if self._workers:
            shutil.rmtree(self._workers, ignore_errors=True)

    def pytest_report_header(self) -> str:
        """Say what is checked."""
        return f"copydesk: {', '.join(self._paths)}; suite {self.suite.name}, fails on {self._fail_on}"

    @pytest.hookimpl(tryfirst=True)  # before -k and -m choose
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Add an item for each expectation."""
        parent = _Articles.from_parent(session, name=_NODE, nodeid=_NODE, items=self)
        report = session.ihook.pytest_make_collect_report(collector=parent)
        session.ihook.pytest_collectreport(report=report)  # so that they are counted as collected
        items += report.result

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """The outcome of each expectation, in the order of the suite."""
        made = _once(Path(self._shared), self._run) if self._shared else self._run()
        return [Outcome(**outcome) for outcome in json.loads(made)]

    def _run(self) -> str:
        from copydesk.run import check

        try:
            with undisturbed():
                result = check(
                    self._paths,
                    suite=self.suite,
                    mapped=self._mapped,
                    fail_on=self._fail_on,
                    baseline=self._baseline,
                )
            outcomes = list(_outcomes(result))
        except Exception as error:  # kept as any outcome, or every item would make the run again
            said = f"copydesk: {error}" if isinstance(error, CopydeskError) else traceback.format_exc()
            outcomes = [Outcome("broken", said)] * len(self.suite.entries)
        return json.dumps([asdict(outcome) for outcome in outcomes])


class _Articles(pytest.Collector):
    """The node above the items."""

    def __init__(self, *, items: Items, **others: Any) -> None:
        super().__init__(**others)
        self._items = items

    def collect(self) -> list[pytest.Item]:
        names = _item_names(self._items.suite.entries)
        return [_Expectation.from_parent(self, name=name, items=self._items, at=at) for at, name in enumerate(names)]


class _Expectation(pytest.Item):
    """The test of one expectation."""

    def __init__(self, *, items: Items, at: int, **others: Any) -> None:
        super().__init__(**others)
        self._items, self._at = items, at
        self.add_marker(_NODE)

    def setup(self) -> None:
        outcome = self._items.outcomes[self._at]  # the analysis, for the first of them
        if outcome.state == "broken":
            pytest.fail(outcome.said, pytrace=False)

    def runtest(self) -> None:
        outcome = self._items.outcomes[self._at]
        if outcome.state == "failed":
            pytest.fail(f"{outcome.said}\n{outcome.evidence}", pytrace=False)
        if outcome.state == "mild":
            self.add_report_section("call", _NODE, outcome.evidence)
            pytest.xfail(outcome.said)
        if outcome.state == "skipped":
            pytest.skip(outcome.said)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.config.rootpath / _NODE, None, self.name


def _item_names(entries: Sequence[Entry]) -> Iterator[str]:
    """Name the items after their checks; those of the same check are told apart by a number."""
    met: Counter[str] = Counter()
    for entry in entries:
        column = entry.kwargs.get("column")
        name = entry.check.name if entry.check else f"{entry.type}[{column}]" if column else entry.type
        met[name] += 1
        yield name if met[name] == 1 else f"{name}-{met[name]}"


def _outcomes(result: Result) -> Iterator[Outcome]:
    told = _Evidence(result)
    deciding = {id(e) for e in result.deciding}
    for e in result.expectations:
        if e.success is None:
            yield Outcome("skipped", e.message or "not applicable")
        elif e.success:
            yield Outcome("passed")
        elif id(e) in deciding:
            yield Outcome("failed", f"{e.severity}: {counts(e)}", told.of(e))
        else:
            said = f"{e.severity}: {counts(e)}; fails on {result.fail_on}"
            yield Outcome("mild", said, told.of(e))


class _Evidence:
    """Tells of each failed expectation what was found."""

    def __init__(self, result: Result) -> None:
        self._found, self._regions = examples(result, _EXAMPLES), Regions()

    def of(self, e: ExpectationResult) -> str:
        return "\n".join(tell(e, self._found.get(e.check or "", []), self._regions))


def evidence(result: Result) -> str:
    """Tell what shuts the gate, with the exact words."""
    told = _Evidence(result)
    deciding = {id(e) for e in result.deciding}
    return "\n\n".join(
        f"{e.severity}  {name}  {counts(e)}\n{told.of(e)}"
        for name, e in zip(names(result), result.expectations, strict=True)
        if id(e) in deciding
    )


def paths_of(articles: Any, factory: pytest.TempPathFactory) -> list[str | Path]:
    """Return the paths that were meant; a frame is written to a file first, and read as any other."""
    if isinstance(articles, (pd.DataFrame, pl.DataFrame)):
        file = factory.mktemp(_NODE) / "frame.parquet"
        frame = articles if isinstance(articles, pl.DataFrame) else _from_pandas(articles)
        frame.write_parquet(file)
        return [file]
    return [articles] if isinstance(articles, (str, Path)) else list(articles)


def _from_pandas(frame: pd.DataFrame) -> pl.DataFrame:
    named = frame.set_axis([str(column) for column in frame.columns], axis=1)
    try:
        return pl.from_pandas(named)
    except Exception:  # columns of mixed types, or text with a lone surrogate: as in Great Expectations
        from copydesk.judge.expectations import text_of

        return pl.DataFrame({column: text_of(named[column]) for column in named.columns})


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep what Great Expectations logs and warns of out of a test: pytest would print it, or make it an error."""
    before = logging.root.manager.disable
    logging.disable(max(before, logging.WARNING))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _once(file: Path, make: Callable[[], str]) -> str:
    """Return what the first process to ask for it made; the others wait until it is there.

    A transaction of SQLite is the lock: it holds on every system, and ends with the process that dies in it.
    """
    with closing(sqlite3.connect(file, timeout=_WAIT, isolation_level=None)) as shared:
        shared.execute("BEGIN IMMEDIATE")
        shared.execute("CREATE TABLE IF NOT EXISTS made (text TEXT)")
        found = shared.execute("SELECT text FROM made").fetchone()
        text = str(found[0]) if found else make()
        if not found:
            shared.execute("INSERT INTO made VALUES (?)", (text,))
        shared.execute("COMMIT")
    return text
