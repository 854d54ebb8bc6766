"""Options that several commands take: the paths, the suite, and sizes."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from copydesk.model.article import FIELDS
from copydesk.readers.layouts import layout_names

if TYPE_CHECKING:
    from copydesk.readers.files.source import ReadOptions

__all__ = [
    "READING",
    "add_cache_size",
    "add_paths",
    "add_reading",
    "add_suite",
    "fields",
    "read_options",
    "reading_words",
    "size",
]

#: What shells make it hard to write.
_TAB = {"\\t": "\t", "tab": "\t"}

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
        help=f"say which column holds a field, {when}, as body=text, headline=headline.main, byline=authors[].name; may"
        " be given more than once",
    )


#: What finds the text of an HTML page; the first by default.
EXTRACTORS = ("resiliparse", "trafilatura")

#: The options that say how files are read, and what each is in `ReadOptions`.
READING = (
    "layout",
    "records",
    "delimiter",
    "quote",
    "escape",
    "no_header",
    "encoding",
    "html",
    "extract",
    "folder",
    "exclude",
    "longest_line",
)


def add_reading(command: argparse.ArgumentParser) -> None:
    """Add what says how files are read; `read_options` takes it."""
    group = command.add_argument_group("how files are read")
    group.add_argument(
        "--layout",
        metavar="NAME",
        help=f"how a well-known set is read, where no other option says it: {', '.join(layout_names())}",
    )
    group.add_argument("--records", metavar="PATH", help="where in JSON the articles are, as response.docs")
    group.add_argument("--delimiter", metavar="C", help="what separates the fields of CSV; found out by default")
    group.add_argument("--quote", metavar="C", help="what quotes the fields of CSV; '' for nothing")
    group.add_argument(
        "--escape", metavar="C", help="what stands before a quote in a field of CSV, if not another quote"
    )
    group.add_argument(
        "--no-header",
        action="store_true",
        help="the first line of CSV is a record: --map body=3 names columns by number",
    )
    group.add_argument("--encoding", metavar="NAME", help="how text is read that is not UTF-8, as cp1252")
    group.add_argument(
        "--html",
        type=fields,
        default=(),
        metavar="FIELD,…",
        help="fields whose values are HTML, to be read as text, as in --html body,standfirst",
    )
    group.add_argument(
        "--extract",
        choices=EXTRACTORS,
        default=EXTRACTORS[0],
        help="what finds the text of an HTML page without articleBody (default: resiliparse; trafilatura is slower)",
    )
    group.add_argument(
        "--folder",
        metavar="FIELD",
        help="the field that is the name of each file's folder, as --folder section",
    )
    group.add_argument(
        "--exclude", action="append", default=[], metavar="GLOB", help="files of a folder to leave out; may be repeated"
    )
    group.add_argument(
        "--longest-line",
        type=size,
        metavar="SIZE",
        help="how long a line or a value of a JSON array may be; a longer one is an error (default: 64MB)",
    )


def read_options(arguments: argparse.Namespace) -> ReadOptions:
    """Return how files are read, as the options of `add_reading` say.

    Raises:
        UsageError: a character or an encoding is none, or there is no such layout.
    """
    from copydesk.readers.files.source import LONGEST_LINE, ReadOptions

    return ReadOptions(
        records=arguments.records,
        delimiter=_TAB.get(arguments.delimiter, arguments.delimiter),
        quote=arguments.quote,
        escape=arguments.escape,
        header=not arguments.no_header,
        encoding=arguments.encoding,
        html=tuple(arguments.html),
        extract=arguments.extract,
        folder=arguments.folder,
        layout=arguments.layout,
        exclude=tuple(arguments.exclude),
        longest_line=arguments.longest_line or LONGEST_LINE,
    )


def reading_words(arguments: argparse.Namespace) -> list[str]:
    """Return the options of `add_reading` that were given, as they are given again."""
    words: list[str] = []
    for name in READING:
        value, option = getattr(arguments, name), f"--{name.replace('_', '-')}"
        if value is True:
            words.append(option)
        elif isinstance(value, tuple):
            words += [option, ",".join(value)] if value else []
        elif isinstance(value, list):
            words += [word for each in value for word in (option, each)]
        elif value not in (None, False, EXTRACTORS[0]):
            words += [option, f"{value}B" if isinstance(value, int) else value]
    return words


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
