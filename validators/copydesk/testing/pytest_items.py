"""The tests that `pytest --copydesk PATH` adds: one for each expectation of the suite.

Their names come from the suite alone, so pytest collects them without reading an article. The first test that runs
reads the articles, once for all tests. The workers of pytest-xdist share the outcomes of the first worker.
"""

from __future__ import annotations

import json
import logging
import sqlite3
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
from copydesk.gate.baseline_file import load_baseline
from copydesk.model.article import parse_map
from copydesk.model.result import ExpectationResult, Result
from copydesk.readers import find_files, list_paths
from copydesk.reports.examples import examples
from copydesk.reports.failures import counts, detail_lines, names
from copydesk.reports.regions import Regions
from copydesk.temporary import TemporaryFolder

__all__ = ["Items", "evidence", "paths_of", "quiet_great_expectations"]

_NODE = "copydesk"  # the name under which the items stand
_EXAMPLES = 5  # of each expectation
_WAIT = 24 * 3600.0  # seconds; a worker waits for an analysis, which ends or dies


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an expectation: passed, failed, mild (failed, but too mild), skipped or broken; and why."""

    state: str
    message: str = ""
    evidence: str = ""


class Items:
    """The plugin of a run with articles: it makes the items, and has their outcomes."""

    def __init__(self, config: pytest.Config) -> None:
        option = config.option
        self._paths: list[str] = option.copydesk
        self._fail_on: str = option.copydesk_fail_on
        self._baseline: Path | None = option.copydesk_baseline
        self._shared: str | None = getattr(config, "workerinput", {}).get(_NODE)  # where this is a worker
        self._workers: TemporaryFolder | None = None  # where this has workers
        try:
            self.suite: Suite = load_suite(option.copydesk_suite)
            self._mapped = parse_map(option.copydesk_map)
            find_files(self._paths)  # a wrong path is one error, before the work
            if self._baseline:
                load_baseline(self._baseline)
        except CopydeskError as error:
            raise pytest.UsageError(f"copydesk: {error}") from None

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of pytest-xdist where the workers keep the outcomes of the first."""
        self._workers = self._workers or TemporaryFolder()
        node.workerinput[_NODE] = str(self._workers.path / "outcomes.sqlite")

    def pytest_unconfigure(self) -> None:
        """Remove the outcomes that the workers shared."""
        if self._workers:
            self._workers.close()

    def pytest_report_header(self) -> str:
        """Return the line about articles and suite."""
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
        outcomes = _once(Path(self._shared), self._run) if self._shared else self._run()
        return [Outcome(**outcome) for outcome in json.loads(outcomes)]

    def _run(self) -> str:
        from copydesk.run import check

        try:
            with quiet_great_expectations():
                result = check(
                    self._paths,
                    suite=self.suite,
                    mapped=self._mapped,
                    fail_on=self._fail_on,
                    baseline=self._baseline,
                )
            outcomes = list(_outcomes(result))
        except Exception as error:  # an outcome like any other, or each item would repeat the run
            message = f"copydesk: {error}" if isinstance(error, CopydeskError) else traceback.format_exc()
            outcomes = [Outcome("broken", message)] * len(self.suite.entries)
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
            pytest.fail(outcome.message, pytrace=False)

    def runtest(self) -> None:
        outcome = self._items.outcomes[self._at]
        if outcome.state == "failed":
            pytest.fail(f"{outcome.message}\n{outcome.evidence}", pytrace=False)
        if outcome.state == "mild":
            self.add_report_section("call", _NODE, outcome.evidence)
            pytest.xfail(outcome.message)
        if outcome.state == "skipped":
            pytest.skip(outcome.message)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.config.rootpath / _NODE, None, self.name


def _item_names(entries: Sequence[Entry]) -> Iterator[str]:
    """Name the items after their checks; further items of a check get a number."""
    times: Counter[str] = Counter()
    for entry in entries:
        column = entry.kwargs.get("column")
        name = entry.check.name if entry.check else f"{entry.type}[{column}]" if column else entry.type
        times[name] += 1
        yield name if times[name] == 1 else f"{name}-{times[name]}"


def _outcomes(result: Result) -> Iterator[Outcome]:
    details = _Evidence(result)
    deciding = {id(e) for e in result.deciding}
    for e in result.expectations:
        if e.success is None:
            yield Outcome("skipped", e.message or "not applicable")
        elif e.success:
            yield Outcome("passed")
        elif id(e) in deciding:
            yield Outcome("failed", f"{e.severity}: {counts(e)}", details.of(e))
        else:
            message = f"{e.severity}: {counts(e)}; fails on {result.fail_on}"
            yield Outcome("mild", message, details.of(e))


class _Evidence:
    """The lines about each failed expectation: examples of its findings."""

    def __init__(self, result: Result) -> None:
        self._by_check, self._regions = examples(result, _EXAMPLES), Regions()

    def of(self, e: ExpectationResult) -> str:
        return "\n".join(detail_lines(e, self._by_check.get(e.check or "", []), self._regions))


def evidence(result: Result) -> str:
    """Return the expectations that shut the gate, with the exact words."""
    details = _Evidence(result)
    deciding = {id(e) for e in result.deciding}
    return "\n\n".join(
        f"{e.severity}  {name}  {counts(e)}\n{details.of(e)}"
        for name, e in zip(names(result), result.expectations, strict=True)
        if id(e) in deciding
    )


def paths_of(articles: Any, factory: pytest.TempPathFactory) -> list[str | Path]:
    """Return the paths of the articles. A frame is written to a file first, which is then read like any other."""
    if isinstance(articles, (pd.DataFrame, pl.DataFrame)):
        file = factory.mktemp(_NODE) / "frame.parquet"
        frame = articles if isinstance(articles, pl.DataFrame) else _from_pandas(articles)
        frame.write_parquet(file)
        return [file]
    return list_paths(articles)


def _from_pandas(frame: pd.DataFrame) -> pl.DataFrame:
    renamed = frame.set_axis([str(column) for column in frame.columns], axis=1)
    try:
        return pl.from_pandas(renamed)
    except Exception:  # columns of mixed types, or text with a lone surrogate: as in Great Expectations
        from copydesk.judge.expectations import text_of

        return pl.DataFrame({column: text_of(renamed[column]) for column in renamed.columns})


@contextmanager
def quiet_great_expectations() -> Iterator[None]:
    """Silence the logs and warnings of Great Expectations: pytest would print them, or make them errors."""
    before = logging.root.manager.disable
    logging.disable(max(before, logging.WARNING))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _once(file: Path, make: Callable[[], str]) -> str:
    """Return the text that the first process made; other processes wait for it.

    A transaction of SQLite is the lock: it works on every system, and ends if its process dies.
    """
    with closing(sqlite3.connect(file, timeout=_WAIT, isolation_level=None)) as shared:
        shared.execute("BEGIN IMMEDIATE")
        shared.execute("CREATE TABLE IF NOT EXISTS made (text TEXT)")
        row = shared.execute("SELECT text FROM made").fetchone()
        text = str(row[0]) if row else make()
        if not row:
            shared.execute("INSERT INTO made VALUES (?)", (text,))
        shared.execute("COMMIT")
    return text
