"""The command line: parse, call the library, return the exit status."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence

from copydesk import __version__
from copydesk.commands import baseline, cache, check, diff, explain, init, list_checks, prove, score
from copydesk.errors import CopydeskError

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

_INTERRUPTED = 130

_STATUS = """exit status:
  0 passed   1 the data failed the gate   2 wrong usage, or a file that cannot be read or written at all
  3 a fault in copydesk   130 interrupted"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="copydesk",
        description="The copy desk of news data sets: which words of which article are wrong, and why.",
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"copydesk {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (check, baseline, diff, list_checks, explain, init, prove, score, cache):
        command.add_to(commands, _STATUS)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status; errors go to standard error in one line."""
    try:
        arguments = parser().parse_args(argv)
        return int(arguments.run(arguments))
    except CopydeskError as error:
        print(f"copydesk: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        return 0
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
        return 3


def command() -> int:
    """Run a command and leave the process: what the installed script calls."""
    for name, settings in (_ALLOCATOR | _ENGINE).items():
        os.environ.setdefault(name, settings)
    if isinstance(sys.stdout, io.TextIOWrapper):  # articles hold letters that not every terminal has
        sys.stdout.reconfigure(errors="backslashreplace")
    # numpy's linear algebra, of which nothing is used, otherwise keeps all cores busy for a while when it is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_SELDOM)
    status = main()
    if status == _INTERRUPTED:
        sys.stdout.flush()
        os._exit(status)  # threads may still be at work, which Python cannot end without a crash
    # What is still there goes with the process; to take it apart first, as Python does, lasts most of a second.
    gc.freeze()
    gc.disable()
    return status


def _origin(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
