"""`copydesk simulate`: say what the known filters of web text would drop or cut."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.commands.options import add_paths, add_reading, add_suite, read_options
from copydesk.readers.formats import list_suffixes

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "simulate",
        help="say what known filters of web text would drop or cut",
        description="Say what known filters would drop or cut: C4, Gopher (quality and repetition), FineWeb,"
        " RefinedWeb's rules of lines, NeMo Curator's heuristics, and CCNet's removal of paragraphs seen before."
        " Beside it stands what copydesk finds in the same articles. Nothing is changed."
        " The exit status is 0 whatever is dropped.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_paths(command, f"a file, a folder, a glob, or - for JSON lines on standard input; files are {list_suffixes()}")
    add_suite(command)
    add_reading(command)
    command.add_argument("--examples", type=int, default=1, metavar="N", help="how many of each to quote (default: 1)")
    command.add_argument("--report", type=Path, metavar="F.html", help="write it to read in a browser")
    command.add_argument("--result", type=Path, metavar="F.json", help="write all figures and examples")
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    from copydesk.commands.config import Options

    command.set_defaults(run=run, options=Options(command, strict=False))


def run(given: argparse.Namespace) -> int:
    """Simulate, write the result, print the table; return 0."""
    from copydesk.commands.config import find_config
    from copydesk.engine.threads import end_when_interrupted
    from copydesk.model.article import parse_map
    from copydesk.outputs import write_text
    from copydesk.readers.files.guard import Guard, suite_file
    from copydesk.reports.one_line import printable
    from copydesk.simulation.run import simulate

    arguments = given.options.settle(given, find_config(Path.cwd()))
    outputs = {"--report": arguments.report, "--result": arguments.result}
    guard = Guard(outputs, reads=suite_file(arguments.suite), paths=arguments.paths)
    end_when_interrupted()
    made = simulate(
        arguments.paths,
        suite=arguments.suite,
        mapped=parse_map(arguments.map),
        options=read_options(arguments),
        guard=guard,
    )
    if arguments.report:
        from copydesk.reports.html.simulation import write

        write(made, arguments.report)
    if arguments.result:
        write_text(arguments.result, made.json())
    if not arguments.quiet:
        for line in made.table(arguments.examples):
            print(printable(line))
    return 0
