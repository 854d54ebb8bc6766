"""`copydesk diff`: say what changed between two versions of a collection."""

from __future__ import annotations

import argparse
import shlex
import sys
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

from copydesk.commands.options import add_reading, add_suite, read_options, reading_words
from copydesk.commands.parser import Parser
from copydesk.model.finding import SEVERITIES

__all__ = ["add_to", "run"]

#: The files that the command writes on request: name, form, what for.
_OUTPUTS = (
    ("report", "F.html", "write the difference to read in a browser", "html"),
    ("result", "F.json", "write the difference for scripts", "data"),
    ("markdown", "F.md", "write the difference as Markdown", "markdown"),
)


def add_to(commands: argparse._SubParsersAction[Parser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "diff",
        help="say what changed between two versions of a collection",
        description="Say what changed between two versions of a collection: articles added, removed and changed,"
        " findings new and fixed, and the measures that moved. The exit status is 0 whatever changed, unless --fail-on"
        " is given.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "old",
        metavar="OLD",
        help="the old version: a file, a folder, or a glob in quotes; with paths at the end of the command, behind --,"
        " a revision of git: copydesk diff main HEAD -- data",
    )
    command.add_argument("new", metavar="NEW", help="the new version")
    command.behind_dashes = "paths"
    add_suite(command, when="in both versions")
    add_reading(command)
    for name, metavar, said, _ in _OUTPUTS:
        command.add_argument(f"--{name}", type=Path, metavar=metavar, help=said)
    command.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="never",
        help="exit with 1 where there is a new finding of this severity, or worse (default: never)",
    )
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare, write what was asked for, print the summary; return 0 or 1."""
    from copydesk.engine.threads import end_when_interrupted
    from copydesk.gate.diff import difference
    from copydesk.gate.revisions import at_revision
    from copydesk.model.article import parse_map
    from copydesk.readers.files.guard import Guard, suite_file

    mapped = parse_map(arguments.map)
    guard = Guard(
        {f"--{name}": getattr(arguments, name) for name, *_ in _OUTPUTS},
        reads=suite_file(arguments.suite),
        paths=arguments.paths or [arguments.old, arguments.new],
    )
    end_when_interrupted()
    with ExitStack() as stack:
        old, new = (
            stack.enter_context(at_revision(side, arguments.paths)) if arguments.paths else side
            for side in (arguments.old, arguments.new)
        )
        found = difference(
            old,
            new,
            suite=arguments.suite,
            mapped=mapped,
            command=_command(arguments),
            guard=guard,
            options=read_options(arguments),
        )
    for name, *_, form in _OUTPUTS:
        path = getattr(arguments, name)
        if path is not None:
            import_module(f"copydesk.reports.difference.{form}").write(found, path)
    if not arguments.quiet:
        from rich.console import Console

        from copydesk.reports.difference.terminal import summary

        summary(found, Console(file=sys.stdout, highlight=False), report=arguments.report and str(arguments.report))
    return 1 if found.fails(arguments.fail_on) else 0


def _command(arguments: argparse.Namespace) -> str:
    """Return the command that repeats this, without its outputs."""
    words = ["copydesk", "diff", arguments.old, arguments.new]
    if arguments.suite != "news":
        words += ["--suite", arguments.suite]
    for entry in arguments.map:
        words += ["--map", entry]
    words += reading_words(arguments)
    if arguments.paths:
        words += ["--", *arguments.paths]
    return shlex.join(words)
