"""Import this module in a Great Expectations project, and every check is an expectation there.

    import great_expectations as gx
    import copydesk_expectations.gx as news

    suite = gx.ExpectationSuite("articles", expectations=[news.ExpectNewsRepeatedParagraph(mostly=0.99)])

The classes are made from the checks: `ExpectNews` and the check's name. Their fields are the check's options, and
`mostly`, `row_condition`, and `columns` (field to column, where a column's name is not recognised).
"""

from __future__ import annotations

from typing import Any

import copydesk.spark.metric  # noqa: F401 - it registers the metric for Spark
from copydesk.judge.expectations import NewsExpectation, expectation_class
from copydesk_expectations.checks import CHECKS

_CLASSES: dict[str, type[NewsExpectation]] = {made.__name__: made for made in map(expectation_class, CHECKS)}

__all__ = sorted(_CLASSES)


def __getattr__(name: str) -> Any:
    try:
        return _CLASSES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no expectation {name!r}") from None
