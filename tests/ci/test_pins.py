"""Everything that is installed is pinned with hashes, and nothing says where it comes from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import pins
from pins import CI, PINS, ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_LINE = re.compile(r"([a-z0-9-]+)==([\w.!+]+)(?: ; ([^\\]+?))? \\")


def pinned(name: str) -> dict[str, list[tuple[str, str, int]]]:
    """Return by project each version, its marker and how many hashes it has; each line of the file is one of these."""
    versions: dict[str, list[tuple[str, str, int]]] = {}
    last = ""
    for line in (CI / PINS[name].file).read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line), line
            number, marker, hashes = versions[last][-1]
            versions[last][-1] = number, marker, hashes + 1
        else:
            match = _LINE.fullmatch(line)
            assert match, line
            last = match[1]
            versions.setdefault(last, []).append((match[2], match[3] or "", 0))
    return versions


def wanted(name: str) -> list[Requirement]:
    """Return what pyproject.toml asks for in a file."""
    groups = [PROJECT["dependency-groups"][group] for group in PINS[name].groups]
    own = [PROJECT["project"]["dependencies"]] if PINS[name].with_copydesk else []
    return [Requirement(entry) for some in (*own, *groups) for entry in some]


@pytest.mark.parametrize("name", PINS)
def test_what_pyproject_asks_for_is_pinned_with_hashes(name: str) -> None:
    versions = pinned(name)
    assert all(hashes for some in versions.values() for *_, hashes in some)
    for requirement in wanted(name):
        found = versions.get(canonicalize_name(requirement.name), [])
        assert found, f"{requirement.name} is not in ci/{PINS[name].file}. Run: python ci/pins.py make"
        for version, *_ in found:
            assert requirement.specifier.contains(version), f"{requirement}: run python ci/pins.py make"


@pytest.mark.parametrize("name", PINS)
def test_each_python_gets_one_version(name: str) -> None:
    for project, versions in pinned(name).items():
        for python in ("3.11.2", "3.11.9", "3.12.1", "3.13.1", "3.14.0"):
            place = {
                "python_full_version": python,
                "python_version": python.rpartition(".")[0],
                "sys_platform": "linux",
            }
            place |= {"sys_platform": "linux", "platform_machine": "x86_64"}
            place |= {"platform_python_implementation": "CPython", "implementation_name": "cpython"}
            fitting = [v for v, marker, _ in versions if not marker or Marker(marker).evaluate(place)]
            assert len(fitting) <= 1, project


def test_the_files_agree_on_versions() -> None:
    first = pinned("test")
    for name in PINS:
        for project, versions in pinned(name).items():
            if project in first and name != "build":
                assert {v for v, *_ in versions} <= {v for v, *_ in first[project]}, f"{project} of {name}"


def test_what_builds_copydesk_is_pinned() -> None:
    built_by = [Requirement(entry) for entry in PROJECT["build-system"]["requires"]]
    assert {requirement.name for requirement in built_by} | {"pip", "editables"} <= set(pinned("build"))
    ((version, *_),) = pinned("compiler")["ziglang"]
    assert f'"ziglang=={version}"' in (CI / "kernel_build.py").read_text(encoding="utf-8")


def test_only_hashes_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr("pins.subprocess.run", lambda command, **_: commands.append(command))
    monkeypatch.setattr(pins, "compiler", lambda: ["python", "-m", "ziglang", "cc"])
    pins.install("runtime", ["--prefix", "there"])
    *files, own = [command[command.index("install") + 1 :] for command in commands]
    assert [Path(words[-1]) for words in files] == [CI / PINS[n].file for n in ("build", "compiler", "runtime")]
    assert all("--require-hashes" in words for words in files) and "--prefix" not in files[0] + files[1]
    assert own[-1] == "." and {"--no-deps", "--no-build-isolation", "--prefix", "there"} <= set(own)
    commands.clear()
    pins.install("release")
    assert all("--require-hashes" in command for command in commands) and len(commands) == 3
