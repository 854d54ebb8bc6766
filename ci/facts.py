"""What the project says of itself, each fact from its one place, and the pages that repeat it.

    the version     `__version__` in validators/copydesk/__init__.py
    the address     `Repository` under [project.urls] in pyproject.toml
    all else        pyproject.toml

It needs nothing but Python, so that ci/release-check runs before anything is installed.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).absolute().parents[1]

#: Pages written by people that repeat the version or the address.
PAGES = ("docs/ci.md",)

_VERSION = re.compile(r'^__version__ = "(.+)"$', re.M)
_ADDRESS = re.compile(r"https://[\w.-]+/[\w.-]+/copydesk\b")
_ACTION = re.compile(r"(?<=uses: )[\w.-]+/copydesk(?=@)")
_TAG = re.compile(r"(?:(?<=copydesk@)|(?<=/raw/)|(?<=/blob/)|(?<=rev: ))v[\w.]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that other files repeat."""

    version: str
    address: str
    title: str = "copydesk"
    abstract: str = ""
    license: str = ""
    keywords: list[str] = field(default_factory=list)

    @property
    def repository(self) -> str:
        """The owner and the name, as an action is called: `uses: OWNER/NAME@TAG`."""
        return urlsplit(self.address).path.strip("/")


def read_facts(root: Path = ROOT) -> Facts:
    """Read the facts of the project in a folder."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    source = (root / "validators" / "copydesk" / "__init__.py").read_text(encoding="utf-8")
    versions = _VERSION.findall(source)
    if len(versions) != 1:
        raise ValueError(f'validators/copydesk/__init__.py: expected one line __version__ = "…", got {len(versions)}')
    return Facts(
        version=versions[0],
        address=project["urls"]["Repository"],
        title=project["name"],
        abstract=project["description"],
        license=project["license"],
        keywords=project["keywords"],
    )


def with_facts(page: str, facts: Facts) -> str:
    """Return a page with the version and the address of today in place of those that it had.

    >>> with_facts("uses: a/copydesk@v1, https://a.example/b/copydesk/raw/v1/c", Facts("2.0", "https://git.example/d/copydesk"))
    'uses: d/copydesk@v2.0, https://git.example/d/copydesk/raw/v2.0/c'
    """
    page = _ADDRESS.sub(facts.address, page)
    page = _ACTION.sub(facts.repository, page)
    return _TAG.sub(f"v{facts.version}", page)


def citation(facts: Facts) -> str:
    """Return CITATION.cff. Its strings are written as JSON, which YAML reads as they are."""
    entries: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use this software, please cite it with these data.",
        "type": "software",
        "title": facts.title,
        "abstract": facts.abstract,
        "version": facts.version,
        "authors": [{"name": f"The {facts.title} authors"}],
        "repository-code": facts.address,
        "license": facts.license,
        "keywords": facts.keywords,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in entries.items()]
    return "# Made from pyproject.toml and the version by ci/docs; a change here is lost.\n" + "".join(lines)


def repeated(root: Path, facts: Facts) -> dict[str, str]:
    """Return what each file that repeats facts must hold: its path in the project, and its text."""
    pages = {name: with_facts((root / name).read_text(encoding="utf-8"), facts) for name in PAGES}
    return pages | {"CITATION.cff": citation(facts)}
