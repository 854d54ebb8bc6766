r"""JSON records as Python reads them, exactly, and the text that stands for each kind of value.

A lone surrogate escape ("\ud800"), which no text can hold, becomes U+FFFD. Of a key given twice the first
value counts. NUL and control characters inside strings are kept: they are data to examine. NaN and Infinity
are read, though no JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from copydesk.readers.encodings import not_utf8

__all__ = ["UnreadableError", "as_object", "as_text", "clean", "decoder", "parse_object", "texts"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Python refuses to read a longer number as an int (sys.int_info.default_max_str_digits).
_MOST_DIGITS = 4000
_KINDS = {list: "a list", str: "a string", int: "a number", float: "a number", bool: "a truth value"}


class UnreadableError(Exception):
    """A record that cannot be read; the message is the reason, for `Rejected`."""


def _first_wins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        found = {}
        for key, value in pairs:
            found.setdefault(key, value)
    return found


#: Reads one JSON value; lenient where the text is still data, strict where it is no JSON.
decoder = json.JSONDecoder(
    strict=False,
    object_pairs_hook=_first_wins,
    parse_int=lambda digits: int(digits) if len(digits) < _MOST_DIGITS else float(digits),
)


def parse_object(data: bytes) -> dict[str, Any]:
    """Read one line of JSON lines.

    Raises:
        UnreadableError: the bytes are not UTF-8, no JSON, or no object.
    """
    try:
        value = decoder.decode(data.decode())
    except UnicodeDecodeError as error:
        raise UnreadableError(not_utf8(data, f"at byte {error.start + 1} of the line")) from error
    except json.JSONDecodeError as error:
        why = error.msg.removesuffix(" at")  # some messages of Python's end so
        raise UnreadableError(f"no valid JSON: {why} at character {error.pos + 1} of the line") from error
    except RecursionError as error:
        raise UnreadableError("JSON nested too deeply") from error
    return as_object(value)


def as_object(value: Any) -> dict[str, Any]:
    """Give a JSON value as the object that a record must be.

    Raises:
        UnreadableError: it is something else, or was found unreadable before.
    """
    if isinstance(value, UnreadableError):
        raise value
    if not isinstance(value, dict):
        raise UnreadableError(f"expected a JSON object, got {_KINDS.get(type(value), 'null')}")
    return value


def clean(text: str) -> str:
    """Put U+FFFD in place of every lone surrogate."""
    try:
        text.encode()  # several times as fast as the pattern, which is seldom needed
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def texts(record: Mapping[str, Any], separators: Mapping[str, str]) -> list[str | None]:
    """Give the text of each wanted column of a record; separators: column to what joins its lists."""
    return [as_text(record.get(column), separator=separator) for column, separator in separators.items()]


def as_text(value: Any, *, separator: str = ", ") -> str | None:
    r"""Give the text that stands for a JSON value, None for null.

    A string is itself. The items of a list are joined. Of an object that wraps a text, as schema.org, ninjs
    and fundus write them, the text is taken; any other object is its JSON text.

    >>> as_text([{"@type": "Person", "name": "A. Writer"}, "B. Editor"])
    'A. Writer, B. Editor'
    >>> as_text({"summary": [], "sections": [{"paragraphs": ["One.", "Two."]}]}, separator="\n")
    'One.\nTwo.'
    >>> as_text([{"role": "main", "value": "Storm"}, {"role": "mobile", "value": "Storm!"}])
    'Storm'
    """
    if value is None or isinstance(value, str):
        return value if value is None else clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list):
        if value and all(isinstance(item, dict) and isinstance(item.get("value"), str) for item in value):
            return clean(value[0]["value"])  # ninjs: one text in several roles, the main one first
        return separator.join(text for item in value if (text := as_text(item, separator=separator)) is not None)
    if isinstance(value.get("sections"), list):  # fundus: an ArticleBody
        return _paragraphs(value["sections"])
    for key in ("name", "value", "@value", "@id"):
        if isinstance(value.get(key), str):
            return clean(value[key])
    return clean(json.dumps(value, ensure_ascii=False))


def _paragraphs(sections: list[Any]) -> str:
    found = []
    for section in sections:
        paragraphs = section.get("paragraphs") if isinstance(section, dict) else None
        text = as_text(paragraphs, separator="\n")
        if text:
            found.append(text)
    return "\n".join(found)


def _number(value: int | float) -> str:
    """Write a number without exponent and without a needless '.0', as polars does."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return json.dumps(value)
    digits = format(Decimal(repr(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
