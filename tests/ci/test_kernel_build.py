"""The wheel's tag says what the library is, and pip knows each tag."""

from __future__ import annotations

import os
import shutil
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.tags import mac_platforms
from packaging.utils import parse_wheel_filename

from kernel_build import compiler, macos_flags, wheel_tag


@pytest.mark.parametrize(
    ("platform", "processors"),
    [
        ("macosx-10.9-x86_64", ["x86_64"]),
        ("macosx-11.0-arm64", ["arm64"]),
        ("macosx-14-arm64", ["arm64"]),
        ("macosx-10.9-universal2", ["x86_64", "arm64"]),
    ],
)
def test_a_library_for_macos_runs_where_its_tag_lets_pip_install_it(platform: str, processors: list[str]) -> None:
    flags = macos_flags(platform)
    assert [word for before, word in pairwise(flags) if before == "-arch"] == processors
    assert flags[0] == f"-mmacosx-version-min={platform.split('-')[1]}"
    (tag,) = parse_wheel_filename(f"copydesk-1.0-{wheel_tag(platform)}.whl")[3]
    assert all(tag.platform in mac_platforms((15, 0), processor) for processor in processors)


@pytest.mark.parametrize("platform", ["linux-x86_64", "linux-aarch64", "win-amd64"])
def test_other_systems_need_no_flags(platform: str) -> None:
    assert macos_flags(platform) == []
    assert wheel_tag(platform) == "py3-none-" + platform.replace("-", "_")


def test_the_compiler_is_the_systems_else_the_one_that_pip_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CC", raising=False)
    lent = [sys.executable, "-m", "ziglang", "cc", "-mcpu=baseline"]
    for system, cc, wanted in (("posix", "/bin/cc", ["/bin/cc"]), ("posix", None, lent), ("nt", "C:/cc.exe", lent)):
        there: dict[str, Any] = {"cc": cc}
        monkeypatch.setattr(shutil, "which", there.get)
        with monkeypatch.context() as context:
            context.setattr("kernel_build.os.name", system)
            assert compiler() == wanted
    monkeypatch.setenv("CC", "my-cc")
    assert compiler() == ["my-cc"] and os.environ["CC"] == "my-cc"


def test_the_compiler_may_be_a_command_of_several_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CC", "ccache gcc -m64")
    assert compiler() == ["ccache", "gcc", "-m64"]
    named = tmp_path / "my cc"
    named.touch(0o755)
    monkeypatch.setenv("CC", str(named))
    assert compiler() == [str(named)]
