"""Tests for checks: the documentation of a check is complete, and the examples in it are true.

In a package of checks:

    import pytest
    from copydesk.testing.check_examples import verify

    @pytest.mark.parametrize("check", find_checks())
    def test_the_documentation_is_true(check):
        verify(check)
"""

from __future__ import annotations

from typing import Any

import polars as pl
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from copydesk.checks import (
    DOC_SECTIONS,
    ArticleCheck,
    Batch,
    Check,
    CollectionCheck,
    RowCheck,
    documentation,
    option_types,
)
from copydesk.model.article import FIELDS

__all__ = ["TO_WRITE", "documentation_faults", "example_faults", "verify", "words_found"]

#: With this `ci/new-check` begins each text that an author must write.
TO_WRITE = "TO WRITE:"


def verify(check: type[Check]) -> None:
    """See that a check is documented in the form of the house, and that its examples are true.

    Raises:
        AssertionError: they are not; the message has a line for each fault.
    """
    faults = documentation_faults(check) or [*example_faults(check, "Passes"), *example_faults(check, "Fails")]
    assert not faults, "\n".join(faults)


def documentation_faults(check: type[Check]) -> list[str]:
    """Say in a sentence each what the docstring of a check lacks; an empty list where it is complete."""
    sections = documentation(check)
    where = f"The docstring of {check.__module__}.{check.__name__}"
    if not sections["title"].startswith("Expect "):
        return [f"{where} begins with {sections['title']!r}. Begin it with a sentence such as 'Expect no ...'."]
    faults = [f"{where} has no section '{name}:'. Write it." for name in DOC_SECTIONS if not sections.get(name)]
    if not faults and list(sections) != ["title", *DOC_SECTIONS]:
        faults = [f"{where} has its sections in another order than {', '.join(DOC_SECTIONS)}. Reorder them."]
    faults += [
        f"{where} still has the text of the template in '{name}': {' '.join(text.split())}"
        for name, text in sections.items()
        if TO_WRITE in text
    ]
    return faults + _option_faults(check, sections.get("Options", ""), where)


def _option_faults(check: type[Check], text: str, where: str) -> list[str]:
    lines = (line for line in text.splitlines() if not line.startswith(" ") and ":" in line)
    named = {line.partition(":")[0] for line in lines} - {TO_WRITE.rstrip(":")}
    options = set(option_types(check))
    return [
        *(f"{where} does not say what the option {name!r} does. Add it to 'Options'." for name in options - named),
        *(f"{where} explains an option {name!r} that does not exist. Remove it." for name in named - options),
    ]


def example_faults(check: type[Check], section: str) -> list[str]:
    """Run the examples in a section of a check's docstring, and say of each that is not true what was found instead.

    Args:
        check: the check. That of unreadable rows has nothing to run.
        section: `Passes` or `Fails`: a YAML list of articles. Each is judged alone, those of a collection check
            together. `finds` lists the words that must be found in an article; an entry of `options` alone sets them.
    """
    if issubclass(check, RowCheck):
        return []
    where = f"{check.__module__}.{check.__name__}, section '{section}'"
    try:
        entries = YAML(typ="safe", pure=True).load(documentation(check)[section])
    except YAMLError as error:
        return [f"{where} is not YAML: {error}. Write a list of articles."]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries) or not entries:
        return [f"{where} is not a list of articles. Write one, for example '- body: It rained.'."]
    expected = [entry.get("finds", []) for entry in entries if "options" not in entry]
    if section == "Fails" and not any(expected):
        return [f"{where} names no words that must be found. Add 'finds: [...]' to an article."]
    if issubclass(check, CollectionCheck):
        found = words_found(check, entries)
    else:
        options = [entry for entry in entries if "options" in entry]
        found = [words_found(check, [*options, entry])[0] for entry in entries if "options" not in entry]
    return [
        f"{where}, article {number}: expected the findings {wanted}, got {words}. Correct the check or the example."
        for number, (wanted, words) in enumerate(zip(expected, found, strict=True), start=1)
        if wanted != words
    ]


def words_found(check: type[Check], entries: list[dict[str, Any]]) -> list[list[str]]:
    """Run a check over articles; return the words found in each, in the order of their places.

    Args:
        check: the check; it is given the options of the entries that have `options`, else its defaults.
        entries: articles, field to text.
    """
    options = {name: value for entry in entries for name, value in entry.get("options", {}).items()}
    articles = [entry for entry in entries if "options" not in entry]
    schema = {field: pl.String for field in FIELDS if any(field in article for article in articles)}
    rows = [{name: value for name, value in article.items() if name in schema} for article in articles]
    frame = pl.DataFrame(rows, schema=schema).with_columns(file=pl.lit("x"), row=pl.int_range(pl.len()), line=0)
    batch, instance = Batch(frame), check(**options)
    if isinstance(instance, ArticleCheck):
        findings = batch.quoted(instance.find(batch).collect())
    else:
        assert isinstance(instance, CollectionCheck)
        findings = instance.find(instance.keys(batch)).collect()
    words: list[list[str]] = [[] for _ in articles]
    for article, text in findings.sort("article", "start").select("article", "text").iter_rows():
        words[article].append(text)
    return words
