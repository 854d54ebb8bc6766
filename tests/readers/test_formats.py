"""One list of formats: the readers, the help text, the hook and the docs say the same."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from copydesk import readers
from copydesk.commands.cli import parser
from copydesk.readers.files.source import COMPRESSIONS
from copydesk.readers.formats import BY_SUFFIX, FORMATS, SUFFIXES, Format, list_suffixes, pattern_of_data

ROOT = Path(__file__).parents[2]
LIKELY = [suffix for suffix in SUFFIXES if BY_SUFFIX[suffix].holds_data]


def words(file: str) -> str:
    """Return the text of a file of the project, with one space between words."""
    return " ".join((ROOT / file).read_text(encoding="utf-8").split())


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.title)
def test_a_format_has_a_reader_of_its_own_that_says_its_suffixes(format_: Format) -> None:
    reader = format_.reader()
    assert reader.__module__ == format_.module
    documentation = import_module(format_.module).__doc__ or ""
    assert all(suffix in documentation for suffix in format_.suffixes)


def test_every_module_that_reads_a_format_is_in_the_list() -> None:
    folder = Path(readers.__file__).parent
    there = {
        ".".join(("copydesk.readers", *file.relative_to(folder).with_suffix("").parts))
        for file in folder.rglob("*.py")
        if "def read(stream: Stream, wanted: Wanted" in file.read_text(encoding="utf-8")
    }
    assert there == {format_.module for format_ in FORMATS}


def test_no_two_formats_share_a_suffix() -> None:
    assert len(SUFFIXES) == sum(len(format_.suffixes) for format_ in FORMATS)


def test_help_names_every_suffix() -> None:
    [commands] = (action for action in parser()._actions if action.dest == "command")
    told = " ".join(commands.choices["check"].format_help().split())  # type: ignore[index]
    assert list_suffixes() in told


def test_the_readme_names_every_suffix() -> None:
    readme = words("README.md")
    for format_ in FORMATS:
        assert f"| {' '.join(f'`{suffix}`' for suffix in format_.suffixes)} |" in readme
    assert f"may be compressed ({', '.join(f'`{compression}`' for compression in COMPRESSIONS)})" in readme


def test_the_hook_takes_the_files_that_are_likely_to_hold_articles() -> None:
    [hook] = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    assert hook["files"] == pattern_of_data()
    assert ", ".join(f"`{s}`" for s in LIKELY[:-1]) + f" or `{LIKELY[-1]}`" in words("docs/ci.md")


@pytest.mark.parametrize("compression", ["", *COMPRESSIONS])
def test_the_pattern_of_data_takes_those_files_alone(compression: str) -> None:
    pattern = re.compile(pattern_of_data())
    taken = [suffix for suffix in SUFFIXES if pattern.search(f"data/news{suffix}{compression}")]
    assert taken == LIKELY
    assert not pattern.search("news.jsonl.bak") and not pattern.search("newsjsonl")
