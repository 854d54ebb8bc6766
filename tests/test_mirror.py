"""The tests mirror the source: each module of both source roots has a test file of its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = {
    ROOT / "validators" / "copydesk": ROOT / "tests",
    ROOT / "expectations" / "copydesk_expectations": ROOT / "tests" / "expectations",
}

#: Packages whose `__init__.py` has code of its own, and `python -m copydesk`, are tested where their room is.
UNNAMED = ("__init__.py", "__main__.py")

#: Modules that have no test file of their own yet, though other tests run them. This list only gets shorter.
NOT_YET = {
    "checks/base.py",
    "checks/documentation.py",
    "checks/registry.py",
    "checks/suspects.py",
    "commands/baseline.py",
    "commands/check.py",
    "commands/diff.py",
    "commands/explain.py",
    "commands/init.py",
    "commands/list_checks.py",
    "commands/options.py",
    "commands/prove.py",
    "commands/scaffold/data.py",
    "commands/score.py",
    "engine/collection.py",
    "engine/ledger.py",
    "engine/progress.py",
    "engine/samples.py",
    "errors.py",
    "evaluate/planting.py",
    "furniture/evidence.py",
    "furniture/lines.py",
    "furniture/model.py",
    "judge/signals.py",
    "judge/verdicts.py",
    "lazy.py",
    "lexicon/slots.py",
    "model/chunk.py",
    "model/result.py",
    "readers/columns.py",
    "readers/formats.py",
    "readers/json_values.py",
    "readers/source.py",
    "reports/data.py",
    "reports/difference/data.py",
    "reports/difference/html.py",
    "reports/difference/markdown.py",
    "reports/difference/terminal.py",
    "reports/difference/wording.py",
    "reports/failures.py",
    "reports/figures.py",
    "reports/html/check_tables.py",
    "reports/html/excerpts.py",
    "reports/html/glance.py",
    "reports/html/heat.py",
    "reports/html/marks.py",
    "reports/html/page.py",
    "reports/html/stories.py",
    "reports/html/story_field.py",
    "reports/html/wording.py",
    "reports/one_line.py",
    "reports/places.py",
    "spark/findings.py",
    "spark/metric.py",
    "spark/parcels.py",
    "spark/session.py",
    "strategies.py",
    "testing/pytest_items.py",
    "text/buffer.py",
    "text/characters.py",
    "text/distinct.py",
    "text/expressions.py",
    "text/paragraphs.py",
    "text/words.py",
}


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
    forgotten = untested() - NOT_YET
    names = ", ".join(sorted(forgotten))
    assert not forgotten, (
        f"These modules have no test file of their own name: {names}. Write tests/<room>/test_<module>.py."
    )


def test_the_list_of_exceptions_gets_shorter() -> None:
    done = NOT_YET - untested()
    assert not done, f"Take {', '.join(sorted(done))} out of NOT_YET: they have a test file now, or are gone."


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_room_of_the_source_has_modules(source: Path) -> None:
    assert sum(1 for _ in source.rglob("*.py")) > 20  # else the other tests hold nothing
