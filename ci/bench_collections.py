"""The collections of ci/bench: made once, kept in a folder, and whether a machine can read them at once."""

from __future__ import annotations

import hashlib
import math
import os
import sys
from itertools import islice
from pathlib import Path

from measure import run, say

CI = Path(__file__).absolute().parent
ROOT = CI.parent
SOURCES = os.pathsep.join(str(ROOT / folder) for folder in ("validators", "expectations"))
#: Modules are compiled once, as where a package is installed.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT |= {"PYTHONPATH": SOURCES, "GX_ANALYTICS_ENABLED": "False"}

PARTS = 10  # files, of which one changes
READING = 2.5  # times its size that polars may take to read a file

Files = tuple[tuple[Path, float | None], ...]


def collection(count: int, folder: Path, like: Files = ()) -> Path:
    """Return the file of so many articles, made up or like those of files; make it where it is not there yet."""
    maker = CI / ("shuffled.py" if like else "collection.py")
    sources = (maker, *(file for file, _ in like)) if like else (maker, ROOT / "fixtures" / "clean.jsonl")
    made_from = hashlib.sha256(repr([share for _, share in like]).encode() if like else b"")
    for source in sources:
        made_from.update(source.read_bytes())
    file = folder / f"{'like' if like else 'news'}-{count}-{made_from.hexdigest()[:8]}.jsonl"
    if not file.exists():
        say(f"making {count:,} articles")
        unfinished = file.with_suffix(".unfinished")
        models = [f"--like={source}" if share is None else f"--like={source}={share}" for source, share in like]
        run([sys.executable, maker, str(count), unfinished, *models], folder=folder, environment=ENVIRONMENT)
        unfinished.rename(file)
    return file


def split(file: Path, count: int, folder: Path) -> list[Path]:
    """Spread so many articles of a file over several. Line by line: this process must stay small, see `measure.run`."""
    folder.mkdir()
    parts = [folder / f"part-{number}.jsonl" for number in range(PARTS)]
    with file.open("rb") as lines:
        for part in parts:
            with part.open("wb") as opened:
                opened.writelines(islice(lines, math.ceil(count / PARTS)))
    return parts


def is_readable(file: Path) -> bool:
    """Say whether polars can read a whole file in the memory of this machine."""
    return file.stat().st_size * READING < memory_of_machine()


def memory_of_machine() -> int:
    """Return bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def hold_in_memory(file: Path) -> None:
    """Read a file once, so that no contender waits for the disk."""
    with file.open("rb") as opened:
        while opened.read(1 << 24):
            pass
