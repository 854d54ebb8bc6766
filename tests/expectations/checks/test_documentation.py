"""Every check is documented in the house's form, and the examples in its documentation are true."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from ruamel.yaml import YAML

from copydesk.checks import (
    DOC_SECTIONS,
    FAMILIES,
    SEVERITIES,
    ArticleCheck,
    Check,
    CollectionCheck,
    RowCheck,
    all_checks,
    documentation,
    option_types,
)
from copydesk.checks.batch import Batch
from copydesk.model.article import FIELDS

CHECKS = list(all_checks().values())


def examples(check: type[Check], section: str) -> list[dict[str, Any]]:
    loaded = YAML(typ="safe", pure=True).load(documentation(check)[section])
    assert isinstance(loaded, list) and loaded, f"{check.name}: {section} is no list of articles"
    return loaded


def found_in(check: type[Check], articles: list[dict[str, Any]]) -> list[list[str]]:
    """Run a check over articles, with its defaults or what an entry `options` says; return the words found in each."""
    options = {name: value for a in articles for name, value in a.get("options", {}).items()}
    articles = [a for a in articles if "options" not in a]
    schema = {f: pl.String for f in FIELDS if any(f in a for a in articles)}
    rows = [{k: v for k, v in a.items() if k in schema} for a in articles]
    batch = Batch(pl.DataFrame(rows, schema=schema).with_columns(file=pl.lit("x"), row=pl.int_range(pl.len()), line=0))
    instance = check(**options)
    if isinstance(instance, ArticleCheck):
        found = batch.quoted(instance.find(batch).collect())
    else:
        assert isinstance(instance, CollectionCheck)
        found = instance.find(instance.keys(batch)).collect()
    words: list[list[str]] = [[] for _ in articles]
    for article, text in found.sort("article", "start").select("article", "text").iter_rows():
        words[article].append(text)
    return words


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_a_check_has_every_section_in_order(check: type[Check]) -> None:
    assert list(documentation(check)) == ["title", *DOC_SECTIONS]
    assert all(documentation(check).values())
    assert documentation(check)["title"].startswith("Expect ")


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_a_check_says_what_it_is(check: type[Check]) -> None:
    assert check.family in FAMILIES
    assert check.severity in SEVERITIES
    assert set(check.needs) <= set(FIELDS)
    assert check.__module__.rpartition(".")[2] == check.name.replace("-", "_")


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_every_option_is_documented_and_nothing_else(check: type[Check]) -> None:
    text = documentation(check)["Options"]
    named = {line.partition(":")[0] for line in text.splitlines() if not line.startswith(" ") and ":" in line}
    assert named == set(option_types(check))


@pytest.mark.parametrize("check", [c for c in CHECKS if not issubclass(c, RowCheck)], ids=lambda c: c.name)
def test_what_passes_passes(check: type[Check]) -> None:
    articles = examples(check, "Passes")
    if issubclass(check, CollectionCheck):
        assert not any(found_in(check, articles))
    else:
        for article in articles:
            assert found_in(check, [article]) == [[]], article


@pytest.mark.parametrize("check", [c for c in CHECKS if not issubclass(c, RowCheck)], ids=lambda c: c.name)
def test_what_fails_fails_with_these_words(check: type[Check]) -> None:
    articles = examples(check, "Fails")
    expected = [article.get("finds", []) for article in articles if "options" not in article]
    assert any(expected)
    if issubclass(check, CollectionCheck):
        assert found_in(check, articles) == expected
    else:
        for article, words in zip(articles, expected, strict=True):
            assert found_in(check, [article]) == [words], article


def test_the_test_finds_a_wrong_example() -> None:
    with pytest.raises(AssertionError):
        assert found_in(all_checks()["ad-residue"], [{"body": "Hide Ad"}]) == [[]]
