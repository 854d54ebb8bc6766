"""Options that several commands share: paths, suites, columns and sizes."""

from __future__ import annotations

import argparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.commands.options import (
    add_cache_size,
    add_paths,
    add_reading,
    add_suite,
    read_options,
    reading_words,
    size,
)
from copydesk.errors import UsageError

FACTORS = {"B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


@given(st.integers(1, 10**6), st.sampled_from(sorted(FACTORS)), st.sampled_from(["", " "]))
def test_a_size_is_a_number_times_its_unit(number: int, unit: str, space: str) -> None:
    assert size(f"{number}{space}{unit}") == size(f"{number}{space}{unit.lower()}") == number * FACTORS[unit]


@pytest.mark.parametrize("text", ["", "0", "0MB", "-1MB", "MB", "10", "512", "10 apples", "1e3", "ten", "1.MB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="expected a size such as 512MB"):
        size(text)


def test_the_options_are_read() -> None:
    command = argparse.ArgumentParser()
    add_paths(command, "files")
    add_suite(command)
    add_cache_size(command)
    plain = command.parse_args([])
    assert (plain.paths, plain.suite, plain.map, plain.cache_size) == ([], "news", [], 2 * 1000**3)
    words = ["a", "b", "--suite", "s.yml", "--map", "body=x", "--map", "id=y", "--cache-size", "5MB"]
    options = command.parse_args(words)
    assert (options.paths, options.suite) == (["a", "b"], "s.yml")
    assert (options.map, options.cache_size) == (["body=x", "id=y"], 5 * 10**6)


def test_a_layout_is_given_again_and_other_options_go_before_it() -> None:
    command = argparse.ArgumentParser()
    add_reading(command)
    words = ["--layout", "mind", "--delimiter", ";", "--folder", "section"]
    arguments = command.parse_args(words)
    options = read_options(arguments)
    assert (options.layout, options.delimiter, options.quote, options.header) == ("mind", ";", "", False)
    assert reading_words(arguments) == words
    with pytest.raises(UsageError, match=r"no layout 'minds'\. Did you mean 'mind'"):
        read_options(command.parse_args(["--layout", "minds"]))


def test_the_longest_line_is_an_option_that_a_command_repeats() -> None:
    command = argparse.ArgumentParser()
    add_reading(command)
    plain, given = command.parse_args([]), command.parse_args(["--longest-line", "128MB"])
    assert (read_options(plain).longest_line, reading_words(plain)) == (64 * 10**6, [])
    assert (read_options(given).longest_line, reading_words(given)) == (128 * 10**6, ["--longest-line", "128000000B"])
    assert read_options(command.parse_args(reading_words(given))) == read_options(given)
