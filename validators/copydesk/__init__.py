"""copydesk: the copy desk of news data sets.

    import copydesk

    result = copydesk.check("articles.jsonl")  # or a frame: pandas, polars, Arrow
    result                                     # the verdict and the worst failures
    result.success, result.failed, result.findings.collect()

Importing it is cheap: what needs Great Expectations, pandas or polars is loaded when it is used.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.auditing.run import audit
    from copydesk.checks.suite import load_suite
    from copydesk.errors import CopydeskError
    from copydesk.gate.diff import difference
    from copydesk.mining.run import mine
    from copydesk.model.result import Result
    from copydesk.readers import read
    from copydesk.repair.fixing import fix
    from copydesk.run import check
    from copydesk.simulation.run import simulate
    from copydesk.suggestion.run import suggest

__all__ = [
    "CopydeskError",
    "Result",
    "__version__",
    "audit",
    "check",
    "difference",
    "fix",
    "load_suite",
    "mine",
    "read",
    "simulate",
    "suggest",
]

__version__ = "0.1.0"

_HOMES = {
    "CopydeskError": "copydesk.errors",
    "Result": "copydesk.model.result",
    "audit": "copydesk.auditing.run",
    "check": "copydesk.run",
    "difference": "copydesk.gate.diff",
    "fix": "copydesk.repair.fixing",
    "load_suite": "copydesk.checks.suite",
    "mine": "copydesk.mining.run",
    "read": "copydesk.readers",
    "simulate": "copydesk.simulation.run",
    "suggest": "copydesk.suggestion.run",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


# A frame of pandas has `frame.copydesk.check()`. Where pandas is imported later, `import copydesk.pandas` adds it.
if "pandas" in sys.modules:
    import copydesk.pandas  # noqa: F401
