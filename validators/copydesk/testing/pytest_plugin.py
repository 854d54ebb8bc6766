"""The pytest plugin: every expectation of a suite is a test of the data.

    pytest --copydesk data/articles.parquet --copydesk-suite news

Every run of pytest loads this module where copydesk is installed, so it imports nothing heavy. The work is done in
`copydesk.testing.pytest_items`, which is imported on first use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from copydesk.lazy import pl

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.model.result import Result

__all__ = ["CopydeskCheck", "copydesk_check"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("copydesk", "articles as tests (copydesk)")
    group.addoption(
        "--copydesk",
        action="append",
        default=[],
        metavar="PATH",
        help="make each expectation of the suite a test of these articles: a file, a folder or a glob; may be given"
        " more than once, for one collection",
    )
    group.addoption("--copydesk-suite", default="news", metavar="NAME|FILE.yml", help="the suite (default: news)")
    group.addoption(
        "--copydesk-map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="say which column holds a field, where it is not recognised; may be given more than once",
    )
    group.addoption(
        "--copydesk-fail-on",
        choices=("critical", "warning", "info", "never"),
        default="critical",
        help="the mildest severity that fails its test; what is milder is xfailed (default: critical)",
    )
    group.addoption(
        "--copydesk-baseline",
        type=Path,
        metavar="F",
        help="findings that are known (see `copydesk baseline`): only new ones fail, and any new one does",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Add the items, if --copydesk names articles."""
    config.addinivalue_line("markers", "copydesk: an expectation of the suite that holds for the --copydesk articles")
    if config.option.copydesk:
        from copydesk.testing.pytest_items import Items

        config.pluginmanager.register(Items(config), "copydesk-items")


class CopydeskCheck(Protocol):
    """What the fixture `copydesk_check` is."""

    def __call__(
        self,
        articles: str | Path | Sequence[str | Path] | pd.DataFrame | pl.DataFrame,
        *,
        suite: str | Path | None = None,
        mapped: Mapping[str, str] | None = None,
        fail_on: str | None = None,
        baseline: str | Path | None = None,
    ) -> Result:
        """Check articles against a suite.

        Args:
            articles: a path or more (see `copydesk.check`), or a frame of pandas or polars, a row an article.
            suite: the name of an installed suite, or a file; what `--copydesk-suite` says, unless given.
            mapped: field to column, for columns that are not recognised.
            fail_on: the mildest severity that makes `success` False; what `--copydesk-fail-on` says, unless given.
            baseline: a file of findings that are known.
        """


@pytest.fixture
def copydesk_check(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CopydeskCheck:
    """A function that checks articles against a suite. If the test then fails, its report quotes the findings.

    def test_my_scraper(copydesk_check):
        assert copydesk_check(scrape("2026-03-14"), suite="scrape").success
    """

    def check(
        articles: Any,
        *,
        suite: str | Path | None = None,
        mapped: Mapping[str, str] | None = None,
        fail_on: str | None = None,
        baseline: str | Path | None = None,
    ) -> Result:
        import copydesk
        from copydesk.testing.pytest_items import evidence, paths_of, quiet_great_expectations

        with quiet_great_expectations():
            result = copydesk.check(
                paths_of(articles, tmp_path_factory),
                suite=suite or request.config.option.copydesk_suite,
                mapped=mapped,
                fail_on=fail_on or request.config.option.copydesk_fail_on,
                baseline=baseline,
            )
        if not result.success:
            request.node.add_report_section("call", "copydesk", evidence(result))
        return result

    return check
