"""The tree shows the architecture: each folder imports only from those above it, and nothing in circles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = {"copydesk": ROOT / "validators", "copydesk_expectations": ROOT / "expectations"}

#: The rooms of copydesk, from the top down. A room may import from itself and from those above it.
ROOMS = (
    "errors",
    "lazy",
    "temporary",
    "outputs",
    "project",
    "paths",
    "processes",
    "native",
    "text",
    "model",
    "checks",
    "lexicon",
    "metadata",
    "similarity",
    "furniture",
    "readers",
    "judge",
    "engine",
    "gate",
    "repair",
    "run",
    "simulation",
    "auditing",
    "mining",
    "suggestion",
    "pandas",
    "evaluate",
    "reports",
    "spark",
    "commands",
    "testing",
    "strategies",  # the public name of testing.strategies
    "__main__",
)

#: The rooms that may call the part that is in C.
MAY_CALL_NATIVE = {"native", "text", "lexicon", "metadata", "similarity", "furniture", "readers", "engine", "commands"}

#: What the package of expectations may use of copydesk: what anyone's checks may use, and in `gx` the expectations.
FOR_EXPECTATIONS = {"lazy", "text", "model", "checks", "lexicon", "metadata", "similarity", "furniture"}
FOR_PLANTING, FOR_GX = {"evaluate"}, {"judge", "spark"}


def modules() -> dict[str, Path]:
    """Return the file of every module by its dotted name."""
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
        for root in SOURCES.values()
        for file in sorted(root.rglob("*.py"))
    }


MODULES = modules()


def imports(module: str) -> Iterator[str]:
    """Yield the modules of ours that a module imports, also within functions and for types alone."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            known = name if name in MODULES else name.rpartition(".")[0]
            if known in MODULES:
                yield known


def room(module: str) -> str:
    """Return the room of a module of copydesk; that of the package itself is the public API."""
    return ([*module.split("."), ""])[1]


OURS = sorted(module for module in MODULES if module.split(".")[0] == "copydesk" and room(module))
THEIRS = sorted(module for module in MODULES if module.split(".")[0] == "copydesk_expectations")


def test_every_room_has_its_place() -> None:
    assert {room(module) for module in OURS} == set(ROOMS)


@pytest.mark.parametrize("module", OURS)
def test_a_room_imports_only_from_those_above_it(module: str) -> None:
    for name in imports(module):
        assert name.split(".")[0] == "copydesk", (
            f"{module} imports {name}: copydesk finds what is expected of news by entry points, and imports none of it."
        )
        if room(name):
            assert ROOMS.index(room(name)) <= ROOMS.index(room(module)), (
                f"{module} imports {name}, which goes the wrong way: {room(name)}/ stands below {room(module)}/."
            )
        assert room(name) != "native" or room(module) in MAY_CALL_NATIVE, (
            f"{module} imports {name}: only {', '.join(sorted(MAY_CALL_NATIVE))} may call the part that is in C."
        )


@pytest.mark.parametrize("module", THEIRS)
def test_expectations_use_what_anyone_may_use(module: str) -> None:
    allowed = FOR_EXPECTATIONS | (FOR_PLANTING if "planting" in module or module == "copydesk_expectations" else set())
    allowed |= FOR_GX if module == "copydesk_expectations.gx" else set()
    for name in imports(module):
        assert name.split(".")[0] == "copydesk_expectations" or room(name) in allowed, (
            f"{module} imports {name}: expectations may use {', '.join(sorted(allowed))} of copydesk, as anyone's may."
        )


def test_no_module_imports_itself_by_way_of_others() -> None:
    modules = MODULES.keys() - {"copydesk"}  # the public API, which loads what it names when it is asked for
    above = {module: {name for name in imports(module) if name != module} & modules for module in modules}
    while free := [module for module, names in above.items() if not names & above.keys()]:
        for module in free:
            del above[module]
    # What is left are circles, and what imports from them.
    assert not above, f"These modules import each other in a circle: {', '.join(sorted(above))}."
