"""`copydesk check`: hold a collection against a suite."""

from __future__ import annotations

import argparse
import shlex
import sys
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.commands.cache import FOLDER
from copydesk.commands.check_options import add_gate, add_reports, add_work
from copydesk.commands.check_outputs import OUTPUTS, write_outputs
from copydesk.commands.config import Options, config_files, find_config
from copydesk.commands.options import (
    add_paths,
    add_reading,
    add_suite,
    read_options,
    reading_words,
)
from copydesk.errors import CacheError, UsageError
from copydesk.readers.formats import list_suffixes

if TYPE_CHECKING:
    from copydesk.checks.suite import Suite
    from copydesk.engine.costs import Costs
    from copydesk.model.result import Result
    from copydesk.readers.files.guard import Guard, Read

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
    add_paths(
        command,
        f"a file, a folder, a glob, or - for JSON lines on standard input; files are {list_suffixes()}",
    )
    add_suite(command)
    add_reading(command)
    command.add_argument(
        "--engine",
        choices=("local", "spark"),
        default="local",
        help="where the work is done: here (default), or on Spark, which needs copydesk[spark] and Java 17",
    )
    for output in OUTPUTS:
        command.add_argument(f"--{output.name}", type=Path, metavar=output.metavar, help=output.help)
    add_gate(command)
    add_work(command)
    add_reports(command)
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run, options=Options(command))


def run(given: argparse.Namespace) -> int:
    """Run the check, write what was asked for, print the summary; return 0 or 1."""
    config = find_config(Path.cwd())
    arguments = given.options.settle(given, config)

    from copydesk.commands.origin import origin_of
    from copydesk.gate.history import append_run, earlier_runs, read_history
    from copydesk.model.article import parse_map
    from copydesk.reports.data import expect_findings_format

    mapped = parse_map(arguments.map)
    if arguments.findings is not None:
        expect_findings_format(arguments.findings)
    asked = {o: path for o in OUTPUTS if (path := getattr(arguments, o.name)) is not None}
    origin = origin_of(arguments.paths)
    runs = read_history(arguments.history) if arguments.history else []
    costs: Costs | None = import_module("copydesk.engine.costs").Costs() if arguments.timing else None
    result = _on_spark(arguments, mapped) if arguments.engine == "spark" else _here(arguments, mapped, costs)
    result = replace(result, origin=origin, history=earlier_runs(runs, result))
    if arguments.no_text:
        from copydesk.reports.textless import without_text

        result = without_text(result)
    if arguments.history:
        append_run(result, arguments.history)
    if asked:
        write_outputs(result, asked)
    if not arguments.quiet:
        from rich.console import Console

        from copydesk.reports.terminal.brief import brief
        from copydesk.reports.terminal.summary import summary

        console = Console(file=sys.stdout, highlight=False)
        if arguments.brief:
            brief(result, console)
        else:
            report = arguments.report and str(arguments.report)
            summary(result, console, report=report, config=config.name if config else None)
    if costs:
        from copydesk.reports.terminal.costs import costs_table

        print(f"\n{costs_table(costs)}")
    if arguments.github:
        from copydesk.reports.ci.github import workflow_commands

        print(workflow_commands(result), end="")
    return 0 if result.success else 1


def _key_read() -> list[Read]:
    from copydesk.engine.cache.key import key_file
    from copydesk.readers.files.guard import Read

    with suppress(CacheError):  # there is none, and no cache
        return [Read("the key of the cache", key_file())]
    return []


