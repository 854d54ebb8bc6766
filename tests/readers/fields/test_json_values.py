"""JSON values as Python reads them, and the text that stands for each."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.readers.fields.json_values import UnreadableError, as_object, as_text, clean, parse_object, texts, unwrap

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


@given(st.dictionaries(st.text(), values, max_size=4))
def test_an_object_is_read_as_python_reads_it(value: dict[str, Any]) -> None:
    line = json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass")
    assert repr(parse_object(line)) == repr(json.loads(line))


@given(values)
def test_every_value_has_a_text_that_can_be_written_as_utf8(value: Any) -> None:
    text = as_text(value)
    assert text is None if value is None else isinstance(text, str) and text.encode() is not None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value_and_has_no_exponent(number: float) -> None:
    text = as_text(number)
    assert text is not None and "e" not in text and not text.endswith(".0")
    assert float(text) == number


def test_what_is_no_number_is_written_as_json_does() -> None:
    assert [as_text(value) for value in (math.nan, math.inf, -math.inf)] == ["NaN", "Infinity", "-Infinity"]


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1), min_size=1))
def test_the_items_of_a_list_are_joined(items: list[str]) -> None:
    assert as_text([*items, None], separator="\n") == "\n".join(items)


def test_a_text_in_several_roles_is_the_first_of_them() -> None:
    assert as_text([{"role": "main", "value": "Storm"}, {"role": "mobile", "value": "Storm!"}]) == "Storm"
    assert as_text([{"value": "Storm"}, {"value": 7}]) == "Storm, 7"


def test_the_first_value_of_a_key_given_twice_counts() -> None:
    assert parse_object(b'{"a": 1, "b": 2, "a": 3}') == {"a": 1, "b": 2}


def test_a_number_of_more_digits_than_python_reads_is_read() -> None:
    assert parse_object(b'{"a": ' + b"9" * 5000 + b"}") == {"a": math.inf}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": "\xff"}', "not UTF-8 at byte 8 of the line"),
        (b'{"a": }', "not valid JSON: Expecting value at character 7 of the line"),
        (b'{"a": "b', "not valid JSON: Unterminated string starting at character 7 of the line"),
        (b'{"a": ' + b"[" * 100_000, "JSON nested too deeply"),
        (b"[1]", "expected a JSON object, got a list"),
        (b"null", "expected a JSON object, got null"),
        (b"true", "expected a JSON object, got a truth value"),
    ],
)
def test_a_line_that_is_no_object_says_why(line: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_object(line)
    assert str(caught.value).startswith(reason)


def test_a_value_that_was_unreadable_before_keeps_its_reason() -> None:
    with pytest.raises(UnreadableError, match="not UTF-8"):
        as_object(UnreadableError("not UTF-8"))


@given(st.text(alphabet=st.characters(categories=["Cs", "Ll"])))
def test_lone_surrogates_alone_are_replaced(text: str) -> None:
    assert clean(text) == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert clean(clean(text)) == clean(text)


def test_only_wanted_columns_have_a_text() -> None:
    assert texts({"a": ["x", "y"], "b": 1}, {"a": ("\n", "text"), "c": (", ", "name")}) == ["x\ny", None]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"contenttype": "text/html", "value": "<p>A &amp; b.</p><p>C.</p>"}, "A & b.\nC."),
        ([{"role": "main", "contenttype": "text/html", "value": "<p>A.</p>"}], "A."),
        ({"rendered": "Storm &#8217; s"}, "Storm \u2019 s"),
        ({"type": "xhtml", "$t": "<p>A.</p>"}, "A."),
        ({"contenttype": "text/plain", "value": "<p>A.</p>"}, "<p>A.</p>"),
    ],
)
def test_html_that_is_declared_becomes_text(value: object, text: str) -> None:
    assert unwrap(value) == text


def test_a_list_in_a_list_is_a_paragraph() -> None:
    assert unwrap([["It rained.", "Twice."], ["It", "snowed", "."]], separator="\n") == "It rained. Twice.\nIt snowed ."
    assert unwrap([["a", "b"], ["c"]], separator=", ") == "a, b, c"
