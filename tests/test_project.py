"""What the installed package says of the project."""

from __future__ import annotations

import shlex
import tomllib
from pathlib import Path

import pytest

from copydesk import __version__, project
from copydesk.project import documentation_address, install_command, is_released, project_address

ROOT = Path(__file__).parents[1]


def test_the_address_is_that_of_pyproject() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project_address() == about["urls"]["Repository"]


def test_before_a_release_the_packages_of_an_extra_are_named_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert not is_released()  # the address is a placeholder
    for extra, packages in extras.items():
        assert shlex.split(install_command(extra)) == ["pip", "install", *packages]
    monkeypatch.setattr(project, "is_released", lambda: True)
    assert install_command("web") == 'pip install "copydesk[web]"'


def test_a_page_is_that_of_this_version() -> None:
    page = documentation_address("docs/checks.md")
    assert page.startswith(project_address()) and page.endswith(f"/v{__version__}/docs/checks.md")
    assert (ROOT / "docs" / "checks.md").is_file()
