"""The adapter to Great Expectations: an expectation class for every check, and the one analysis that they share.

All uses of what is not public API of Great Expectations are in this module; tests hold what it must do. It is written
for great-expectations 1.24.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, ClassVar, Protocol, cast, get_origin

import pandas as pd
import pyarrow as pa

os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")

from great_expectations.compatibility import pydantic
from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import Expectation, MetaExpectation
from great_expectations.expectations.expectation_configuration import parse_result_format
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.expectations.model_field_types import MostlyField
from great_expectations.expectations.registry import (
    get_expectation_impl,
    list_registered_expectation_implementations,
)
from great_expectations.expectations.row_conditions import RowConditionType

from copydesk.checks import (
    ArticleCheck,
    Check,
    CollectionCheck,
    documentation,
    expectation_type,
    option_types,
)
from copydesk.checks.batch import Batch
from copydesk.judge.data_docs import DataDocs
from copydesk.judge.signals import ARTICLES
from copydesk.lazy import np, pl
from copydesk.model.article import recognise
from copydesk.model.finding import as_written, no_findings

logging.captureWarnings(False)  # importing Great Expectations silences Python's warnings

__all__ = [
    "EVIDENCE",
    "METRIC",
    "SHOWN",
    "Articles",
    "NewsExpectation",
    "Outcome",
    "batch_of",
    "expectation_class",
    "expectation_named",
    "expectation_names",
    "text_of",
]

#: The metric that all expectations of news share.
METRIC = "copydesk.batch"

#: How many findings an expectation shows, and which of their columns.
EVIDENCE = 20
SHOWN = ("field", "start", "end", "text", "reason", "related", "repair", "replacement")
#: How much text a batch has, about as much as a chunk of a file.
_BATCH_BYTES = 64 << 20
_SURROGATE = re.compile("[\ud800-\udfff]")

#: The number of articles, the number of articles with findings, and the first findings.
Outcome = tuple[int, int, list[dict[str, Any]]]


class _BatchMetric(TableMetricProvider):
    """The metric in pandas: the articles of a batch, analysed once for all expectations of news."""

    metric_name = METRIC
    value_keys = ("columns",)

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(
        cls,  # noqa: N805 - Great Expectations calls it as a class method
        execution_engine: PandasExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> _PandasArticles:
        frame, _, _ = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type="table")
        return _PandasArticles(frame, metric_value_kwargs.get("columns") or {})


class Articles(Protocol):
    """The value of the metric, in any engine: articles over which a check can be run."""

    def outcome(self, check: Check) -> Outcome:
        """Run a check over the frame."""


class _PandasArticles:
    """A pandas frame: of signals, where the findings are counted already, or of articles."""

    def __init__(self, frame: pd.DataFrame, columns: dict[str, str]) -> None:
        self.frame = frame
        self._columns = columns

    @cached_property
    def batches(self) -> list[Batch]:
        """The articles; their text is analysed once for all checks."""
        return list(_split(_articles_of(self.frame, self._columns)))

    def outcome(self, check: Check) -> Outcome:
        """Run the check, or read the counts of its signal."""
        if check.key in self.frame.columns:
            counts = self.frame[check.key].to_numpy(np.float64, na_value=np.nan)
            articles = self.frame[ARTICLES].to_numpy() if ARTICLES in self.frame.columns else np.ones_like(counts)
            return int(articles[~np.isnan(counts)].sum()), int(articles[counts > 0].sum()), []
        findings = _run(check, self.batches)
        height = sum(batch.articles.height for batch in self.batches)
        return height, findings["article"].n_unique(), _evidence(findings.head(EVIDENCE), self)


class NewsExpectation(DataDocs):
    """Base of the expectations of news: a share of at least `mostly` of the articles has no finding of the check.

    On a frame of articles the check is run. A frame of signals has a column of the check's name: its counts are judged
    (null: not applicable to that row), see `copydesk.judge.signals`.
    """

    mostly: MostlyField = 1
    row_condition: RowConditionType = None
    columns: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it

    catch_exceptions: bool = True

    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id", "row_condition")
    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "columns")

    def _get_success_kwargs(self) -> dict[str, Any]:
        return self._values((*self.success_keys, *self.domain_keys))

    def _get_runtime_kwargs(self, runtime_configuration: dict[str, Any] | None = None) -> dict[str, Any]:
        values = self._values((*self.runtime_keys, *self.success_keys, *self.domain_keys))
        values |= {k: v for k, v in (runtime_configuration or {}).items() if k in self.runtime_keys}
        values["result_format"] = parse_result_format(values["result_format"])
        return values

    def _values(self, names: Sequence[str]) -> dict[str, Any]:
        """Return what was given for some options, or else their defaults.

        Great Expectations makes the whole configuration anew for each option, which was a third of the judgement.
        """
        given = self.configuration.kwargs
        return {name: given.get(name, self._get_default_value(name)) for name in names}

    @pydantic.root_validator(skip_on_failure=True)
    def _options_fit(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        _check(cls.check, values)
        return values

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine[Any] | None = None,
    ) -> dict[str, Any]:
        articles: Articles = metrics[METRIC]
        elements, unexpected, evidence = articles.outcome(_check(self.check, vars(self)))
        mostly = float(self.mostly)  # type: ignore[arg-type]  # a suite parameter was put in before this is called
        holds = 1 - unexpected / elements >= mostly if elements else self.row_condition is not None
        return {
            "success": holds,
            "result": {
                "element_count": elements,
                "unexpected_count": unexpected,
                "unexpected_percent": 100 * unexpected / elements if elements else 0.0,
                "evidence": evidence,
            },
        }


def _check(check: type[Check], values: Mapping[str, Any]) -> Check:
    options = {name: values[name] for name in option_types(check)}
    return check(**{name: tuple(v) if isinstance(v, list) else v for name, v in options.items()})


def _run(check: Check, batches: Sequence[Batch]) -> pl.DataFrame:
    """Run one check over batches that are the whole collection; return its spans with their `text`."""
    check.must_fit(batches[0].fields)
    if isinstance(check, ArticleCheck):
        return pl.concat((b.quoted(check.find(b).collect()) for b in batches), how="diagonal_relaxed")
    assert isinstance(check, CollectionCheck)
    return check.find(pl.concat((check.keys(b) for b in batches), how="vertical_relaxed")).collect()


def _split(articles: pl.DataFrame) -> Iterator[Batch]:
    """Split articles into batches of about _BATCH_BYTES of text each, at least one article in each.

    The text of a batch lies in one buffer, and a buffer has less than 2 GiB.
    """
    size = articles.select(pl.sum_horizontal(pl.all().str.len_bytes().cast(pl.Int64)).cum_sum()).to_series()
    first = 0
    while True:
        before = size[first - 1] if first else 0
        last = max(int(size.search_sorted(before + _BATCH_BYTES, side="right")), first + 1)
        yield Batch(articles[first:last], first=first)
        first = last
        if first >= articles.height:
            return


def _evidence(spans: pl.DataFrame, articles: _PandasArticles) -> list[dict[str, Any]]:
    rows = spans["article"].to_list()
    index, ids = articles.frame.index, pl.concat(batch.articles["id"] for batch in articles.batches)
    columns = [c for c in SHOWN if c in spans.columns]
    findings = pl.concat([no_findings(links=True), spans], how="diagonal_relaxed").select(as_written()).select(columns)
    return [
        {"index": str(index[row]), "article_id": ids[row], **finding}
        for row, finding in zip(rows, findings.to_dicts(), strict=True)
    ]


def batch_of(frame: pd.DataFrame, *, columns: dict[str, str] | None = None) -> Batch:
    """Return a pandas frame of articles as a batch.

    Args:
        frame: a row an article; columns named as any known scraper names them.
        columns: field to column, for columns that are not recognised.

    Raises:
        copydesk.errors.MappingError: no column holds the body, or a mapped column is not there.
    """
    return Batch(_articles_of(frame, columns))


def _articles_of(frame: pd.DataFrame, columns: dict[str, str] | None) -> pl.DataFrame:
    """Return the columns of a pandas frame that hold fields, by their fields, as text."""
    recognised = recognise([str(c) for c in frame.columns], mapped=columns)
    return pl.DataFrame({field: text_of(frame[column]) for field, column in recognised.items()})


def text_of(column: pd.Series[Any]) -> pl.Series:
    """Return a column as text: missing values as null, dates in ISO form, lists joined."""
    try:
        return pl.Series(pa.array(column, type=pa.large_string(), from_pandas=True))
    except (pa.ArrowException, UnicodeEncodeError):  # values that are no text, or text with a lone surrogate
        return pl.Series([_string(v) for v in column], dtype=pl.String)


def _string(value: Any) -> str | None:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(v) for v in value)
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value) or value is pd.NA:
        return None
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return _SURROGATE.sub("\ufffd", str(value))  # as the readers do


@cache
def expectation_class(check: type[Check]) -> type[NewsExpectation]:
    """Make, and so register with Great Expectations, the expectation class of a check.

    Its fields are the check's options, `mostly`, `row_condition` and `columns`.
    """
    options = option_types(check)
    namespace: dict[str, Any] = {
        "__doc__": check.__doc__,
        "__module__": __name__,
        "__annotations__": {
            **{name: list[str] if get_origin(kind) is tuple else kind for name, (kind, _) in options.items()},
            "check": ClassVar[type[Check]],
        },
        "check": check,
        "success_keys": ("mostly", "columns", *options),
        **{name: list(default) if isinstance(default, tuple) else default for name, (_, default) in options.items()},
    }
    name = "".join(part.title() for part in expectation_type(check.name).split("_"))
    expectation = cast(type[NewsExpectation], MetaExpectation(name, (NewsExpectation,), namespace))  # type: ignore[no-untyped-call]
    expectation.__doc__ = documentation(check)["title"]
    return expectation


def expectation_named(name: str) -> type[Expectation]:
    """Return a registered expectation class; raises great_expectations' ExpectationNotFoundError."""
    return get_expectation_impl(name)


def expectation_names() -> list[str]:
    """Return the types of all expectations that Great Expectations knows now."""
    return list_registered_expectation_implementations()
