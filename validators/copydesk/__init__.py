"""copydesk: the copy desk of news data sets.

    import copydesk

    result = copydesk.check("articles.jsonl")
    result.success, result.failed, result.findings

Importing it is cheap: what needs Great Expectations, pandas or polars is loaded when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.auditing.run import audit
    from copydesk.mining.run import mine
    from copydesk.model.result import Result
    from copydesk.readers import read
    from copydesk.repair.fixing import fix
    from copydesk.run import check
    from copydesk.simulation.run import simulate
    from copydesk.suggestion.run import suggest

__all__ = ["Result", "__version__", "audit", "check", "fix", "mine", "read", "simulate", "suggest"]

__version__ = "0.1.0"

_HOMES = {
    "Result": "copydesk.model.result",
    "audit": "copydesk.auditing.run",
    "check": "copydesk.run",
    "fix": "copydesk.repair.fixing",
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
