"""The metric of news for Great Expectations on Spark; the import of this module registers it.

Great Expectations has one implementation of a metric for each engine. The one for pandas is in
`copydesk.judge.expectations`.
"""

from __future__ import annotations

from typing import Any

from great_expectations.execution_engine.sparkdf_execution_engine import SparkDFExecutionEngine
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from copydesk.checks import Check
from copydesk.judge.expectations import EVIDENCE, METRIC, SHOWN, Outcome

__all__: list[str] = []


class _BatchMetric(TableMetricProvider):
    """The metric on Spark: the articles of a batch."""

    metric_name = METRIC
    value_keys = ("columns",)

    @metric_value(engine=SparkDFExecutionEngine)
    def _spark(
        cls,  # noqa: N805 - Great Expectations calls it as a class method
        execution_engine: SparkDFExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> _SparkArticles:
        frame, _, _ = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type="table")
        return _SparkArticles(frame, metric_value_kwargs.get("columns") or {})


class _SparkArticles:
    """A Spark frame of articles; each check runs where they are."""

    def __init__(self, frame: Any, columns: dict[str, str]) -> None:
        self._frame = frame
        self._columns = columns

    def outcome(self, check: Check) -> Outcome:
        """Run the check."""
        from copydesk.spark.frames import run_on_frame  # it needs pyspark

        articles, unexpected, findings = run_on_frame(self._frame, check, self._columns, EVIDENCE)
        return articles, unexpected, [{c: finding[c] for c in ("article_id", *SHOWN)} for finding in findings]
