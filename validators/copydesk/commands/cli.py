"""The command line: parse, call the library, return the exit status."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from copydesk import __version__
from copydesk.commands import (
    accept,
    audit,
    baseline,
    cache,
    check,
    diff,
    explain,
    fix,
    init,
    list_checks,
    mine,
    prove,
    score,
    simulate,
    suggest,
)
from copydesk.commands.parser import Parser
from copydesk.commands.streams import Lasting, make_streams_last
from copydesk.errors import CopydeskError
from copydesk.paths import expect_path

__all__ = ["command", "main", "parser"]

#: How soon polars' allocator gives memory back that was freed, and that it does so without being asked for more: at its
#: own settings, a third of all that is resident is nobody's; if it gives it back at once, it must fetch it again for
#: the next chunk. It reads them when it is loaded.
_ALLOCATOR = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:2000,muzzy_decay_ms:0,narenas:2"}
if sys.platform == "linux":  # elsewhere it has no thread of its own
    _ALLOCATOR["_RJEM_MALLOC_CONF"] += ",background_thread:true"

#: Which of polars' engines does what asks for none: that of streams has threads of its own, each of which must wake up.
_ENGINE = {"POLARS_ENGINE_AFFINITY": "in-memory"}

#: So many objects are made before a search for garbage: frames and arrays leave none, and modules are here to stay.
_SELDOM = 100_000

_WRONG, _FAULT, _INTERRUPTED = 2, 3, 130

_STATUS = """exit status:
  0 passed   1 the data failed the gate   2 wrong usage, or a file that cannot be read or written at all
  3 a fault in copydesk   130 interrupted
A reader of standard output that goes away, as `head` does, changes none of them. Where it cannot be written, as on a
full disk, 0 becomes 2."""

_EXAMPLE = """copydesk says which words of which article are wrong, and why. For example:

  copydesk check articles.jsonl --report report.html   # a file, a folder or a glob; open report.html
  copydesk explain ad-residue                          # what a check finds; `copydesk list` names all
  copydesk init                                        # set up a repository

`copydesk --help` lists all commands, `copydesk check --help` the options."""


def parser() -> Parser:
    """Return the parser of the whole command line."""
    top = Parser(
        prog="copydesk",
        description="The copy desk of news data sets: which words of which article are wrong, and why.",
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"copydesk {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for command in (
        check,
        fix,
        accept,
        audit,
        baseline,
        diff,
        list_checks,
        explain,
        init,
        mine,
        prove,
        score,
        simulate,
        suggest,
        cache,
    ):
        command.add_to(commands, _STATUS)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status; errors go to standard error in one line."""
    try:
        arguments = parser().parse_args(argv)
        if arguments.command is None:
            print(_EXAMPLE, file=sys.stderr)
            return _WRONG
        for value in vars(arguments).values():
            if isinstance(value, Path):
                expect_path(value)
        return int(arguments.run(arguments))
    except CopydeskError as error:
        print(f"copydesk: {error}", file=sys.stderr)
        return _WRONG
    except KeyboardInterrupt:
        print("copydesk: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except Exception as error:  # the last line of defence: a fault of ours is told from one of the data
        if "--debug" in (argv or sys.argv):
            raise
        where = _origin(error)
        print(
            f"copydesk: this is a fault in copydesk {__version__}, not in your data: {type(error).__name__}: {error}"
            f" ({where}). Please report it; run again with --debug for the traceback.",
            file=sys.stderr,
        )
        return _FAULT


def command() -> int:
    """Run a command and leave the process: what the installed script calls."""
    for name, settings in (_ALLOCATOR | _ENGINE).items():
        os.environ.setdefault(name, settings)
    output = make_streams_last()
    # numpy's linear algebra, of which nothing is used, otherwise keeps all cores busy for a while when it is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_SELDOM)
    try:
        status = main()
    except SystemExit as stop:  # of argparse: help was asked for, or the words are wrong
        status = stop.code if isinstance(stop.code, int) else _FAULT
    status = _settled(status, output)
    if status == _INTERRUPTED:
        sys.stderr.flush()
        os._exit(status)  # threads may still be at work, which Python cannot end without a crash
    # What is still there goes with the process; to take it apart first, as Python does, lasts most of a second.
    gc.freeze()
    gc.disable()
    return status


def _settled(status: int, output: Lasting) -> int:
    """Return the exit status of a command that has ended with some status, and say so if its output was lost.

    A reader that goes away, as `head` does, has what it wanted. Where the output could not be written for another
    reason, as on a full disk, a command that went well ends as one that cannot write a file.
    """
    sys.stdout.flush()
    if output.error is None or isinstance(output.error, ConnectionError):
        return status
    print(
        f"copydesk: standard output cannot be written: {output.error.strerror}. What was printed is lost, or some of"
        " it. Name a place that has room.",
        file=sys.stderr,
    )
    return status or _WRONG


def _origin(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
