r"""JSON records as Python reads them, exactly, and the text that stands for each kind of value.

A lone surrogate escape ("\ud800"), which no text can hold, becomes U+FFFD. If a key is given twice, its first value
counts. NUL and control characters in strings are kept: they are data to examine. NaN and Infinity are read, although
they are not JSON.
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


def _take_first(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        record = {}
        for key, value in pairs:
            record.setdefault(key, value)
    return record


#: Reads one JSON value. It takes control characters in strings, and is strict about all else.
decoder = json.JSONDecoder(
    strict=False,
    object_pairs_hook=_take_first,
    parse_int=lambda digits: int(digits) if len(digits) < _MOST_DIGITS else float(digits),
)


def parse_object(data: bytes) -> dict[str, Any]:
    """Read one line of JSON lines.

    Raises:
        UnreadableError: the bytes are not UTF-8, not JSON, or not an object.
    """
    try:
        value = decoder.decode(data.decode())
    except UnicodeDecodeError as error:
        raise UnreadableError(not_utf8(data, f"at byte {error.start + 1} of the line")) from error
    except json.JSONDecodeError as error:
        why = error.msg.removesuffix(" at")  # some messages of Python end with it
        raise UnreadableError(f"not valid JSON: {why} at character {error.pos + 1} of the line") from error
    except RecursionError as error:
        raise UnreadableError("JSON nested too deeply") from error
    return as_object(value)


def as_object(value: Any) -> dict[str, Any]:
    """Return a JSON value, which must be an object, as every record is.

    Raises:
        UnreadableError: it is something else, or an UnreadableError itself.
    """
    if isinstance(value, UnreadableError):
        raise value
    if not isinstance(value, dict):
        raise UnreadableError(f"expected a JSON object, got {_KINDS.get(type(value), 'null')}")
    return value


def clean(text: str) -> str:
    """Replace every lone surrogate by U+FFFD."""
    try:
        text.encode()  # several times faster than the pattern, which is seldom needed
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def texts(record: Mapping[str, Any], separators: Mapping[str, str]) -> list[str | None]:
    """Return the text of each wanted column of a record; `separators` has what joins the items of its lists."""
    return [as_text(record.get(column), separator=separator) for column, separator in separators.items()]


def as_text(value: Any, *, separator: str = ", ") -> str | None:
    r"""Return the text that stands for a JSON value; None for null.

    A string stands for itself. The items of a list are joined. If an object wraps a text, as schema.org, ninjs and
    fundus write them, the text is taken. Any other object becomes its JSON text.

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
    parts = []
    for section in sections:
        paragraphs = section.get("paragraphs") if isinstance(section, dict) else None
        text = as_text(paragraphs, separator="\n")
        if text:
            parts.append(text)
    return "\n".join(parts)


def _number(value: int | float) -> str:
    """Return a number without exponent and without a final '.0', as polars writes it."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return json.dumps(value)
    digits = format(Decimal(repr(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
