"""Options that several commands take: the paths, the suite, and sizes."""

from __future__ import annotations

import argparse
import re

from copydesk.model.article import FIELDS

__all__ = ["add_cache_size", "add_html", "add_paths", "add_suite", "fields", "size"]

_UNITS = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}


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


def add_html(command: argparse.ArgumentParser) -> None:
    """Add how HTML is read."""
    command.add_argument(
        "--html",
        type=fields,
        default="",
        metavar="FIELD,…",
        help="fields whose values are HTML, to be read as text, as in --html body,standfirst",
    )
    command.add_argument(
        "--extract",
        choices=("resiliparse", "trafilatura"),
        default="resiliparse",
        help="what finds the text of an HTML page without articleBody (default: resiliparse; trafilatura is slower)",
    )


def fields(text: str) -> tuple[str, ...]:
    """Read names of fields that commas separate."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in FIELDS:
            raise argparse.ArgumentTypeError(f"expected fields, which are {', '.join(FIELDS)}; got {name!r}")
    return names


def add_cache_size(command: argparse.ArgumentParser) -> None:
    """Add how much the cache may hold."""
    command.add_argument(
        "--cache-size",
        type=size,
        default="2GB",
        metavar="SIZE",
        help="how much the cache may hold; what was not used for longest is removed (default: 2GB)",
    )


def size(text: str) -> int:
    """Read a number of bytes, such as 512MB."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*", text)
    if not match or match[2].upper() not in _UNITS or float(match[1]) == 0:
        raise argparse.ArgumentTypeError(f"expected a size such as 512MB or 1GB, with its unit, got {text!r}")
    return int(float(match[1]) * _UNITS[match[2].upper()])
