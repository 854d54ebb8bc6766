"""Import this module in a Great Expectations project, and every check is an expectation there.

    import great_expectations as gx
    import copydesk_expectations.gx as news

    suite = gx.ExpectationSuite("articles", expectations=[news.ExpectNewsRepeatedParagraph(mostly=0.99)])
    suite = news.load_suite("news")

Without this import, Great Expectations drops these expectations from a suite that it loads from a file or a store, and
an empty suite passes. So import this module before you load one, or load the file by `load_suite`.

The classes are made from the checks: `ExpectNews` and the check's name. Their fields are the check's options, and
`mostly`, `row_condition`, and `columns` (field to column, where a column's name is not recognised).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from great_expectations import ExpectationSuite

import copydesk.spark.metric  # noqa: F401 - it registers the metric for Spark
from copydesk.checks import all_checks
from copydesk.checks.suite import load_suite as read_suite
from copydesk.judge.expectations import NewsExpectation, expectation_class
from copydesk.judge.verdicts import expectations_of
from copydesk_expectations.checks import CHECKS

for check in all_checks().values():  # so that a stored suite also keeps the checks of other packages
    expectation_class(check)

_CLASSES: dict[str, type[NewsExpectation]] = {made.__name__: made for made in map(expectation_class, CHECKS)}

__all__ = [*sorted(_CLASSES), "load_suite"]


def load_suite(name: str | Path) -> ExpectationSuite:
    """Return an installed suite, or a file, as a suite of Great Expectations; never with an expectation less.

    The file may be one that Great Expectations has stored.

    An entry without a severity gets that of its check. Great Expectations itself would take it for critical.

    Raises:
        copydesk.errors.SuiteError: there is no such suite, or an entry of it is wrong.
    """
    suite = read_suite(name)
    return ExpectationSuite(suite.name, expectations=expectations_of(suite))


def __getattr__(name: str) -> Any:
    try:
        return _CLASSES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no expectation {name!r}") from None
