"""The YAML of a suite is plain data, and a file that is more than that is an error with its line."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from copydesk.checks import suite_files
from copydesk.checks.suite_file import MOST_VALUES, read_yaml
from copydesk.errors import SuiteError

TEXTS = st.text("ab-: #'\"é\n", max_size=9)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text("ab-: #'\"é\n", max_size=9)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4)
)


@pytest.mark.parametrize("name", sorted(suite_files()))
def test_an_installed_suite_is_read_as_any_reader_of_yaml_reads_it(name: str) -> None:
    text = suite_files()[name].read_text(encoding="utf-8")
    assert read_yaml(text, file="x")[0] == YAML(typ="safe", pure=True).load(text)


@given(value=VALUES)
@settings(max_examples=60)
def test_what_is_written_as_yaml_is_read_back(value: Any) -> None:
    written = io.StringIO()
    YAML(typ="safe", pure=True).dump({"value": value}, written)
    assert read_yaml(written.getvalue(), file="x")[0] == {"value": value}


def test_the_lines_of_the_expectations_are_known() -> None:
    data, lines = read_yaml("name: x\nexpectations:\n  - type: a\n\n  - type: b\n", file="x")
    assert lines == [3, 5] and data == {"name": "x", "expectations": [{"type": "a"}, {"type": "b"}]}
    assert read_yaml("", file="x") == (None, [])


def test_a_mapping_can_be_taken_over_and_an_alias_be_used() -> None:
    text = "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: [*a, *a]\n"
    data, _ = read_yaml(text, file="x")
    assert data["b"] == {"x": 1, "y": 3} and data["c"] == [{"x": 1, "y": 2}] * 2


def test_dates_are_strings_and_numbers_are_those_of_yaml_1_2() -> None:
    data, _ = read_yaml("[2001-99-99, 010, 0x1F, 0o17, 1_000, .5, -.inf, 1e3]", file="x")
    assert data == ["2001-99-99", 10, 31, 15, 1000, 0.5, float("-inf"), 1000.0]


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: \x07", "line 2: this is not YAML: it holds the control character U+0007"),
        ("a: 1\nb: \x00", "U+0000"),
        ("a: 1\nb: !!python/object/apply:os.system [x]", "line 2: the tag 'python/object/apply:os.system'"),
        ("a: !!set {a, b}", "the tag 'set' has no meaning"),
        ("a: !mine 3", "the tag '!mine' has no meaning"),
        ("a: !!binary aGk=", "the tag 'binary'"),
        ("a: " + "9" * 5000, "expected a number, got '999999999999999999999999999999' (5,000 characters)"),
        ("a: !!int many", "expected a number, got 'many'"),
        (bomb(9), f"more than {MOST_VALUES:,} values"),
        ("a: &a [*a]", "nested deeper than 50 levels"),
        ("a: &a\n  <<: *a\n", "nested deeper than 50 levels"),
        ("a: " + "[" * 3000 + "]" * 3000, "nested deeper than 50 levels"),
        ("a: " + "[" * 60 + "]" * 60, "nested deeper than 50 levels"),
        ("a: 1\na: 2", "line 2: 'a' stands twice"),
        ("? [a, b]\n: 1", "expected a name before the colon"),
        ("a:\n  <<: 3\n", "expected a mapping behind '<<'"),
        ("a: *nowhere", "line 1: this is not YAML"),
        ("a: [", "this is not YAML"),
        ("a: 1\n---\nb: 2", "this is not YAML"),
        ("%YAML 9.9.9\n---\na: 1", "this is not YAML"),
    ],
)
def test_what_no_suite_needs_is_an_error_with_its_line(text: str, message: str) -> None:
    with pytest.raises(SuiteError, match=r"^my\.yml") as error:
        read_yaml(text, file="my.yml")
    assert message in str(error.value) and "\n" not in str(error.value)


@given(text=st.text(alphabet=st.sampled_from("ab&*!<>:{}[]-?|'\"%@`#, \n\t0123.~\x00\x07\ud800é"), max_size=60))
@settings(max_examples=150)
def test_any_text_is_data_or_an_error_of_one_line(text: str) -> None:
    try:
        read_yaml(text, file="x")
    except SuiteError as error:
        assert "\n" not in str(error)