def _guard(arguments: argparse.Namespace) -> Guard:
    """Return what spares all that the command reads; raises a UsageError for an output that is some of it."""
    from copydesk.readers.files.guard import Guard, Read, suite_file

    folders = {}
    findings = arguments.findings
    if arguments.engine == "spark" and findings is not None and findings.suffix == ".parquet":
        folders["--findings"] = import_module("copydesk.spark.findings").can_be_written
    return Guard(
        {f"--{output.name}": getattr(arguments, output.name) for output in OUTPUTS} | {"--history": arguments.history},
        reads=[
            *suite_file(arguments.suite),
            *([Read("the baseline", arguments.baseline)] if arguments.baseline else ()),
            *([Read("the rules", arguments.rules)] if arguments.rules else ()),
            *([Read("the accepted findings", arguments.accepted)] if arguments.accepted else ()),
            *(Read("the config", file) for file in config_files(Path.cwd())),
            Read("the cache", FOLDER),
            *_key_read(),
        ],
        paths=arguments.paths,
        folders=folders,
    )


def _here(arguments: argparse.Namespace, mapped: dict[str, str], costs: Costs | None) -> Result:
    from copydesk.judge.process import Judge

    with Judge() as judge:  # it gets ready while all else is imported
        from copydesk.engine.cache import Storage
        from copydesk.engine.progress import progress_bar
        from copydesk.engine.threads import end_when_interrupted
        from copydesk.run import check

        guard = _guard(arguments)
        end_when_interrupted()

        with progress_bar(arguments.paths, quiet=arguments.quiet) as bar:
            return check(
                arguments.paths,
                suite=_suite(arguments),
                mapped=mapped,
                fail_on=arguments.fail_on,
                progress=bar.advance if bar else None,
                checked=bar.check if bar else None,
                costs=costs,
                command=_command(arguments),
                baseline=arguments.baseline,
                accepted=arguments.accepted,
                memory=arguments.memory,
                cache=None if arguments.no_cache else Storage(FOLDER, arguments.cache_size, _tell),
                judge=judge,
                meanwhile=partial(_load, arguments),
                guard=guard,
                options=read_options(arguments),
            )


def _suite(arguments: argparse.Namespace) -> str | Suite:
    """Return the suite: with the rules that were given, if any."""
    if not arguments.rules:
        name: str = arguments.suite
        return name
    from copydesk.checks.rule_files import with_rules
    from copydesk.checks.suite import load_suite

    return with_rules(load_suite(arguments.suite), [str(arguments.rules)])


def _tell(said: str) -> None:
    print(f"copydesk: {said}", file=sys.stderr)


def _load(arguments: argparse.Namespace) -> None:
    """Load what tells the result."""
    for output in OUTPUTS:
        if getattr(arguments, output.name) is not None:
            output.load()
    if not arguments.quiet:
        import copydesk.reports.terminal.summary  # noqa: F401


def _on_spark(arguments: argparse.Namespace, mapped: dict[str, str]) -> Result:
    if arguments.baseline:
        raise UsageError("--baseline: Spark does not compare with a baseline. Leave out --engine spark.")
    if arguments.accepted:
        raise UsageError("--accepted: Spark does not take accepted findings. Leave out --engine spark.")
    if arguments.timing:
        raise UsageError("--timing: Spark does not measure checks. Leave out --engine spark.")
    from copydesk.spark import check

    return check(
        arguments.paths,
        suite=_suite(arguments),
        mapped=mapped,
        fail_on=arguments.fail_on,
        command=_command(arguments),
        guard=_guard(arguments),
        options=read_options(arguments),
    )


def _command(arguments: argparse.Namespace) -> str:
    """Return the command that repeats this run, without its outputs."""
    words = ["copydesk", "check", *arguments.paths]
    if arguments.suite != "news":
        words += ["--suite", arguments.suite]
    for entry in arguments.map:
        words += ["--map", entry]
    words += reading_words(arguments)
    if arguments.engine != "local":
        words += ["--engine", arguments.engine]
    if arguments.rules:
        words += ["--rules", str(arguments.rules)]
    if arguments.baseline:
        words += ["--baseline", str(arguments.baseline)]
    if arguments.accepted:
        words += ["--accepted", str(arguments.accepted)]
    if arguments.fail_on != "critical":
        words += ["--fail-on", arguments.fail_on]
    return shlex.join(words)
