"""Build the kernel, the part of copydesk that is in C: hatchling calls this whenever copydesk is installed or packed.

    python ci/kernel_build.py       build it where it lies, after a change of a file in validators/copydesk/native
    python ci/kernel_build.py --sanitized FILE      build another, for ci/sanitize

The compiler is the system's `cc` ($CC, if set); where there is none, pip brings one for the build alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Hook
except ImportError:  # called by hand
    Hook = object  # type: ignore[misc, assignment]

KERNEL = Path(__file__).absolute().parents[1] / "validators" / "copydesk" / "native"
SANITIZED = ("-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-fno-omit-frame-pointer", "-g", "-O1")
FLAGS = ("-O3", "-std=c11", "-shared", "-fvisibility=hidden", *(() if os.name == "nt" else ("-fPIC",)))


def build(target: Path = KERNEL / "kernel.library", *more: str) -> None:
    """Build the library beside its source, or elsewhere with more flags: whole, or not at all."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder, target.name)
        Path(folder, "generated.h").write_text(generated(), encoding="utf-8")
        subprocess.run([*compiler(), *FLAGS, *more, "-I", folder, "-o", made, *sorted(KERNEL.glob("*.c"))], check=True)
        made.replace(target)


def generated() -> str:
    """Return the header in which C finds the constants and the prototypes that Python has."""
    sys.path.insert(0, str(KERNEL.parents[1]))
    try:
        from copydesk.native.header import header  # it needs nothing that is not in the standard library
    finally:
        sys.path.pop(0)
    return header()


def compiler() -> list[str]:
    """Return the command that compiles C for any processor of this kind."""
    own = os.environ.get("CC") or shutil.which("cc")
    return [own] if own else [sys.executable, "-m", "ziglang", "cc", "-mcpu=baseline"]


class KernelBuild(Hook):  # type: ignore[type-arg]
    """What hatchling asks."""

    def dependencies(self) -> list[str]:
        """Return what the build needs beside hatchling: a compiler, where the system has none."""
        return ["ziglang>=0.13"] if "ziglang" in compiler() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and pack the library into the wheel, which then is one for this platform and any Python."""
        build()
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data.update(pure_python=False, tag=f"py3-none-{platform}")
        build_data["artifacts"].append("/validators/copydesk/native/kernel.library")


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            build()
        case ["--sanitized", target]:
            build(Path(target).absolute(), *SANITIZED)
        case _:
            sys.exit("usage: python ci/kernel_build.py [--sanitized FILE]")
