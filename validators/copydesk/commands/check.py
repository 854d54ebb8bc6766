"""`copydesk check`: hold a collection against a suite."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from copydesk.checks import SEVERITIES
from copydesk.errors import UsageError

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "check",
        help="hold a collection of articles against a suite of expectations",
        description="Hold a collection of articles against a suite of expectations.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a file (.jsonl .json .csv .tsv .parquet .txt, also .gz or .zst), a folder, a glob, or - for JSON lines"
        " on standard input",
    )
    command.add_argument("--suite", default="news", metavar="NAME|FILE.yml", help="the suite (default: news)")
    command.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="say which column holds a field, where it is not recognised; may be given more than once",
    )
    command.add_argument("--report", type=Path, metavar="F.html", help="write a report to read in a browser")
    command.add_argument("--result", type=Path, metavar="F.json", help="write the result")
    command.add_argument("--findings", type=Path, metavar="F.jsonl|F.parquet", help="write every finding, a line each")
    command.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="critical",
        help="the mildest severity that makes the exit status 1 (default: critical)",
    )
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the check, write what was asked for, print the summary; return 0 or 1."""
    from copydesk.article import parse_map
    from copydesk.outputs import can_be_written, result_json, write_findings, write_text

    mapped = parse_map(arguments.map)
    outputs = [p for p in (arguments.report, arguments.result, arguments.findings) if p is not None]
    if len({p.absolute() for p in outputs}) < len(outputs):
        raise UsageError("Two outputs name the same file; give each its own.")
    for path in outputs:
        can_be_written(path)

    from copydesk.run import check

    result = check(
        arguments.paths,
        suite=arguments.suite,
        mapped=mapped,
        fail_on=arguments.fail_on,
        command=_command(arguments),
    )
    report = None
    if arguments.report:
        from copydesk.reports.html import render

        report = render(result)
    if arguments.findings:
        write_findings(arguments.findings, result.findings)
    if arguments.result:
        write_text(arguments.result, result_json(result))
    if report is not None:
        write_text(arguments.report, report)
    if not arguments.quiet:
        from rich.console import Console

        from copydesk.reports.terminal import summary

        summary(
            result,
            Console(file=sys.stdout, highlight=False),
            report=arguments.report and str(arguments.report),
        )
    return 0 if result.success else 1


def _command(arguments: argparse.Namespace) -> str:
    """Return the command that repeats this run, without its outputs."""
    words = ["copydesk", "check", *arguments.paths]
    if arguments.suite != "news":
        words += ["--suite", arguments.suite]
    for entry in arguments.map:
        words += ["--map", entry]
    if arguments.fail_on != "critical":
        words += ["--fail-on", arguments.fail_on]
    return shlex.join(words)
