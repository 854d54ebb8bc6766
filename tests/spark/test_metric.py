"""The metric on Spark: Great Expectations finds it beside that of pandas, and the evidence has the same columns."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.registry import get_metric_provider

from copydesk.checks import check_named
from copydesk.judge.expectations import METRIC, SHOWN
from copydesk.spark.metric import _SparkArticles


def test_both_engines_are_registered_under_one_name() -> None:
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.execution_engine.sparkdf_execution_engine import SparkDFExecutionEngine

    engines = (PandasExecutionEngine, SparkDFExecutionEngine)
    providers = [
        get_metric_provider(METRIC, engine.__new__(engine)) for engine in engines
    ]  # it asks for the type alone
    assert providers[0] != providers[1]


def test_the_evidence_has_the_shown_columns(spark: Any) -> None:
    body = "Hide Ad\nThe bridge over the river reopened on Monday."
    frame = spark.createDataFrame([("1", body), ("2", "The bus was late."), ("3", body)], "id string, words string")
    articles = _SparkArticles(frame, {"body": "words"})
    total, unexpected, evidence = articles.outcome(check_named("ad-residue")())
    assert (total, unexpected) == (3, 2)
    assert [[*row] for row in evidence] == [["article_id", *SHOWN]] * 2
    assert [(row["article_id"], row["text"]) for row in evidence] == [("1", "Hide Ad"), ("3", "Hide Ad")]
