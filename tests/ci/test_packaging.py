"""What is installed is whole: a wheel built from the sdist works in a clean environment, from another folder."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path, status: int = 0) -> str:
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


def test_the_wheel_holds_the_two_packages_and_nothing_else(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {n.split("/")[0] for n in names if ".dist-info" not in n} == {"copydesk", "copydesk_expectations"}
    assert "copydesk/py.typed" in names and "copydesk_expectations/suites/news.yml" in names
    assert {"copydesk/native/json.c", "copydesk/native/kernel.h", "copydesk/native/kernel.library"} <= set(names)
    assert wheel.stem.startswith("copydesk-") and "-py3-none-" in wheel.stem and not wheel.stem.endswith("-any")
    assert "copydesk_expectations/lexicons/en.txt" in names and "copydesk/commands/scaffold/github.yml" in names


def test_the_sdist_holds_the_tests_and_no_environment(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        tops = {n.split("/")[1] for n in archive.getnames() if "/" in n}
    assert {"validators", "expectations", "fixtures", "tests", "ci", "pyproject.toml", "action.yml"} <= tops
    assert ".venv" not in tops


@pytest.mark.skipif(sys.platform == "win32", reason="an environment has no bin there")
def test_a_wheel_in_a_clean_environment_checks_a_file_from_another_folder(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    venv.create(tmp_path / "clean", with_pip=True)
    python = tmp_path / "clean" / "bin" / "python"
    pins = ROOT / "ci" / "constraints" / "runtime.txt"
    run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", pins, cwd=tmp_path)
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "story.txt").write_text("Bridge reopens\n\nThe bridge reopened on Monday.\n\nHide Ad\n")
    copydesk = tmp_path / "clean" / "bin" / "copydesk"
    said = run(copydesk, "check", "story.txt", "--report", "r.html", cwd=elsewhere, status=1)
    assert "\nFAILED: " in said and "Hide Ad" in said
    assert (elsewhere / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
