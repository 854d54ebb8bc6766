"""The optional parts: packages that some formats need, and that are installed on request."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from copydesk.errors import MissingExtraError
from copydesk.project import install_command

__all__ = ["load"]


def load(module: str, extra: str, what: str) -> Any:
    """Import a module of an optional part.

    >>> load("no_such_module", "web", "a.html")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    copydesk.errors.MissingExtraError: a.html: needs a package that is not installed. Install it: `pip install ...`

    Args:
        module: its dotted name.
        extra: the extra of copydesk that has it.
        what: what needs it, as the name of a file.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(
            f"{what}: needs a package that is not installed. Install it: `{install_command(extra)}`"
        ) from error
