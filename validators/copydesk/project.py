"""What the installed package says of the project itself."""

from __future__ import annotations

import re
import shlex

from copydesk import __version__

__all__ = ["documentation_address", "install_command", "is_released", "project_address"]


def project_address() -> str:
    """Return the address of the project's repository: `[project.urls]` in pyproject.toml is its one place."""
    from importlib.metadata import metadata  # late: `copydesk --help` does without

    entries: list[str] = metadata("copydesk").get_all("Project-URL") or []
    return dict(entry.split(", ", 1) for entry in entries)["Repository"]


def is_released() -> bool:
    """Say whether the project has a public address; until then, no index has a package of it."""
    return ".invalid/" not in project_address()


def install_command(extra: str) -> str:
    """Return the command that installs what an extra needs.

    Before the first release no index has copydesk, or has a package of that name that is another. So the command names
    the packages of the extra themselves, as the metadata of the installed copydesk has them.
    """
    if is_released():
        return f'pip install "copydesk[{extra}]"'
    from importlib.metadata import requires

    ending = re.compile(rf"\s*;\s*extra\s*==\s*['\"]{re.escape(extra)}['\"]\s*")
    needed = [entry[: found.start()] for entry in requires("copydesk") or [] if (found := ending.search(entry))]
    return f"pip install {' '.join(shlex.quote(each) for each in needed)}"


def documentation_address(page: str) -> str:
    """Return the address of a page of the documentation, as it was when this version was released.

    Args:
        page: its path in the repository, with '/'.
    """
    return f"{project_address()}/blob/v{__version__}/{page}"
