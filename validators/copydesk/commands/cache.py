"""`copydesk cache`: say what the cache holds, or empty it."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.commands.config import Options, find_config
from copydesk.commands.options import add_cache_size

__all__ = ["FOLDER", "add_to", "run"]

#: Where `copydesk check` keeps what it knows of files, from the working directory.
FOLDER = Path(".copydesk", "cache")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "cache",
        help="say what the cache of `copydesk check` holds, or empty it",
        description=f"Say what the cache of `copydesk check` holds: {FOLDER.as_posix()} in the working directory.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_cache_size(command)
    command.set_defaults(run=run, options=Options(command, strict=False))
    command.add_argument("--clear", action="store_true", help="remove the entries, and nothing else that lies there")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)


def run(given: argparse.Namespace) -> int:
    """Print what is there, or what was removed; return 0."""
    arguments = given.options.settle(given, find_config(Path.cwd()))
    from copydesk.engine.cache.folder import Folder
    from copydesk.reports.figures import plural, size

    folder = Folder(FOLDER)
    folder.check()
    stored = folder.clear() if arguments.clear else folder.stored()
    entries = [each for each in stored if each.finished]
    said = f"{FOLDER}: {plural(len(entries), 'entry', 'entries')}, {size(sum(each.size for each in stored))}"
    if arguments.clear:
        print(f"{said}, removed")
        return 0
    print(f"{said} of at most {size(arguments.cache_size)}")
    if entries:
        print(f"last used between {_time(entries[0].used)} and {_time(entries[-1].used)}")
    return 0


def _time(seconds: float) -> str:
    from datetime import datetime

    return f"{datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M}"
