"""Judge the signals against the suite, by Great Expectations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.compatibility import pydantic
from great_expectations.exceptions.exceptions import ExpectationNotFoundError
from great_expectations.expectations.expectation import Expectation

from copydesk.checks import RowCheck, all_checks, documentation
from copydesk.checks.suite import Entry, Suite
from copydesk.errors import SuiteError, did_you_mean
from copydesk.judge.expectations import expectation_class, expectation_named, expectation_names
from copydesk.judge.signals import Signals
from copydesk.lazy import np
from copydesk.model.result import ExpectationResult

__all__ = ["definition_of_batches", "expectations_of", "judge"]

_POSITION = "copydesk_position"


def expectations_of(suite: Suite) -> list[Expectation]:
    """Return the expectations of a suite as objects of Great Expectations, in order; their classes check the kwargs.

    Raises:
        SuiteError: an expectation of Great Expectations' own that does not exist, or with kwargs it does not take.
    """
    for check in all_checks().values():
        expectation_class(check)
    return [_expectation(entry, position) for position, entry in enumerate(suite.entries)]


def _expectation(entry: Entry, position: int) -> Any:
    try:
        kind = expectation_named(entry.type)
    except ExpectationNotFoundError as error:
        raise SuiteError(
            f"{entry.place}: there is no expectation {entry.type!r}.{did_you_mean(entry.type, expectation_names())}"
        ) from error
    raw = dict(entry.raw)
    raw.pop("type")
    meta = {**(raw.pop("meta", None) or {}), _POSITION: position}
    try:
        return kind(**raw.pop("kwargs"), **raw, meta=meta)
    except pydantic.ValidationError as error:
        unknown = [e for e in error.errors() if e["type"] == "value_error.extra"]
        first = (unknown or error.errors())[0]
        option = ".".join(str(part) for part in first["loc"])
        hint = did_you_mean(option, kind.__fields__) if unknown else ""
        what = "there is no such option" if unknown else first["msg"]
        raise SuiteError(f"{entry.place}: {entry.type}: {option}: {what}.{hint}") from error
    except (TypeError, ValueError) as error:
        raise SuiteError(f"{entry.place}: {entry.type}: {error}.") from error


def definition_of_batches() -> Any:
    """Return a batch definition of Great Expectations for frames of signals, in a context that is now the current one.

    It holds as long as nobody makes another context.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]  # the form its docs give
    asset = context.data_sources.add_pandas("copydesk").add_dataframe_asset("signals")
    return asset.add_batch_definition_whole_dataframe("all")


def judge(
    signals: Signals, suite: Suite, expectations: list[Expectation], definition: Any = None
) -> tuple[ExpectationResult, ...]:
    """Judge the signals.

    Args:
        signals: of the whole collection.
        suite: the suite whose checks made the signals.
        expectations: the suite's, from `expectations_of`.
        definition: from `definition_of_batches`; a new one by default.

    Returns:
        A result for each entry of the suite, in its order.
    """
    applicable = [
        (e, entry.check is not None and not entry.kwargs.get("row_condition"))
        for e, entry in zip(expectations, suite.entries, strict=True)
        if (signals.applicable(entry.check.key) if entry.check else not signals.missing(entry.columns))
    ]
    definition = definition or definition_of_batches()
    by_tally = [e for e, is_by_tally in applicable if is_by_tally]
    by_rows = [e for e, is_by_tally in applicable if not is_by_tally]
    outcomes = _validate(definition, lambda: _tally(signals), suite.name, by_tally)
    outcomes |= _validate(definition, lambda: signals.rows().to_pandas(), suite.name, by_rows)
    return tuple(_result(entry, outcomes.get(position), signals) for position, entry in enumerate(suite.entries))


def _tally(signals: Signals) -> pd.DataFrame:
    tally = signals.tally()
    return pd.DataFrame({n: np.array(v, np.float64 if None in v else np.int64) for n, v in tally.items()})


def _validate(
    definition: Any, frame: Callable[[], pd.DataFrame], name: str, expectations: list[Expectation]
) -> dict[int, Any]:
    if not expectations:
        return {}
    suite = gx.ExpectationSuite(name=name, expectations=expectations)
    batch = definition.get_batch({"dataframe": frame()})
    outcome = batch.validate(suite, result_format={"result_format": "SUMMARY"})
    return {int(r.expectation_config.meta[_POSITION]): r for r in outcome.results if r.expectation_config}


def _result(entry: Entry, outcome: Any, signals: Signals) -> ExpectationResult:
    check = entry.check
    about: dict[str, Any] = {
        "type": entry.type,
        "check": check.name if check else None,
        "severity": entry.severity,
        "kwargs": dict(entry.kwargs),
        "family": check.family if check else None,
        "title": documentation(type(check))["title"] if check else "",
        "of_rows": isinstance(check, RowCheck),
    }
    if check is None and (missing := signals.missing(entry.columns)):
        return ExpectationResult(
            **about,
            success=False,
            articles_checked=None,
            articles_unexpected=None,
            unexpected_percent=None,
            message=f"the data has no column {' and no column '.join(map(repr, missing))}",
        )
    if outcome is None or (outcome.result.get("element_count") == 0 and entry.kwargs.get("row_condition")):
        why = (
            "no article meets the row_condition"
            if outcome
            else f"the data has no {' and no '.join(check.needs)}"
            if check
            else ""
        )
        return ExpectationResult(
            **about,
            success=None,
            articles_checked=0,
            articles_unexpected=0,
            unexpected_percent=None,
            message=why,
        )
    fault = signals.failed.get(check.key) if check else None
    exception = f"its check failed with {fault}. This is a fault in the check" if fault else None
    exception = exception or _exception(outcome.exception_info)
    result = {} if fault else outcome.result
    values = tuple(dict.fromkeys(str(v) for v in result.get("partial_unexpected_list", ())))
    empty = _lacks_values(result)
    return ExpectationResult(
        **about,
        success=bool(outcome.success) and exception is None and not empty,
        articles_checked=result.get("element_count"),
        articles_unexpected=result.get("unexpected_count"),
        unexpected_percent=result.get("unexpected_percent"),
        findings=signals.findings(check.key) if check else 0,
        message=f"could not be judged: {exception}"
        if exception
        else f"no article has a value in {', '.join(map(repr, entry.columns))}"
        if empty
        else _observation(result),
        values=values,
        unjudged=exception is not None,
    )


def _lacks_values(result: dict[str, Any]) -> bool:
    """Say whether every value is missing: Great Expectations leaves these out, and so finds none that is wrong."""
    return bool(result.get("element_count")) and result.get("missing_count") == result["element_count"]


def _observation(result: dict[str, Any]) -> str:
    return f"observed {result['observed_value']}" if "observed_value" in result else ""


def _exception(info: dict[str, Any] | None) -> str | None:
    """Return the message of an exception that Great Expectations caught, in the expectation or in a metric."""
    if not info:
        return None
    if "raised_exception" in info:
        return str(info["exception_message"]) if info["raised_exception"] else None
    messages = (_exception(part) for part in info.values() if isinstance(part, dict))
    return next((message for message in messages if message), None)
