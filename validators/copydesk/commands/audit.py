"""`copydesk audit`: look for copies across splits, for what gives a label away, and for syndication."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.commands.config import Options, find_config
from copydesk.commands.options import add_paths, add_reading, read_options
from copydesk.model.finding import SEVERITIES
from copydesk.readers.formats import list_suffixes

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "audit",
        help="look for leaks across splits, and for what gives a label away",
        description="Look for copies across splits or collections, for texts with two labels and ids with two texts,"
        " for words, publishers, dates and datelines that give a label away, and for stories that went from one"
        " publisher to others.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_paths(command, f"a file, a folder, a glob, or - for JSON lines on standard input; files are {list_suffixes()}")
    which = command.add_mutually_exclusive_group()
    which.add_argument("--split", metavar="COLUMN", help="the column that names the split; file for its file")
    which.add_argument(
        "--against", type=Path, metavar="PATH", help="another collection, in which none of these may stand"
    )
    command.add_argument("--label", metavar="COLUMN", help="the column of the label")
    command.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="say which column holds a field"
    )
    add_reading(command)
    command.add_argument("--findings", type=Path, metavar="F.jsonl|F.parquet", help="write every finding, a line each")
    command.add_argument("--report", type=Path, metavar="F.html", help="write it to read in a browser")
    command.add_argument("--result", type=Path, metavar="F.json", help="write the figures")
    command.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="critical",
        help="the mildest severity that makes the exit status 1 (default: critical)",
    )
    command.add_argument("--examples", type=int, default=3, metavar="N", help="how many of each to quote (default: 3)")
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run, options=Options(command, strict=False))


def run(given: argparse.Namespace) -> int:
    """Audit, write what was asked for, print the summary; return 0 or 1."""
    from copydesk.auditing.run import audit
    from copydesk.engine.threads import end_when_interrupted
    from copydesk.model.article import parse_map
    from copydesk.outputs import write_text
    from copydesk.readers.files.guard import Guard
    from copydesk.reports.one_line import printable

    arguments = given.options.settle(given, find_config(Path.cwd()))
    others = [arguments.against] if arguments.against else []
    outputs = {"--findings": arguments.findings, "--report": arguments.report, "--result": arguments.result}
    guard = Guard(outputs, paths=[*arguments.paths, *others])
    end_when_interrupted()
    made = audit(
        arguments.paths,
        split=arguments.split,
        against=arguments.against,
        label=arguments.label,
        mapped=parse_map(arguments.map),
        options=read_options(arguments),
        fail_on=arguments.fail_on,
        guard=guard,
    )
    if arguments.findings:
        made.write_findings(arguments.findings)
    if arguments.report:
        from copydesk.reports.html.audit import write

        write(made, arguments.report)
    if arguments.result:
        write_text(arguments.result, made.json())
    if not arguments.quiet:
        for line in made.lines(arguments.examples):
            print(printable(line))
    return 0 if made.success else 1
