"""`copydesk init`: write what a repository needs to check its articles, and never over a file that is there."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "init",
        help="set up a repository: a config, a suite, continuous integration and pre-commit",
        description="Write copydesk.toml, a suite of your own, a workflow and a pre-commit hook into a repository."
        " What is there already is kept.",
    )
    command.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="FOLDER", help="default: this one")
    command.add_argument(
        "--data",
        action="append",
        default=[],
        metavar="PATH",
        help="the articles, relative to FOLDER: a file, a folder or a glob; may be given more than once"
        " (default: the .jsonl, .csv, .tsv and .parquet files that hold articles)",
    )
    command.add_argument(
        "--ci",
        choices=("github", "gitlab", "none"),
        default="github",
        help="whose workflow to write (default: github)",
    )
    command.add_argument(
        "--install",
        metavar="SPEC",
        help="what automation has pip install as copydesk: a wheel, a path or an address"
        " (default: the commit or archive that this copydesk came from)",
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the files that are missing, and print what to do next; return 0."""
    from copydesk.commands.scaffold import SHARED, place_files, requirement
    from copydesk.errors import UsageError

    if arguments.install is not None and not (arguments.install.strip() and arguments.install.isprintable()):
        raise UsageError(f"--install: expected a wheel, a path or an address, got {arguments.install!r}.")
    ci = None if arguments.ci == "none" else arguments.ci
    placed = place_files(arguments.folder, data=arguments.data, ci=ci, install=arguments.install)
    for file in placed:
        print(f"{'kept ' if file.kept else 'wrote'}  {file.path}{'  (it was there before)' if file.kept else ''}")
    for file in placed:
        if file.kept and file.path in SHARED and "copydesk" not in (arguments.folder / file.path).read_text("utf-8"):
            print(f"\nTo {file.path} you may add:\n\n{textwrap.indent(file.text, '    ')}", end="")
    print(
        "\nNext:\n"
        "  copydesk check                                      # are the paths in copydesk.toml your articles?\n"
        "  copydesk baseline -o copydesk-baseline.jsonl        # write down today's findings\n"
        "  copydesk check --baseline copydesk-baseline.jsonl   # fail on new findings only"
    )
    if (arguments.folder / ".git").exists():
        print("  pre-commit install                                  # check the articles of every commit")
    print("To keep the baseline, remove the # before `baseline` in copydesk.toml.")
    spec = arguments.install or requirement()
    if spec:
        print(f"Automation installs {spec!r}.")
    elif ci:
        print(
            "The workflow does not know yet what pip shall install, and fails until you write it there. Or remove the"
            " workflow, and run `copydesk init --install SPEC`."
        )
    return 0
