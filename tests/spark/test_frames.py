"""The expectations in a plain Great Expectations project on Spark: only its public API is used, and our classes."""

from __future__ import annotations

from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.expectations.row_conditions import Column

import copydesk_expectations.gx as news

STANDFIRST = "The bridge over the river reopened on Monday after two years of repairs."
ROWS = [
    ("Bridge reopens", f"{STANDFIRST}\n\n{STANDFIRST}\n\nThe first bus crossed it at six.", "gazette.example"),
    ("Market day", "Hide Ad\nThe market opened on Monday.", "courier.example"),
    (None, "The bus was late again, said the driver.", "courier.example"),
    ("Late bus", "The bus was  late again, said the driver.", "courier.example"),
]
COLUMNS = ["title", "maintext", "source_domain"]
SCHEMA = "title string, maintext string, source_domain string"


def validate(spark: Any, *expectations: Any) -> list[Any]:
    """Validate on Spark and in pandas; both must agree, but for the index, which a frame of Spark has not."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    outcomes = []
    frames = (
        spark.createDataFrame(ROWS, ", ".join(f"{c} string" for c in COLUMNS)),
        pd.DataFrame(ROWS, columns=COLUMNS),
    )
    for name, frame in zip(("spark", "pandas"), frames, strict=True):
        asset = getattr(context.data_sources, f"add_{name}")(name).add_dataframe_asset("all")
        batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
        results = [batch.validate(expectation) for expectation in expectations]
        for result in results:
            for found in result.result.get("evidence", ()):
                found.pop("index", None)
                found.pop("article_id")
        outcomes.append(results)
    for one, other in zip(*outcomes, strict=True):
        assert one.success == other.success
        counted = ("element_count", "unexpected_count", "unexpected_percent")
        assert [one.result.get(c) for c in counted] == [other.result.get(c) for c in counted]
        both = zip(one.result.get("evidence", ()), other.result.get("evidence", ()), strict=True)
        assert all(a["text"] == b["text"] and a["start"] == b["start"] for a, b in both)
    return outcomes[0]


def test_expectations_judge_a_frame_of_spark(spark: Any) -> None:
    courier = Column("source_domain") == "courier.example"
    repeated, ad, condition, copies, unknown = validate(
        spark,
        news.ExpectNewsRepeatedParagraph(),
        news.ExpectNewsAdResidue(mostly=0.5),
        news.ExpectNewsRepeatedParagraph(row_condition=courier),
        news.ExpectNewsDuplicateArticle(),
        news.ExpectNewsDuplicateUrl(),
    )
    assert not repeated.success and repeated.result["evidence"][0]["text"] == STANDFIRST
    assert ad.success and ad.result["unexpected_count"] == 1
    assert condition.success and condition.result["element_count"] == 3
    assert copies.result["unexpected_count"] == 1
    assert "needs the column url" in str(unknown.exception_info)


def test_rows_come_from_all_partitions(spark: Any) -> None:
    frame = spark.createDataFrame(ROWS * 5, SCHEMA).repartition(4)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    asset = context.data_sources.add_spark("spark").add_dataframe_asset("all")
    batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    result = batch.validate(news.ExpectNewsDuplicateArticle())
    assert (result.result["element_count"], result.result["unexpected_count"]) == (20, 17)
