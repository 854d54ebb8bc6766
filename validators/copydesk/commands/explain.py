"""`copydesk explain`: what a check finds, why it matters, and where it is wrong."""

from __future__ import annotations

import argparse

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "explain",
        help="explain a check",
        description="Say what a check finds, why it matters, and its limits.",
    )
    command.add_argument("check", metavar="CHECK", help="the check's name, as `copydesk list` or a suite shows it")
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
    sections = documentation(check)
    print(f"{check.name} ({check.family}, {check.severity}; {expectation_type(check.name)})\n{sections['title']}")
    for section in DOC_SECTIONS:
        print(f"\n{section}:\n{textwrap.indent(sections[section], '    ')}")
    defaults = ", ".join(f"{name}={default!r}" for name, (_, default) in option_types(check).items())
    if defaults:
        print(f"\nDefaults: {defaults}")
    return 0
