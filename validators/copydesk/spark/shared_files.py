"""Files that checks read with the executors: rules that `copydesk mine` wrote, and lexicons of one's own."""

from __future__ import annotations

from pathlib import Path

from copydesk.checks.suite import Suite
from copydesk.errors import UsageError

__all__ = ["expect_shared_files"]

#: The options of checks that name such files, and what they are.
_OPTIONS = {"rules": "the rule file", "lexicons": "the lexicon"}


def expect_shared_files(suite: Suite, master: str) -> None:
    """Check before the work that executors can find the files that the checks of a suite name.

    Args:
        suite: the suite.
        master: of the session. With local executors every path holds for all.

    Raises:
        UsageError: a file is named by a relative path, and executors have working folders of their own.
        SuiteError: a rule file is not there, or is none.
    """
    for check in suite.checks.values():
        check.prepare()
        for option, what in _OPTIONS.items():
            for file in getattr(check, option, ()):
                if not Path(file).is_absolute() and not master.startswith("local"):
                    raise UsageError(
                        f"{check.name}: {option}: {file}: on Spark each executor reads {what} itself, and has a working"
                        f" folder of its own. Put it where all executors can read it, and name it by its whole path, as"
                        f" /shared/{Path(file).name}."
                    )
