"""The options of `copydesk check` that no other command has: what counts, what the work takes, what outputs say."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.commands.options import add_cache_size, size
from copydesk.model.finding import SEVERITIES

__all__ = ["add_gate", "add_reports", "add_work"]


def add_gate(command: argparse.ArgumentParser) -> None:
    """Add what says which findings count."""
    command.add_argument(
        "--baseline",
        type=Path,
        metavar="F",
        help="findings that are known, as `copydesk baseline` or --findings wrote them: only new ones fail, and any"
        " new one does (mostly is for runs without a baseline)",
    )
    command.add_argument(
        "--rules",
        type=Path,
        metavar="RULES.yml",
        help="lines of publishers on which a person decided, as `copydesk mine` writes them",
    )
    command.add_argument(
        "--accepted",
        type=Path,
        metavar="F.jsonl",
        help="findings that do not count, each with a reason, as `copydesk accept` wrote them",
    )
    command.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="critical",
        help="the mildest severity that makes the exit status 1 (default: critical)",
    )


def add_work(command: argparse.ArgumentParser) -> None:
    """Add what is printed meanwhile, and what the work may take."""
    command.add_argument(
        "--github", action="store_true", help="print annotations for GitHub Actions, at most ten, on standard output"
    )
    command.add_argument(
        "--brief", action="store_true", help="print no more than a screen: what shuts the gate, an example each"
    )
    command.add_argument(
        "--memory",
        type=size,
        default="32MB",
        metavar="SIZE",
        help="how much of what is kept of all articles is held in memory; the rest goes to disk (default: 32MB)",
    )
    command.add_argument(
        "--no-cache",
        action="store_true",
        help="analyse every file, also those that have not changed since an earlier run (kept in .copydesk/cache)",
    )
    add_cache_size(command)


def add_reports(command: argparse.ArgumentParser) -> None:
    """Add what all outputs say, or do not say."""
    command.add_argument(
        "--history",
        type=Path,
        metavar="F.jsonl",
        help="append this run to a file, a line each, and show in the report how shares have moved",
    )
    command.add_argument(
        "--no-text",
        action="store_true",
        help="write hashes instead of texts into every output, for collections whose texts may not be shared",
    )
    command.add_argument(
        "--timing",
        action="store_true",
        help="print how many CPU seconds each check takes; analyses every file, one after the other",
    )
