"""`copydesk fix`: make the repairs that findings name, or take them back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.commands.config import Options, config_files, find_config
from copydesk.commands.options import add_paths, add_reading, add_suite, read_options, size
from copydesk.errors import UsageError
from copydesk.model.finding import SEVERITIES

if TYPE_CHECKING:
    from copydesk.repair.undoing import Undone

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "fix",
        help="make the repairs that findings name, and write the collection in its own format",
        description="Make the certain repairs of findings, and write the collection in its own format: every byte that"
        " no repair touches stays as it is. Without -o or --in-place nothing is written, and the answer says what would"
        " be.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_paths(command, "the collection: files, folders or globs")
    add_suite(command)
    add_reading(command)
    to = command.add_mutually_exclusive_group()
    to.add_argument("-o", "--output", type=Path, metavar="OUT", help="a file for one file, a new folder for several")
    to.add_argument(
        "--in-place", action="store_true", help="write over what is read; git must have it as it is, or say --force"
    )
    to.add_argument("--dry-run", action="store_true", help="write nothing (this is so without -o and --in-place)")
    command.add_argument("--force", action="store_true", help="write --in-place whether or not git has the files")
    command.add_argument("--diff", action="store_true", help="print a unified diff of each article that changes")
    command.add_argument("--unsafe", action="store_true", help="make also the repairs that are not certain")
    command.add_argument(
        "--check",
        action="append",
        default=[],
        metavar="NAME",
        help="repair only the findings of this check; may be given more than once",
    )
    command.add_argument(
        "--min-severity", choices=SEVERITIES, default="info", help="repair no findings that are milder (default: info)"
    )
    command.add_argument(
        "--quarantine", type=Path, metavar="F.jsonl", help="copy the articles with findings that are left into a file"
    )
    command.add_argument("--receipt", type=Path, metavar="F.jsonl", help="write what was changed, for --undo")
    command.add_argument(
        "--undo", type=Path, metavar="RECEIPT", help="take repairs back: write the originals to -o, or --in-place"
    )
    command.add_argument(
        "--memory",
        type=size,
        default="32MB",
        metavar="SIZE",
        help="how much of what is kept of all articles is held in memory; the rest goes to disk (default: 32MB)",
    )
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run, options=Options(command, strict=False))


def run(given: argparse.Namespace) -> int:
    """Make the repairs, or take them back, and say what was done; return 0."""
    if getattr(given, "undo", None):
        return _undo(given)
    arguments = given.options.settle(given, find_config(Path.cwd()))
    from rich.console import Console

    from copydesk.engine.progress import progress_bar
    from copydesk.engine.threads import end_when_interrupted
    from copydesk.model.article import parse_map
    from copydesk.readers.files.guard import Read
    from copydesk.repair.articles import Repaired
    from copydesk.repair.fixing import fix
    from copydesk.reports.terminal.repairs import show_diff, show_fixed

    console = Console(file=sys.stdout, highlight=False)

    def show(article: Repaired) -> None:
        show_diff(article, console)

    end_when_interrupted()
    with progress_bar(arguments.paths, quiet=arguments.quiet or arguments.diff) as bar:
        fixed = fix(
            arguments.paths,
            arguments.output,
            in_place=arguments.in_place,
            force=arguments.force,
            suite=arguments.suite,
            mapped=parse_map(arguments.map),
            unsafe=arguments.unsafe,
            checks=arguments.check,
            min_severity=arguments.min_severity,
            quarantine=arguments.quarantine,
            receipt=arguments.receipt,
            memory=arguments.memory,
            progress=bar.advance if bar else None,
            show=show if arguments.diff and not arguments.quiet else None,
            options=read_options(arguments),
            reads=[Read("the config", file) for file in config_files(Path.cwd())],
        )
    if not arguments.quiet:
        show_fixed(fixed, console, output=str(arguments.output) if arguments.output else None)
    return 0


def _undo(given: argparse.Namespace) -> int:
    """Take repairs back, and say for each file whether it is what it was."""
    if getattr(given, "paths", None):
        raise UsageError("--undo: the receipt names the files that were repaired. Leave out PATH.")
    output: Path | None = getattr(given, "output", None)
    in_place: bool = getattr(given, "in_place", False)

    from copydesk.readers.files.guard import Guard, Read
    from copydesk.repair.placing import can_be_folder, expect_place, goes_into_folder
    from copydesk.repair.undoing import sources_of, undo_repairs

    sources = sources_of(given.undo)
    if output is not None:
        folders = {"-o": can_be_folder} if goes_into_folder(sources, output) else None
        reads = [Read("the receipt", given.undo), *(Read("a repaired file", s.path) for s in sources if s.path)]
        Guard({"-o": output}, reads=reads, folders=folders)
        expect_place(sources, output)
    undone = undo_repairs(given.undo, output, in_place=in_place)
    if not getattr(given, "quiet", False):
        for line in _told(undone, written=in_place or output is not None):
            print(line)
    return 0


def _told(undone: list[Undone], *, written: bool) -> list[str]:
    from copydesk.reports.figures import plural
    from copydesk.reports.one_line import printable

    lines = []
    for file in undone:
        how = "byte for byte as it was" if file.same else "its content as it was, its bytes written by another program"
        what = f", {how}" if written else " can be changed back"
        lines.append(f"{printable(file.file)}: {plural(file.articles, 'article')}{what}")
    return lines if written else [*lines, "Nothing was written. Name an output with -o, or say --in-place."]
