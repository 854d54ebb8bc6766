"""ci/release-check refuses what must not be released, and says what to do; what is right passes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.utils import parse_wheel_filename

from facts import PAGES, read_facts, repeated

ROOT = Path(__file__).parents[2]
CHECK = ROOT / "ci" / "release-check"
HOST = "www.iana.org"  # a name that is public for certain; nothing is asked of it
FILES = [
    "copydesk-1.2.0.tar.gz",
    "copydesk-1.2.0-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
    "copydesk-1.2.0-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.whl",
    "copydesk-1.2.0-py3-none-musllinux_1_2_x86_64.whl",
    "copydesk-1.2.0-py3-none-musllinux_1_2_aarch64.whl",
    "copydesk-1.2.0-py3-none-macosx_10_9_x86_64.whl",
    "copydesk-1.2.0-py3-none-macosx_11_0_arm64.whl",
    "copydesk-1.2.0-py3-none-win_amd64.whl",
]


def project_in(folder: Path, *, version: str = "1.2.0", address: str = f"https://{HOST}/gazette/copydesk") -> Path:
    """Write a project that may be released, but for what is wrong with the arguments."""
    (folder / "validators" / "copydesk").mkdir(parents=True)
    (folder / "validators" / "copydesk" / "__init__.py").write_text(f'__version__ = "{version}"\n')
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pyproject = re.sub(r'(?m)^Repository = ".*"$', f'Repository = "{address}"', pyproject)
    (folder / "pyproject.toml").write_text(pyproject, encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## Unreleased\n\n## {version} - 2026-12-01\n\n### Added\n")
    for name in PAGES:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in repeated(folder, read_facts(folder)).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def check(folder: Path, tag: str, *files: str) -> list[str]:
    """Return what the check says, a fault a line; none where it passes."""
    command = [sys.executable, str(CHECK), tag, *files, "--project", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode == 1) == bool(done.stderr) and done.returncode in (0, 1), done.stderr
    return done.stderr.splitlines()


def test_what_is_right_passes(tmp_path: Path) -> None:
    assert check(project_in(tmp_path), "v1.2.0", *(f"dist/{name}" for name in FILES)) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://no-public-address-yet.invalid/OWNER/copydesk",
        "https://gazette.example/gazette/copydesk",
        "https://www.example.org/gazette/copydesk",
        "https://localhost/gazette/copydesk",
        f"https://{HOST}/OWNER/copydesk",
        f"http://{HOST}/gazette/copydesk",
        f"https://{HOST}/copydesk",
        f"https://{HOST}/gazette/other",
    ],
)
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    (fault,) = check(project_in(tmp_path, address=address), "v1.2.0")
    assert f"got {address}. Write the real address there and run ci/docs." in fault


def test_this_project_cannot_be_released_while_it_has_no_address() -> None:
    facts = read_facts()
    refused = any("[project.urls]" in fault for fault in check(ROOT, f"v{facts.version}"))
    assert refused == facts.address.startswith("https://no-public-address-yet.invalid/")


@pytest.mark.parametrize("tag", ["1.2.0", "v1.2", "v1.2.0rc1", "release"])
def test_another_tag_than_the_versions_is_refused(tmp_path: Path, tag: str) -> None:
    (fault,) = check(project_in(tmp_path), tag)
    assert "expected the tag v1.2.0" in fault and f"got {tag}." in fault


@pytest.mark.parametrize("version", ["1.2.0.dev0", "1.2", "one"])
def test_a_version_that_is_no_release_is_refused(tmp_path: Path, version: str) -> None:
    (fault,) = check(project_in(tmp_path, version=version), f"v{version}")
    assert "expected a version as 1.2.0" in fault


def test_a_version_without_an_entry_in_the_changelog_is_refused(tmp_path: Path) -> None:
    project_in(tmp_path)
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n## 1.2.0\n")
    (fault,) = check(tmp_path, "v1.2.0")
    assert "expected a heading '## 1.2.0 - YYYY-MM-DD'" in fault


@pytest.mark.parametrize("name", [*PAGES, "CITATION.cff"])
def test_a_page_with_another_version_is_refused(tmp_path: Path, name: str) -> None:
    page = project_in(tmp_path) / name
    page.write_text(page.read_text(encoding="utf-8").replace("1.2.0", "1.1.0"), encoding="utf-8")
    (fault,) = check(tmp_path, "v1.2.0")
    assert fault.startswith(f"ci/release-check: {name}: ")


@pytest.mark.parametrize("missing", FILES)
def test_each_file_is_waited_for(tmp_path: Path, missing: str) -> None:
    (fault,) = check(project_in(tmp_path), "v1.2.0", *(name for name in FILES if name != missing))
    assert "found none" in fault


@pytest.mark.parametrize(
    "strange",
    [
        "copydesk-1.2.0-py3-none-linux_x86_64.whl",
        "copydesk-1.2.0-cp311-cp311-manylinux_2_17_x86_64.whl",
        "copydesk-1.2.0-py3-none-macosx_10_9_universal2.whl",
        "copydesk-1.2.0-py3-none-any.whl",
        "copydesk-1.1.0-py3-none-win_amd64.whl",
        "other-1.2.0.tar.gz",
    ],
)
def test_a_file_that_pypi_refuses_or_nobody_asked_for_is_refused(tmp_path: Path, strange: str) -> None:
    (fault,) = check(project_in(tmp_path), "v1.2.0", *FILES, strange)
    assert f"{strange}: expected no such file" in fault


@given(st.sampled_from(FILES[1:]))
def test_the_names_of_wheels_are_such(name: str) -> None:
    assert all((tag.interpreter, tag.abi) == ("py3", "none") for tag in parse_wheel_filename(name)[3])
