"""Runs a check over articles and proves that each finding spans the words it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import pytest

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.model.article import FIELDS

Article = dict[str, str | None]
Found = Callable[..., list[dict[str, Any]]]
Mend = Callable[[str, list[dict[str, Any]]], str]


def _found(check: ArticleCheck, articles: Sequence[Article], *, first: int = 0) -> list[dict[str, Any]]:
    frame = pl.DataFrame([{k: a.get(k) for k in FIELDS} for a in articles], schema=dict.fromkeys(FIELDS, pl.String))
    place = {"file": pl.lit("x"), "row": pl.int_range(1, pl.len() + 1), "line": pl.lit(None, pl.Int64)}
    batch = Batch(frame.with_columns(**place), first=first)
    spans = check.find(batch).collect()
    if spans.is_empty():
        return []
    rows = batch.quoted(spans).sort("article", "field", "start", "end").to_dicts()
    for row in rows:
        whole = articles[row["article"] - first].get(row["field"]) or ""
        assert 0 <= row["start"] <= row["end"] <= len(whole)
        assert row["text"] == whole[row["start"] : row["end"]]
        assert (row["repair"] == "replace") == (row["replacement"] is not None)
    return rows


@pytest.fixture(scope="session")
def found() -> Found:
    """A function: a check and articles to the findings, in order, with `text`."""
    return _found


@pytest.fixture(scope="session")
def same_alone() -> Callable[[ArticleCheck, Sequence[Article]], bool]:
    """A function: whether a check finds in each article alone what it finds in all of them together."""

    def same(check: ArticleCheck, articles: Sequence[Article]) -> bool:
        alone = [row for i, article in enumerate(articles) for row in _found(check, [article], first=i)]
        return _found(check, articles) == alone

    return same


@pytest.fixture(scope="session")
def mend() -> Mend:
    """A function: a body and the findings in it to the body with all repairs made."""

    def made(body: str, findings: list[dict[str, Any]]) -> str:
        for row in sorted(findings, key=lambda r: -int(r["start"])):
            if row["repair"] != "none":
                body = body[: row["start"]] + (row["replacement"] or "") + body[row["end"] :]
        return body

    return made
