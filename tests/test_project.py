"""What the installed package says of the project."""

from __future__ import annotations

import tomllib
from pathlib import Path

from copydesk import __version__
from copydesk.project import documentation_address, project_address

ROOT = Path(__file__).parents[1]


def test_the_address_is_that_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project_address() == project["urls"]["Repository"]


def test_a_page_is_that_of_this_version() -> None:
    page = documentation_address("docs/checks.md")
    assert page.startswith(project_address()) and page.endswith(f"/v{__version__}/docs/checks.md")
    assert (ROOT / "docs" / "checks.md").is_file()
