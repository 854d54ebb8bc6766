"""The expectations in a plain Great Expectations project: only its public API is used here, and our classes."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import great_expectations as gx
import pandas as pd
import polars as pl
import pytest
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column

import copydesk.checks.batch
import copydesk_expectations.gx as news
from copydesk.judge import expectations
from copydesk.judge.expectations import batch_of
from copydesk.text.paragraphs import Paragraphs
from copydesk_expectations.checks.collection.duplicate_article import DuplicateArticle
from copydesk_expectations.checks.metadata.headline_missing import HeadlineMissing
from copydesk_expectations.checks.metadata.headline_site_suffix import HeadlineSiteSuffix
from copydesk_expectations.checks.residue.ad_residue import AdResidue
from copydesk_expectations.checks.structure.repeated_paragraph import RepeatedParagraph

STANDFIRST = "The bridge over the river reopened on Monday after two years of repairs."
REPEATED = f"{STANDFIRST}\n\n{STANDFIRST}\n\nThe first bus crossed it at six."


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "title": ["Bridge reopens", "Market day", None],
            "maintext": [
                REPEATED,
                "Hide Ad\nThe market opened on Monday.",
                "The bus was late again, said the driver.",
            ],
            "source_domain": ["gazette.example", "courier.example", "courier.example"],
        }
    )


def validate(suite: gx.ExpectationSuite, data: pd.DataFrame) -> Any:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    asset = context.data_sources.add_pandas("articles").add_dataframe_asset("all")
    return asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": data}).validate(suite)


def only(expectation: Any, data: pd.DataFrame | None = None) -> Any:
    suite = gx.ExpectationSuite("one", expectations=[expectation])
    return validate(suite, frame() if data is None else data).results[0]


def test_expectations_judge_a_raw_frame_and_quote_the_words() -> None:
    result = only(news.ExpectNewsRepeatedParagraph())
    assert not result.success
    assert result.result["element_count"] == 3
    assert result.result["unexpected_count"] == 1
    (evidence,) = result.result["evidence"]
    assert evidence["text"] == STANDFIRST == REPEATED[evidence["start"] : evidence["end"]]
    assert evidence["index"] == "0"
    assert only(news.ExpectNewsAdResidue()).result["evidence"][0]["text"] == "Hide Ad"


def test_a_large_frame_is_judged_in_batches_as_it_would_be_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pd.concat([frame(), frame().assign(source_domain="other.example")] * 3, ignore_index=True)
    checks = [HeadlineMissing(), RepeatedParagraph(), AdResidue(), DuplicateArticle(), HeadlineSiteSuffix()]
    whole = expectations._PandasArticles(data, {})
    outcomes = [whole.outcome(check) for check in checks]
    assert len(whole.batches) == 1 and sum(unexpected for _, unexpected, _ in outcomes) > len(data)
    for size in (1, 300):
        monkeypatch.setattr(expectations, "_BATCH_BYTES", size)
        split = expectations._PandasArticles(data, {})
        assert len(split.batches) > 3 and [split.outcome(check) for check in checks] == outcomes
    empty = expectations._PandasArticles(data[:0], {})
    assert [empty.outcome(check) for check in checks] == [(0, 0, [])] * len(checks)


def test_mostly_and_row_condition_are_obeyed() -> None:
    assert only(news.ExpectNewsRepeatedParagraph(mostly=0.6)).success
    assert not only(news.ExpectNewsRepeatedParagraph(mostly=0.7)).success
    courier = Column("source_domain") == "courier.example"
    result = only(news.ExpectNewsRepeatedParagraph(row_condition=courier))
    assert result.success and result.result["element_count"] == 2


@pytest.mark.parametrize("runtime", [None, {}, {"result_format": "BASIC", "catch_exceptions": False, "other": 1}])
def test_values_are_those_that_great_expectations_would_collect(runtime: dict[str, Any] | None) -> None:
    for expectation in (
        news.ExpectNewsAdResidue(),
        news.ExpectNewsAdResidue(mostly=0.5, columns={"body": "text"}, row_condition=Column("words") > 3),
        news.ExpectNewsBodyLength(min_words=3, mostly={"$PARAMETER": "share"}),
    ):
        assert expectation._get_success_kwargs() == Expectation._get_success_kwargs(expectation)
        assert expectation._get_runtime_kwargs(runtime) == Expectation._get_runtime_kwargs(expectation, runtime)


def test_options_are_fields_and_are_checked() -> None:
    assert only(news.ExpectNewsBodyLength(min_words=3)).success
    assert only(news.ExpectNewsBodyLength(min_words=9)).result["unexpected_count"] == 2
    with pytest.raises(ValueError, match="min_words <= max_words"):
        news.ExpectNewsBodyLength(min_words=9, max_words=3)
    with pytest.raises(ValueError, match="min_wrods"):
        news.ExpectNewsBodyLength(min_wrods=9)


def test_columns_that_are_not_recognised_are_mapped() -> None:
    data = frame().rename(columns={"maintext": "prose"})
    assert "no column has a known name for the text" in str(only(news.ExpectNewsAdResidue(), data).exception_info)
    assert not only(news.ExpectNewsAdResidue(columns={"body": "prose"}), data).success


def test_a_column_of_anything_is_read_as_text() -> None:
    body = ["a\ud800b", None, ["x", "y"], 3.5, float("nan"), pd.Timestamp("2026-03-14")]
    read = batch_of(pd.DataFrame({"body": pd.Series(body, dtype=object)})).articles["body"].to_list()
    assert read == ["a\ufffdb", None, "x, y", "3.5", None, "2026-03-14T00:00:00"]
    alone = batch_of(pd.DataFrame({"body": pd.Series(["a\ud800b", "c"], dtype=object)})).articles["body"].to_list()
    assert alone == ["a\ufffdb", "c"]


def test_an_empty_frame_and_all_null_bodies_do_not_pass() -> None:
    assert not only(news.ExpectNewsBodyMissing(), frame().head(0)).success
    assert not only(news.ExpectNewsBodyMissing(), frame().assign(maintext=None)).success


def test_the_text_is_analysed_once_for_all_expectations(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(articles: pl.DataFrame) -> Paragraphs:
        calls.append(1)
        return Paragraphs(articles)

    monkeypatch.setattr(copydesk.checks.batch, "Paragraphs", counted)
    suite = gx.ExpectationSuite(
        "all",
        expectations=[
            news.ExpectNewsRepeatedParagraph(),
            news.ExpectNewsAdResidue(mostly=0.5),
            news.ExpectNewsBodyLength(min_words=2),
            news.ExpectNewsMidSentenceBreak(),
        ],
    )
    assert len(validate(suite, frame()).results) == 4
    assert len(calls) == 1


def test_one_expectation_that_cannot_be_judged_does_not_spill_over_the_others() -> None:
    suite = gx.ExpectationSuite(
        "two",
        expectations=[
            news.ExpectNewsAdResidue(lexicons=["nowhere/en.txt"]),
            news.ExpectNewsHeadlineMissing(),
        ],
    )
    by_type = {r.expectation_config.type: r for r in validate(suite, frame()).results}
    assert "there is no such lexicon file" in str(by_type["expect_news_ad_residue"].exception_info)
    assert by_type["expect_news_headline_missing"].result["unexpected_count"] == 1


def test_every_class_is_exported() -> None:
    assert news.__all__ == sorted(news.__all__)
    classes = [name for name in news.__all__ if name != "load_suite"]
    for name in classes:
        assert issubclass(getattr(news, name), Expectation)
    with pytest.raises(AttributeError):
        news.ExpectNewsNothing  # noqa: B018


def test_warnings_are_still_heard_after_the_import() -> None:
    with pytest.warns(UserWarning, match="heard"):
        warnings.warn("heard", UserWarning, stacklevel=1)
    assert logging.getLogger("py.warnings").handlers == []
