r"""JSON records as Python reads them, exactly, and the text that stands for each kind of value.

A lone surrogate escape ("\ud800"), which no text can hold, becomes U+FFFD. If a key is given twice, its first value
counts. NUL and control characters in strings are kept: they are data to examine. NaN and Infinity are read, although
they are not JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from copydesk.readers.fields.html_text import html_to_text, is_html_type
from copydesk.readers.fields.paths import value_of
from copydesk.readers.files.encodings import not_utf8

__all__ = [
    "InvalidError",
    "UnreadableError",
    "as_object",
    "as_text",
    "clean",
    "decoder",
    "parse_object",
    "texts",
    "unwrap",
]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Python refuses to read a longer number as an int (sys.int_info.default_max_str_digits).
_MOST_DIGITS = 4000
_KINDS = {list: "a list", str: "a string", int: "a number", float: "a number", bool: "a truth value"}

#: What a section of fundus' ArticleBody holds, in order.
_OF_SECTION = ("headline", "paragraphs")

#: The keys of objects that wrap a text, best first: WordPress, common dumps, Draft.js, the New York Times, ninjs,
#: JSON-LD, and the extended JSON of MongoDB; then what stands for a person, a place or an organisation.
_TEXT_KEYS = (
    "rendered", "text", "plain", "plaintext", "paragraphs", "blocks", "main", "original", "value", "@value", "content",
    "body", "paragraph", "#text", "$t", "$oid", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal",
)  # fmt: skip
_NAME_KEYS = ("name", "title", "label", "term", "displayName", "@id", "uri", "url")

#: The keys of a content type beside a text (ninjs, dpa, Atom as JSON).
_TYPE_KEYS = ("contenttype", "content_type", "contentType", "mimetype", "mime_type", "type")

_KIND_KEYS = ("type", "@type", "_type", "kind", "__typename")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UnreadableError(Exception):
    """A record that cannot be read; the message is the reason, for `Rejected`."""


class InvalidError(UnreadableError):
    """A record that is no JSON."""


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
        raise InvalidError(f"not valid JSON: {why} at character {error.pos + 1} of the line") from error
    except RecursionError as error:
        raise InvalidError("JSON nested too deeply") from error
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


def texts(record: Mapping[str, Any], columns: Mapping[str, tuple[str, str]]) -> list[str | None]:
    """Return the text of each wanted column of a record.

    Args:
        record: the record.
        columns: of each column what joins the items of a list, and what its values are for: "text", "name" or "extra".

    Raises:
        UnreadableError: a column of the kind "text" holds an object in which no text is known.
    """
    return [_text_of(record, column, separator, kind) for column, (separator, kind) in columns.items()]


def _text_of(record: Mapping[str, Any], column: str, separator: str, kind: str) -> str | None:
    value = value_of(record, column)
    if value is None or isinstance(value, str):
        return value if value is None else clean(value)
    if kind == "extra":
        return as_text(value, separator=separator)
    try:
        return unwrap(value, separator=separator, names=kind == "name")
    except UnreadableError as error:
        if kind == "name":
            return None
        raise UnreadableError(f"{column}: {error}. Say which with --map, as {column}.KEY") from error


def as_text(value: Any, *, separator: str = ", ") -> str | None:
    r"""Return the text that stands for a JSON value; None for null. An object in which none is known stays JSON.

    >>> as_text([{"@type": "Person", "name": "A. Writer"}, "B. Editor"])
    'A. Writer, B. Editor'
    """
    try:
        text = unwrap(value, separator=separator, names=True)
    except UnreadableError:
        text = None
    return clean(json.dumps(value, ensure_ascii=False)) if text is None and value is not None else text


def unwrap(value: Any, *, separator: str = ", ", names: bool = False) -> str | None:
    r"""Return the text that a JSON value holds; None for null.

    A string stands for itself, and the items of a list are joined. If an object wraps a text as known formats do, that
    text is taken: see `_TEXT_KEYS`. Blocks without text, as pictures, give none.

    >>> unwrap({"summary": ["Lead."], "sections": [{"headline": ["Sub"], "paragraphs": ["One."]}]}, separator="\n")
    'Lead.\nSub\nOne.'
    >>> unwrap([{"role": "main", "value": "Storm"}, {"role": "mobile", "value": "Storm!"}])
    'Storm'
    >>> unwrap([{"type": "p", "text": "One."}, {"type": "image", "src": "1.jpg"}, {"text": "Two."}], separator="\n")
    'One.\nTwo.'
    >>> unwrap({"$date": {"$numberLong": "0"}})
    '1970-01-01T00:00:00+00:00'

    Raises:
        UnreadableError: an object in which no text is known.
    """
    if value is None or isinstance(value, str):
        return value if value is None else clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list):
        return _of_list(value, separator, names=names)
    if "$date" in value:
        return _date(value["$date"])
    sections = value.get("sections")
    if isinstance(sections, list):  # fundus: an ArticleBody, in the order of its `plaintext`
        parts = [value.get("summary"), *(s.get(k) for s in sections if isinstance(s, dict) for k in _OF_SECTION)]
        return "\n".join(filter(None, (unwrap(part, separator="\n") for part in parts)))
    for key in (*_TEXT_KEYS, *(_NAME_KEYS if names else ())):
        item = value.get(key)
        if isinstance(item, str | int | float | list | dict) and (item or not isinstance(item, list | dict)):
            text = unwrap(item, separator=separator, names=names)
            is_html = key == "rendered" or any(is_html_type(value.get(name)) for name in _TYPE_KEYS)
            return html_to_text(text) if text and is_html else text
    if all(item is None for item in value.values()) or any(k in value and value[k] is None for k in _TEXT_KEYS):
        return None
    raise UnreadableError(f"expected text, got an object with the keys {', '.join(map(clean, list(value)[:12]))}")


def _of_list(values: list[Any], separator: str, *, names: bool) -> str | None:
    # ninjs: one text in several roles, the main one first
    if values and all(isinstance(i, dict) and "role" in i and isinstance(i.get("value"), str) for i in values):
        mains = [item for item in values if item["role"] == "main"]
        return unwrap((mains or values)[0], separator=separator, names=names)
    parts, fault = [], None
    for item in values:
        try:
            # A list in a list is a paragraph: its sentences or words follow each other.
            inner = " " if isinstance(item, list) and separator == "\n" else separator
            text = unwrap(item, separator=inner, names=names)
        except UnreadableError as error:
            if not _has_no_text(item):
                raise
            fault = fault or error
        else:
            parts += [text] if text is not None else []
    if fault and not parts:
        raise fault
    return separator.join(parts)


def _has_no_text(block: Any) -> bool:
    """Say whether a block is of another kind than text, as a picture is: it says its kind, or holds no words."""
    if not isinstance(block, dict):
        return False
    return any(key in block for key in _KIND_KEYS) or not any(isinstance(v, str) and " " in v for v in block.values())


def _date(value: Any) -> str | None:
    """Return a date of MongoDB's extended JSON: a text, or milliseconds since 1970."""
    if isinstance(value, dict):
        value = value.get("$numberLong")
    try:
        return (
            value
            if value is None or (isinstance(value, str) and not value.lstrip("-").isdigit())
            else str((_EPOCH + timedelta(milliseconds=int(value))).isoformat())
        )
    except (TypeError, ValueError, OverflowError):
        return None if value is None else str(value)


def _number(value: int | float) -> str:
    """Return a number without exponent and without a final '.0', as polars writes it."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return json.dumps(value)
    digits = format(Decimal(repr(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
