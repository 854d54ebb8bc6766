"""The tests that anyone's checks can use: each fault is a sentence, and a sound check has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest

from copydesk.checks import ArticleCheck, Batch, Check, all_checks, flagged
from copydesk.lazy import pl
from copydesk.testing.check_examples import documentation_faults, example_faults, verify, words_found

DOCUMENTED = """Expect no headline to shout.

    What it finds:
        Headlines in capitals.

    Why it matters:
        They shout.

    Known limits:
        None.

    Passes:
        - headline: It rained

    Fails:
        - headline: IT RAINED
          finds: ["IT RAINED"]

    Options:
        least: the fewest letters.

    Source:
        Invented.
    """


@dataclass(frozen=True, kw_only=True)
class Shouted(ArticleCheck):
    name: ClassVar[str] = "shouted"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "info"
    needs: ClassVar[tuple[str, ...]] = ("headline",)

    least: int = 3

    def find(self, batch: Batch) -> pl.LazyFrame:
        headline = pl.col("headline")
        long = headline.str.len_chars() >= self.least
        loud = batch.articles.lazy().filter(long & (headline == headline.str.to_uppercase()))
        return flagged(
            loud.with_columns(start=pl.lit(0), end=headline.str.len_chars()), field="headline", reason="loud"
        )


def documented(old: str, new: str) -> type[Check]:
    """Return the check with another docstring."""
    assert old in DOCUMENTED
    return type("Shouted", (Shouted,), {"__doc__": DOCUMENTED.replace(old, new), "__module__": __name__})


def test_a_sound_check_has_no_fault() -> None:
    verify(documented("Invented.", "A style guide."))


def test_our_own_checks_have_no_fault() -> None:
    for check in [*all_checks().values()][:3]:
        verify(check)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Expect no headline to shout.", "Headlines.", "begins with 'Headlines.'. Begin it with a sentence such as"),
        ("    Source:\n        Invented.", "", "has no section 'Source:'. Write it."),
        ("They shout.", "TO WRITE: why", "still has the text of the template in 'Why it matters': TO WRITE: why"),
        ("least: the fewest letters.", "None.", "does not say what the option 'least' does."),
        ("least: the", "most: the most.\n        least: the", "explains an option 'most' that does not exist."),
    ],
)
def test_what_the_docstring_lacks_is_a_sentence(old: str, new: str, sentence: str) -> None:
    check = documented(old, new)
    assert any(sentence in fault for fault in documentation_faults(check))
    with pytest.raises(AssertionError, match="docstring"):
        verify(check)


def test_sections_in_another_order_are_a_fault() -> None:
    moved = documented("    Source:\n        Invented.\n", "").__doc__ or ""
    doc = moved.replace("    What it finds:", "    Source:\n        Invented.\n\n    What it finds:")
    check = type("Shouted", (Shouted,), {"__doc__": doc, "__module__": __name__})
    assert any("has its sections in another order" in fault for fault in documentation_faults(check))


@pytest.mark.parametrize(
    ("section", "old", "new", "sentence"),
    [
        ("Passes", "It rained", "IT RAINED", "article 1: expected the findings [], got ['IT RAINED']."),
        ("Fails", "- headline: IT RAINED", "- headline: It rained", "expected the findings ['IT RAINED'], got []."),
        ("Fails", '          finds: ["IT RAINED"]', "", "names no words that must be found."),
        ("Passes", "- headline: It rained", "It rained", "is not a list of articles."),
        ("Passes", "- headline: It rained", "- [", "is not YAML"),
    ],
)
def test_an_example_that_is_not_true_is_a_sentence(section: str, old: str, new: str, sentence: str) -> None:
    (fault,) = example_faults(documented(old, new), section)
    assert sentence in fault


def test_an_entry_of_options_sets_them_for_all_examples() -> None:
    check = documented("- headline: IT RAINED", "- options: {least: 2}\n        - headline: IT RAINED")
    assert example_faults(check, "Fails") == []
    assert words_found(check, [{"options": {"least": 99}}, {"headline": "IT RAINED"}]) == [[]]
    assert words_found(check, [{"headline": "IT RAINED"}, {"headline": "It rained"}]) == [["IT RAINED"], []]
