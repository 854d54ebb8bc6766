"""Build the kernel, the part of copydesk that is in C: hatchling calls this whenever copydesk is installed or packed.

    python ci/kernel_build.py       build it where it lies, after a change of a file in validators/copydesk/native
    python ci/kernel_build.py --sanitized FILE      build another, for ci/sanitize

The compiler is the system's `cc` ($CC, if set). Where there is none, and on Windows, pip brings one for the build.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    Hook = BuildHookInterface[Any]
else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Hook
    except ImportError:  # called by hand
        Hook = object

KERNEL = Path(__file__).absolute().parents[1] / "validators" / "copydesk" / "native"
SANITIZED = ("-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-fno-omit-frame-pointer", "-g", "-O1")
FLAGS = ("-O3", "-std=c11", "-shared", "-fvisibility=hidden", *(() if os.name == "nt" else ("-fPIC",)))


def build(target: Path = KERNEL / "kernel.library", *more: str) -> None:
    """Build the library beside its source, or elsewhere with more flags: whole, or not at all."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder, target.name)
        Path(folder, "generated.h").write_text(generated(), encoding="utf-8")
        flags = [*FLAGS, *macos_flags(sysconfig.get_platform()), *more]
        subprocess.run([*compiler(), *flags, "-I", folder, "-o", made, *sorted(KERNEL.glob("*.c"))], check=True)
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
    """Return the command that compiles C for any processor of this kind.

    A `cc` that lies about on Windows may make a library that needs DLLs of its own: none of them is in the wheel.
    """
    if own := os.environ.get("CC"):  # a compiler, or a command such as "ccache gcc"
        return [own] if shutil.which(own) else shlex.split(own, posix=os.name != "nt")
    own = None if os.name == "nt" else shutil.which("cc")
    return [own] if own else [sys.executable, "-m", "ziglang", "cc", "-mcpu=baseline"]


def macos_flags(platform: str) -> list[str]:
    """Return the flags that make the library for the macOS and the processors that the wheel's tag promises.

    Args:
        platform: what `sysconfig.get_platform` says. A universal2 Python serves two processors, and so must we.

    >>> macos_flags("macosx-10.9-universal2")
    ['-mmacosx-version-min=10.9', '-arch', 'x86_64', '-arch', 'arm64']
    """
    if not platform.startswith("macosx-"):
        return []
    _, oldest, processors = platform.split("-")
    both = ["x86_64", "arm64"] if processors == "universal2" else [processors]
    return [f"-mmacosx-version-min={oldest}", *(word for processor in both for word in ("-arch", processor))]


def wheel_tag(platform: str) -> str:
    """Return the tag of the wheel: for any Python 3, and for this platform.

    >>> wheel_tag("macosx-14-arm64")  # pip knows no version of macOS without its second number
    'py3-none-macosx_14_0_arm64'
    """
    platform = re.sub(r"^macosx-(\d+)-", r"macosx-\1.0-", platform)
    return "py3-none-" + re.sub(r"[-.]", "_", platform)


class KernelBuild(Hook):
    """What hatchling asks."""

    def dependencies(self) -> list[str]:
        """Return what the build needs beside hatchling: a compiler, where the system has none."""
        return ["ziglang==0.17.1"] if "ziglang" in compiler() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and pack the library into the wheel, which then is one for this platform and any Python."""
        build()
        build_data.update(pure_python=False, tag=wheel_tag(sysconfig.get_platform()))
        build_data["artifacts"].append("/validators/copydesk/native/kernel.library")


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            build()
        case ["--sanitized", target]:
            build(Path(target).absolute(), *SANITIZED)
        case _:
            sys.exit("usage: python ci/kernel_build.py [--sanitized FILE]")
