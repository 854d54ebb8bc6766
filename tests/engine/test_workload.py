"""The work: findings by publisher, and the words that a publisher repeats."""

from __future__ import annotations

import polars as pl

from copydesk.engine.workload import work_of
from copydesk.model.overview import Change

OWNERS = pl.DataFrame(
    {"article": [0, 1, 2, 3], "key": [7, 7, None, 8], "name": ["Echo", "Echo", None, "Mail"]},
    schema={"article": pl.UInt32, "key": pl.UInt64, "name": pl.String},
)


def findings(*rows: tuple[int | None, str, str, str]) -> pl.LazyFrame:
    schema = {"article": pl.UInt32, "check": pl.String, "text": pl.String, "repair": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(field=pl.lit("body"), key=pl.lit("of the check")).lazy()


def test_findings_are_counted_by_publisher_with_the_lines_it_repeats() -> None:
    ads = [(0, "ad", "Hide Ad", "delete"), (0, "ad", " Hide Ad", "delete"), (1, "ad", "Hide Ad", "delete")]
    work = work_of(
        findings(*ads, (1, "ad", "Once", "delete"), (2, "cut", "and", "none"), (None, "row", "", "none")), OWNERS
    )
    assert (work.findings, work.repairable, work.publishers_in_all, work.concentrated) == (6, 4, 2, 1)
    echo, unknown = work.publishers
    assert (echo.publisher, echo.articles, echo.affected, echo.findings) == ("Echo", 2, 2, 4)
    assert echo.changes == (Change("ad", "body", "Hide Ad", 3, 2),)
    assert (unknown.publisher, unknown.checks, unknown.changes) == ("", (("cut", 1, 1),), ())


def test_paragraphs_are_no_lines_to_drop_and_known_findings_do_not_count() -> None:
    long = "word " * 60
    rows = findings(*((n, "copy", words, "delete") for n in (0, 1) for words in (long, "two\nlines", "Hide Ad")))
    (echo,) = work_of(rows, OWNERS).publishers
    assert [c.text for c in echo.changes] == ["Hide Ad"]
    assert work_of(rows.with_columns(new=pl.lit(False)), OWNERS).publishers == ()
