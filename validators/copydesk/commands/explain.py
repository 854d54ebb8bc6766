"""`copydesk explain`: what a check finds, why it matters, and where it is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.checks import Check
    from copydesk.checks.batch import Batch

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "explain",
        help="explain a check",
        description="Say what a check finds, why it matters, and its limits.",
    )
    command.add_argument("check", metavar="CHECK", help="the check's name, as `copydesk list` or a suite shows it")
    command.add_argument(
        "--article",
        nargs=2,
        metavar=("FILE", "ROW"),
        help="instead, show how the check comes to its verdicts on one article: page-furniture",
    )
    command.set_defaults(run=run)


def _check_name(name: str) -> str:
    """Return the name of a check, also where its expectation's type is given.

    >>> _check_name("expect_news_ad_residue"), _check_name("ad-residue")
    ('ad-residue', 'ad-residue')
    """
    return name.removeprefix("expect_news_").replace("_", "-")


def run(arguments: argparse.Namespace) -> int:
    """Print the documentation of a check."""
    import textwrap

    from copydesk.checks import DOC_SECTIONS, check_named, documentation, expectation_type, option_types

    check = check_named(_check_name(arguments.check))
    if arguments.article:
        return _account(check, *arguments.article)
    sections = documentation(check)
    print(f"{check.name} ({check.family}, {check.severity}; {expectation_type(check.name)})\n{sections['title']}")
    for section in DOC_SECTIONS:
        print(f"\n{section}:\n{textwrap.indent(sections[section], '    ')}")
    defaults = ", ".join(f"{name}={default!r}" for name, (_, default) in option_types(check).items())
    if defaults:
        print(f"\nDefaults: {defaults}")
    return 0


def _account(check: type[Check], file: str, row: str) -> int:
    """Print how a check comes to its verdicts on the article in a row of a file; the file is the collection."""
    from copydesk.checks.batch import Batch
    from copydesk.errors import UsageError
    from copydesk.readers import read

    if not row.isdecimal() or int(row) < 1:
        raise UsageError(f"--article {file} {row}: expected the number of a row, from 1, got {row!r}.")

    def batches() -> Iterator[Batch]:
        first = 0
        for chunk in read([file]):
            yield Batch(chunk.articles, first=first)
            first += chunk.articles.height

    try:
        for line in check().account(batches(), int(row)):
            print(line)
    except ValueError as error:
        raise UsageError(f"--article {file} {row}: {error}.") from error
    return 0
