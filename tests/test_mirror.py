"""The tests mirror the source: each module of both source roots has a test file of its own name."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = {
    ROOT / "validators" / "copydesk": ROOT / "tests",
    ROOT / "expectations" / "copydesk_expectations": ROOT / "tests" / "expectations",
}

#: Packages whose `__init__.py` has code of its own, and `python -m copydesk`, are tested where their room is.
UNNAMED = ("__init__.py", "__main__.py")


def untested() -> set[str]:
    """Return the modules without a test file of their name, as paths within their package."""
    return {
        module.relative_to(source).as_posix()
        for source, tests in SOURCES.items()
        for module in source.rglob("*.py")
        if module.name not in UNNAMED
        and not (tests / module.relative_to(source).parent / f"test_{module.name}").is_file()
    }


def test_each_module_has_a_test_file_of_its_own_name() -> None:
    forgotten = untested()
    names = ", ".join(sorted(forgotten))
    assert not forgotten, (
        f"These modules have no test file of their own name: {names}. Write tests/<room>/test_<module>.py."
    )
