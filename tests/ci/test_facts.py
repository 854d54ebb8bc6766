"""The version and the address stand once; whoever repeats them repeats them as they are."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from importlib.metadata import metadata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

import copydesk
from copydesk.commands.scaffold import place_files
from copydesk.project import documentation_address, project_address
from facts import PAGES, Facts, citation, read_facts, repeated, with_facts

ROOT = Path(__file__).parents[2]
FACTS = read_facts()
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

names = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
versions = st.from_regex(r"[0-9]\.[0-9]{1,2}\.[0-9](rc[0-9])?", fullmatch=True)
facts = st.builds(Facts, versions, st.builds("https://{}.example/{}/copydesk".format, names, names))


def test_the_version_stands_in_the_package_alone() -> None:
    assert FACTS.version == copydesk.__version__
    assert "version" not in PYPROJECT["project"] and PYPROJECT["project"]["dynamic"] == ["version"]


def test_the_installed_package_has_both() -> None:
    installed = metadata("copydesk")
    assert installed["Version"] == copydesk.__version__, "install again: pip install -e ."
    assert project_address() == FACTS.address == PYPROJECT["project"]["urls"]["Repository"]
    assert documentation_address("docs/ci.md") == f"{FACTS.address}/blob/v{FACTS.version}/docs/ci.md"


def test_the_scaffold_takes_the_address(tmp_path: Path) -> None:
    (config,) = [file.text for file in place_files(tmp_path) if file.path == "copydesk.toml"]
    assert f"Documentation: {FACTS.address}/blob/v{FACTS.version}/docs/ci.md\n" in config


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_another_version_or_address(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"\bv\d+\.\d[\w.]*(?<!\.)", page)) == {f"v{FACTS.version}"}
    addresses = re.findall(r"https://[^\s)]+", page)
    assert addresses and all(address.startswith(FACTS.address) for address in addresses)


@given(facts, facts)
def test_a_page_follows_any_change_of_the_facts(one: Facts, other: Facts) -> None:
    for name in PAGES:
        page = (ROOT / name).read_text(encoding="utf-8")
        changed = with_facts(page, one)
        assert changed.count(one.address) == page.count(FACTS.address) > 0
        assert changed.count(f"v{one.version}") >= page.count(f"v{FACTS.version}") > 0
        assert with_facts(with_facts(changed, other), FACTS) == page


@given(facts)
def test_the_citation_says_what_pyproject_says(some: Facts) -> None:
    project = PYPROJECT["project"]
    read = YAML(typ="safe", pure=True).load(citation(replace(FACTS, version=some.version, address=some.address)))
    assert (read["version"], read["repository-code"]) == (some.version, some.address)
    assert [read[name] for name in ("title", "abstract", "license", "keywords")] == [
        project[name] for name in ("name", "description", "license", "keywords")
    ]


def test_the_citation_is_valid() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    command += ["--force-filetype", "yaml", str(ROOT / "CITATION.cff")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_committed_repeats_the_facts() -> None:
    for name, text in repeated(ROOT, FACTS).items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, "run ci/docs"


@pytest.mark.parametrize("source", ["", '__version__ = "1"\n__version__ = "2"\n'])
def test_a_package_without_one_version_is_an_error(tmp_path: Path, source: str) -> None:
    (tmp_path / "validators" / "copydesk").mkdir(parents=True)
    (tmp_path / "validators" / "copydesk" / "__init__.py").write_text(source)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"expected one line __version__"):
        read_facts(tmp_path)
