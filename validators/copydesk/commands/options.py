"""Options that several commands take: what is read, and what it is held against."""

from __future__ import annotations

import argparse

__all__ = ["add_paths", "add_suite"]


def add_paths(command: argparse.ArgumentParser, said: str) -> None:
    """Add the paths of a collection; `said` is what they may be."""
    command.add_argument(
        "paths", nargs="*", default=[], metavar="PATH", help=f"{said}; without one, the paths of copydesk.toml"
    )


def add_suite(command: argparse.ArgumentParser, *, when: str = "where it is not recognised") -> None:
    """Add the suite, and the columns that hold the fields; `when` is where they must be named."""
    command.add_argument("--suite", default="news", metavar="NAME|FILE.yml", help="the suite (default: news)")
    command.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help=f"say which column holds a field, {when}; may be given more than once",
    )
