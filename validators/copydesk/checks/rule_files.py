"""Rule files that are given for a run: a suite whose checks use them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from copydesk.checks.base import option_types
from copydesk.checks.suite import Entry, Suite
from copydesk.errors import UsageError

__all__ = ["with_rules"]


def with_rules(suite: Suite, files: Sequence[str]) -> Suite:
    """Return the suite with rule files for each check that takes some, beside those that the suite names.

    Raises:
        UsageError: no check of the suite takes rules.
    """
    entries = tuple(_with_rules(entry, files) for entry in suite.entries)
    if entries == suite.entries:
        raise UsageError(
            f"--rules: no check of the suite {suite.name} takes rules, so that they would change nothing. Name"
            " expect_news_publisher_boilerplate in the suite."
        )
    return replace(suite, entries=entries)


def _with_rules(entry: Entry, files: Sequence[str]) -> Entry:
    if entry.check is None or "rules" not in option_types(type(entry.check)):
        return entry
    rules = list(dict.fromkeys((*getattr(entry.check, "rules", ()), *files)))
    changed: dict[str, Any] = {"rules": tuple(rules)}
    kwargs = {**entry.kwargs, "rules": rules}
    return replace(entry, check=replace(entry.check, **changed), kwargs=kwargs, raw={**entry.raw, "kwargs": kwargs})
