"""The parser that suggests the word that was meant."""

from __future__ import annotations

import argparse

import pytest

from copydesk.commands.parser import Parser


def a_parser() -> Parser:
    top = Parser(prog="desk")
    command = top.add_subparsers(dest="command").add_parser("check")
    command.add_argument("paths", nargs="*")
    command.add_argument("--report")
    command.add_argument("--engine", choices=("local", "spark"))
    return top


def test_words_behind_dashes_are_kept_apart() -> None:
    parser = Parser()
    parser.add_argument("old")
    parser.add_argument("--quiet", action="store_true")
    parser.behind_dashes = "paths"
    assert parser.parse_args(["a", "--quiet", "--", "--b", "--", "c"]).paths == ["--b", "--", "c"]
    assert parser.parse_args(["a"]).paths == []


def test_known_words_are_parsed_as_by_argparse() -> None:
    words = ["check", "a", "b", "--engine", "spark", "--rep", "r.html"]
    assert a_parser().parse_args(words) == argparse.Namespace(
        command="check", paths=["a", "b"], engine="spark", report="r.html"
    )
    assert a_parser().parse_args(["check", "--", "--reprot"]).paths == ["--reprot"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chck"], "Did you mean 'check'?"),
        (["check", "--reprt", "x"], "Did you mean '--report'?"),
        (["check", "--engine", "lcal"], "Did you mean 'local'?"),
        (["check", "--zzzz"], "unrecognized arguments: --zzzz."),
    ],
)
def test_the_error_is_that_of_the_command_and_names_the_nearest_word(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        a_parser().parse_args(words)
    error = capsys.readouterr().err
    assert said in error and (len(words) == 1 or error.startswith("usage: desk check"))
    assert "--zzzz" not in words or "Did you mean" not in error
