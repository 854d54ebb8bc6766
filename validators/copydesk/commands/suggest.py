"""`copydesk suggest`: make a suite from a collection that its owner calls good."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.commands.config import Options, find_config
from copydesk.commands.options import add_paths, add_reading, add_suite, read_options
from copydesk.readers.formats import list_suffixes

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "suggest",
        help="make a suite from a collection that is good",
        description="Make a suite from a collection that its owner calls good: how many findings are allowed, which"
        " columns must be there, which publishers, languages, years and lengths are usual. Each expectation has a"
        " margin, and says what was observed. What is bad in the collection is said, and left out.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_paths(command, f"a file, a folder, a glob, or - for JSON lines on standard input; files are {list_suffixes()}")
    command.add_argument("-o", "--output", type=Path, metavar="SUITE.yml", help="the suite; without it, print it")
    add_suite(command)
    add_reading(command)
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run, options=Options(command, strict=False))


def run(given: argparse.Namespace) -> int:
    """Suggest, write the suite, print what is bad; return 0."""
    from copydesk.engine.threads import end_when_interrupted
    from copydesk.model.article import parse_map
    from copydesk.readers.files.guard import Guard, suite_file
    from copydesk.reports.one_line import printable
    from copydesk.suggestion.run import suggest

    arguments = given.options.settle(given, find_config(Path.cwd()))
    guard = Guard({"--output": arguments.output}, reads=suite_file(arguments.suite), paths=arguments.paths)
    end_when_interrupted()
    made = suggest(
        arguments.paths,
        arguments.output,
        suite=arguments.suite,
        mapped=parse_map(arguments.map),
        options=read_options(arguments),
        guard=guard,
    )
    if arguments.output is None:
        print(made.text, end="")
        return 0
    if not arguments.quiet:
        print(f"{made.articles:,} articles; {len(made.entries)} expectations in {arguments.output}")
        for entry in made.bad:
            print(printable(f"bad, and left out: {entry.evidence}"))
            for article, reason in entry.examples:
                print(printable(f"  {article}: {reason}"))
        print(f"next: copydesk check NEXT --suite {arguments.output}")
    return 0
