"""`copydesk mine`: find what repeats across a publisher's articles, and write it as rules."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.commands.config import Options, find_config
from copydesk.commands.options import add_paths, add_reading, read_options
from copydesk.readers.formats import list_suffixes

__all__ = ["add_to", "run"]

#: So many of the rules are printed.
_SHOWN = 10


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "mine",
        help="write what repeats across a publisher's articles as rules for review",
        description="Find the lines, and the lines that differ in figures only, which repeat across the articles of a"
        " publisher. Write them as a rule file, what would remove most first. A person decides on each; `copydesk"
        " check --rules` uses the file. Run again, it keeps all decisions and adds what is new.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_paths(command, f"a file, a folder, a glob, or - for JSON lines on standard input; files are {list_suffixes()}")
    command.add_argument("-o", "--output", type=Path, metavar="RULES.yml", help="the rule file; without it, print it")
    command.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="say which column holds a field"
    )
    add_reading(command)
    command.add_argument(
        "--min-articles", type=int, default=3, metavar="N", help="in how many articles a line must stand (default: 3)"
    )
    command.add_argument(
        "--min-share",
        type=float,
        default=0.02,
        metavar="SHARE",
        help="in which share of the publisher's articles (default: 0.02)",
    )
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run, options=Options(command, strict=False))


def run(given: argparse.Namespace) -> int:
    """Mine, write the rules, print a summary; return 0."""
    from copydesk.engine.threads import end_when_interrupted
    from copydesk.mining.run import mine
    from copydesk.model.article import parse_map
    from copydesk.readers.files.guard import Guard
    from copydesk.reports.one_line import printable

    arguments = given.options.settle(given, find_config(Path.cwd()))
    guard = Guard({"--output": arguments.output}, paths=arguments.paths)
    end_when_interrupted()
    mined = mine(
        arguments.paths,
        arguments.output,
        mapped=parse_map(arguments.map),
        options=read_options(arguments),
        min_articles=arguments.min_articles,
        min_share=arguments.min_share,
        guard=guard,
    )
    if arguments.output is None:
        print(mined.text, end="")
        return 0
    if not arguments.quiet:
        print(
            f"{mined.articles:,} articles, {mined.found.height:,} lines that repeat; {mined.new:,} new rules in"
            f" {arguments.output}"
        )
        if mined.unnamed:
            print(f"{mined.unnamed:,} articles have neither a publisher nor an address, and were left out")
        if mined.rejected:
            print(f"{len(mined.rejected):,} rows could not be read")
        for row in mined.found.head(_SHOWN).iter_rows(named=True):
            print(printable(f"  {row['publisher']}: {row['articles']} of {row['all']} articles: “{row['line'][:90]}”"))
    return 0
