"""Read the YAML of a suite file as plain data: what JSON knows, and nothing that a file could do harm with.

YAML has tags that make objects, aliases that grow a few lines to millions of values, and dates that do not exist. A
suite needs none of them. So this reads the nodes of the file itself: a date is a string, any other tag is an error,
and an alias counts each time that it is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from copydesk.errors import SuiteError

__all__ = ["read_yaml"]

#: The most values that a suite file may hold once its aliases are followed. The installed suites hold some 300.
MOST_VALUES = 100_000

#: The most characters of a number, and the most levels of nesting.
_MOST_DIGITS = 300
_MOST_LEVELS = 50

_TAG = "tag:yaml.org,2002:"


def read_yaml(text: str, *, file: str) -> tuple[Any, list[int]]:
    """Read a suite file.

    Args:
        text: the file's text.
        file: its name, for errors.

    Returns:
        Its data as dicts, lists, strings, numbers, booleans and None; and the line (from 1) of each item of its
        'expectations'.

    Raises:
        SuiteError: the text is not YAML, or holds a tag, a number or aliases that no suite needs.
    """
    from ruamel.yaml import YAML  # here, so that --help need not wait for it
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise SuiteError(f"{file}{line}: this is not YAML: {error.problem or error.context}.") from error
    except ReaderError as error:
        number = text.count("\n", 0, error.position) + 1
        raise SuiteError(
            f"{file}, line {number}: this is not YAML: it holds the control character"
            f" U+{ord(text[error.position]):04X}."
            " Remove it."
        ) from error
    except RecursionError as error:
        raise SuiteError(f"{file}: this is nested deeper than {_MOST_LEVELS} levels. A suite needs 10.") from error
    except (YAMLError, ValueError, AttributeError) as error:  # a directive of no version, a character that is none
        raise SuiteError(
            f"{file}: this is not YAML: {str(error).splitlines()[0] if str(error) else error!r}."
        ) from error
    if root is None:
        return None, []
    return _Values(file).of(root), [node.start_mark.line + 1 for node in _expectations(root)]


def _expectations(root: Any) -> list[Any]:
    pairs = root.value if root.id == "mapping" else []
    lists = [value for key, value in pairs if key.value == "expectations" and value.id == "sequence"]
    return lists[-1].value if lists else []


class _Values:
    """Turns nodes into values, and counts them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._values = 0

    def of(self, node: Any, level: int = 0) -> Any:
        self._values += 1
        if self._values > MOST_VALUES:
            raise self._error(node, f"its aliases make more than {MOST_VALUES:,} values. Write them out")
        if level > _MOST_LEVELS:
            raise self._error(node, f"this is nested deeper than {_MOST_LEVELS} levels. A suite needs 10")
        kind = str(node.tag).removeprefix(_TAG)
        if node.id == "mapping" and kind == "map":
            return dict(self._pairs(node, level))
        if node.id == "sequence" and kind == "seq":
            return [self.of(item, level + 1) for item in node.value]
        if node.id == "scalar":
            return self._scalar(node, kind)
        raise self._error(node, f"the tag {kind!r} has no meaning in a suite. Remove it")

    def _pairs(self, node: Any, level: int) -> Iterator[tuple[str, Any]]:
        own = []
        for key, value in node.value:
            if key.id != "scalar":
                raise self._error(key, "expected a name before the colon, got a list or a mapping")
            if str(key.tag) == _TAG + "merge":
                yield from self._merged(value, level)
            elif key.value in own:
                raise self._error(key, f"{key.value!r} stands twice in one mapping. Remove one of them")
            else:
                own.append(key.value)
        yield from ((key.value, self.of(value, level + 1)) for key, value in node.value if key.value in own)

    def _merged(self, node: Any, level: int) -> Iterator[tuple[str, Any]]:
        """Yield what `<<` takes over from one mapping, or from several; the first of them counts."""
        merged = self.of(node, level + 1)
        for mapping in reversed(merged if isinstance(merged, list) else [merged]):
            if not isinstance(mapping, dict):
                raise self._error(node, "expected a mapping behind '<<'")
            yield from mapping.items()

    def _scalar(self, node: Any, kind: str) -> Any:
        text: str = node.value
        if kind in ("str", "timestamp"):
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind in ("int", "float") and len(text) <= _MOST_DIGITS:
            try:
                return _number(text.replace("_", ""), kind)
            except ValueError:
                pass
        if kind in ("int", "float"):
            raise self._error(node, f"expected a number, got {text[:30]!r} ({len(text):,} characters)")
        raise self._error(node, f"the tag {kind!r} has no meaning in a suite. Remove it")

    def _error(self, node: Any, what: str) -> SuiteError:
        return SuiteError(f"{self._file}, line {node.start_mark.line + 1}: {what}.")


def _number(text: str, kind: str) -> int | float:
    if kind == "int":
        try:
            return int(text)  # 010 is ten: so YAML 1.2 says
        except ValueError:
            return int(text, 0)
    special = {".inf": math.inf, "+.inf": math.inf, "-.inf": -math.inf, ".nan": math.nan}
    return special[text.lower()] if text.lower() in special else float(text)
