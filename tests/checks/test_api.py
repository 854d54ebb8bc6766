"""The extension API: `__all__` is sorted and complete, and docs/extending.md has a line for each name."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "extending.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (copydesk\.[\w.]+)\n(.*?)(?=^### |\Z)", PAGE, re.M | re.S))
EXAMPLES = Path(__file__).parents[1] / "extension" / "newsroom"


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_all_is_sorted_and_names_what_exists(name: str) -> None:
    module = import_module(name)
    constants_first = sorted(module.__all__, key=lambda n: (not n.isupper(), not n[0].isupper(), n))
    assert module.__all__ == constants_first
    assert all(hasattr(module, public) for public in module.__all__)


@pytest.mark.parametrize("name", ["copydesk.checks", "copydesk.lexicon"])
def test_all_is_complete(name: str) -> None:
    module = import_module(name)
    public = {n for n, v in vars(module).items() if not n.startswith("_") and not isinstance(v, ModuleType)}
    assert public == set(module.__all__)


@pytest.mark.parametrize("name", sorted(n for n, text in SECTIONS.items() if "<!-- names" in text))
def test_the_page_has_a_line_for_each_name(name: str) -> None:
    table = SECTIONS[name].partition("<!-- end -->")[0]
    assert re.findall(r"^\| `(\w+)` \| \S.* \|$", table, re.M) == list(import_module(name).__all__)


def test_the_example_imports_the_extension_api_alone() -> None:
    for file in EXAMPLES.rglob("*.py"):
        for module, names in re.findall(r"^ *from (copydesk[\w.]*) import (.*)$", file.read_text("utf-8"), re.M):
            assert module in SECTIONS, f"{file.name} imports {module}, which docs/extending.md does not name."
            for name in names.split(", "):
                assert name in SECTIONS[module], f"{file.name} imports {name}, which docs/extending.md does not name."
