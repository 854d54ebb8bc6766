"""`copydesk check`: the command that repeats a run."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks import SEVERITIES
from copydesk.commands import check
from copydesk.commands.cli import parser

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda w: w[0] != "-")


def settled(words: list[str]) -> argparse.Namespace:
    given = parser().parse_args(words)
    arguments: argparse.Namespace = given.options.settle(given, None)
    return arguments


@given(
    st.lists(WORDS, min_size=1, max_size=3),
    st.sampled_from(["news", "strict", "my suite.yml"]),
    st.lists(WORDS.map(lambda column: f"body={column}"), max_size=2),
    st.none() | WORDS.map(Path),
    st.sampled_from([*SEVERITIES, "never"]),
)
def test_the_command_repeats_the_run(
    paths: list[str], suite: str, columns: list[str], baseline: Path | None, fail_on: str
) -> None:
    words = ["check", *paths, "--suite", suite, "--fail-on", fail_on]
    words += [word for column in columns for word in ("--map", column)]
    words += ["--baseline", str(baseline)] if baseline else []
    first = settled(words)
    name, *again = shlex.split(check._command(first))
    assert name == "copydesk"
    second = settled(again)
    for option in ("paths", "suite", "map", "baseline", "fail_on", "engine"):
        assert getattr(second, option) == getattr(first, option)
