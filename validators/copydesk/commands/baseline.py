"""`copydesk baseline`: write down what is known, or drop from it what is fixed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.commands.config import Options, config_files, find_config
from copydesk.commands.options import add_paths, add_reading, add_suite, read_options
from copydesk.errors import UsageError

if TYPE_CHECKING:
    from copydesk.model.result import Result
    from copydesk.readers.files.guard import Read

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "baseline",
        help="write down the findings that are known, for `copydesk check --baseline`",
        description="Run the suite and write down all findings, a line each, sorted: the baseline, with which `copydesk"
        " check --baseline F` fails on new findings only. Or drop from a baseline what is fixed.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_paths(command, "the collection: files, folders, globs, or - as for `check`")
    add_suite(command)
    add_reading(command)
    to = command.add_mutually_exclusive_group(required=True)
    to.add_argument("-o", "--output", type=Path, metavar="F.jsonl", help="the baseline to write")
    to.add_argument(
        "--prune", type=Path, metavar="F", help="the baseline to drop from what is fixed; nothing is added to it"
    )
    command.add_argument(
        "--accepted", type=Path, metavar="F.jsonl", help="accepted findings, whose reasons -o writes down, too"
    )
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run, options=Options(command, strict=False))


def run(given: argparse.Namespace) -> int:
    """Write or prune the baseline, say what it holds then; return 0."""
    arguments = given.options.settle(given, find_config(Path.cwd()))
    from copydesk.engine.threads import end_when_interrupted
    from copydesk.gate.baseline_file import prune, write_baseline
    from copydesk.model.article import parse_map
    from copydesk.readers.files.guard import Guard, Read, suite_file
    from copydesk.reports.figures import plural
    from copydesk.run import check

    path: Path = arguments.output or arguments.prune
    guard = Guard(
        {"-o": arguments.output, "--prune": arguments.prune},
        reads=[
            *suite_file(arguments.suite),
            *_accepted(arguments.accepted),
            *(Read("the config", file) for file in config_files(Path.cwd())),
        ],
        paths=arguments.paths if arguments.output else (),
    )
    if arguments.output and path.suffix == ".parquet":
        raise UsageError(f"{path}: a baseline is written as JSON lines. Name it .jsonl.")
    end_when_interrupted()
    result = check(
        arguments.paths,
        suite=arguments.suite,
        mapped=parse_map(arguments.map),
        fail_on="never",
        baseline=arguments.prune,
        accepted=arguments.accepted,
        guard=guard,
        options=read_options(arguments),
    )
    if result.baseline is None:
        print(f"{path}: {plural(write_baseline(result.findings, path, _reasons(result)), 'finding')}")
    else:
        prune(path, result.baseline.gone)
        kept = len(result.baseline.gone) - result.baseline.fixed
        print(f"{path}: {result.baseline}; {plural(kept, 'finding')} kept")
    return 0


def _accepted(path: Path | None) -> list[Read]:
    from copydesk.readers.files.guard import Read

    return [Read("the accepted findings", path)] if path else []


def _reasons(result: Result) -> dict[str, str]:
    """Return why findings are accepted, by fingerprint."""
    accepted = result.accepted
    if accepted is None:
        return {}
    rows = accepted.findings.select("fingerprint", "accepted").collect().iter_rows()
    return {fingerprint: accepted.entries[number].reason for fingerprint, number in rows}
