"""What `copydesk init` puts into a repository: a config, a suite of its own, and the files that automation reads.

The files beside this module are its templates; `@NAME@` stands for what is filled in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import copydesk
from copydesk.checks import documentation
from copydesk.checks.suite import Entry, load_suite
from copydesk.commands.config import FILE, find_config
from copydesk.commands.scaffold.data import file_pattern, find_data
from copydesk.errors import UsageError
from copydesk.project import documentation_address, is_released

__all__ = ["CI", "MISSING", "SHARED", "Placed", "place_files", "requirement"]

#: Services of continuous integration: name to template, and to the file that the service reads.
CI = {"github": ("github.yml", ".github/workflows/copydesk.yml"), "gitlab": ("gitlab.yml", ".gitlab-ci.yml")}

#: Files that other tools have their entries in as well.
SHARED = (".pre-commit-config.yaml", ".gitlab-ci.yml")

#: What a workflow says and fails with, where nobody has said yet what pip shall install.
MISSING = "Say in this file what pip shall install as copydesk (a wheel, a path or an address)."


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the scaffold.

    path: relative to the folder, with '/'.
    text: what was to be written.
    kept: whether a file was there before, which was left as it is.
    """

    path: str
    text: str
    kept: bool


def place_files(
    folder: Path, *, data: Sequence[str] = (), ci: str | None = "github", install: str | None = None
) -> list[Placed]:
    """Write the scaffold into a folder; what is there already is kept.

    Args:
        folder: the root of the repository.
        data: the paths to check, relative to the folder; those that hold articles, unless given.
        ci: a key of CI, or None.
        install: what automation has pip install; by default, where this copydesk came from. Where that cannot be told,
            the files say what to fill in, and fail with this sentence until it is done.

    Raises:
        UsageError: the folder is not there, or cannot be written to, or a link in it leads elsewhere.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Make it first.")
    paths = list(data) or find_data(folder)
    spec = install or requirement()
    hook = "pre-commit.yml" if spec and not _is_path(spec, folder) else "pre-commit-here.yml"
    scaffold = {
        FILE: _template("copydesk.toml", DOCUMENTATION=documentation_address("docs/ci.md"), PATHS=_paths(paths)),
        "copydesk-suite.yml": _suite(folder.resolve().name),
        ".pre-commit-config.yaml": _template(
            hook, REQUIREMENT=_quoted(spec), FILES=_quoted(file_pattern(paths, folder))
        ),
    }
    if ci is not None:
        template, place = CI[ci]
        scaffold[place] = _template(template, REQUIREMENT=_quoted(spec), SENTENCE=MISSING)
    config = find_config(folder)
    for path in scaffold:
        _see_that_it_may_be_placed(folder, path)
    inside = config is not None and config.file.name == "pyproject.toml" and config.file.parent == folder.absolute()
    return [
        Placed("pyproject.toml", text, True) if path == FILE and inside else _place(folder, path, text)
        for path, text in scaffold.items()
    ]


def requirement() -> str:
    """Return what pip has to install for this very copydesk: the commit or archive it came from, or its version.

    Before the first release no index has it, and its name may become anyone's. Then "" is returned in place of the
    version.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # late: `copydesk --help` does without

    try:
        origin = json.loads(distribution("copydesk").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        origin = {}
    url = origin.get("url", "")
    if "vcs_info" in origin:
        return f"copydesk @ {origin['vcs_info']['vcs']}+{url}@{origin['vcs_info']['commit_id']}"
    if url.startswith("https://"):
        return f"copydesk @ {url}"
    return f"copydesk=={copydesk.__version__}" if is_released() else ""


def _is_path(spec: str, folder: Path) -> bool:
    """Say whether a requirement is a file or a folder: pre-commit installs elsewhere, and would not find it."""
    return "@" not in spec and ("/" in spec or os.sep in spec or (folder / spec).exists()) and "://" not in spec


def _see_that_it_may_be_placed(folder: Path, path: str) -> None:
    """Raise a UsageError where a link would have a file written elsewhere, or what is there is no file."""
    target = folder / path
    if not Path(os.path.realpath(target.parent)).is_relative_to(os.path.realpath(folder)):
        raise UsageError(f"{target}: a link leads out of {folder}, where nothing is written. Remove the link.")
    if target.is_symlink() and not target.exists():
        raise UsageError(f"{target}: is a link to {target.readlink()}, which is not there. Remove the link.")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target}: expected a file or nothing, got something else. Move it away.")


def _place(folder: Path, path: str, text: str) -> Placed:
    target = folder / path
    if target.exists():
        return Placed(path, text, True)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:  # which follows no link
            file.write(text)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror}.") from error
    return Placed(path, text, False)


def _template(name: str, **filled: str) -> str:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    for key, value in filled.items():
        text = text.replace(f"@{key}@", value)
    return text


def _paths(paths: Sequence[str]) -> str:
    if not paths:
        return '# paths = ["data"]  # name your articles here: a file, a folder or a glob'
    return f"paths = [{', '.join(map(_quoted, paths))}]"


def _suite(name: str) -> str:
    """Return the suite `news` as one to be changed: each expectation with what it means and with its severity."""
    entries = "".join(map(_entry, load_suite("news").entries))
    return _template("suite.yml", VERSION=copydesk.__version__, NAME=_quoted(name or "news")) + entries


def _entry(entry: Entry) -> str:
    title = f"  # {documentation(type(entry.check))['title']}\n" if entry.check else ""
    kwargs = ", ".join(f"{key}: {_quoted(value)}" for key, value in entry.kwargs.items())
    return f"{title}  - type: {entry.type}\n    severity: {entry.severity}\n    kwargs: {{{kwargs}}}\n"


def _quoted(value: Any) -> str:
    """Return a string, a number or a list as JSON, TOML and YAML alike write it."""
    return json.dumps(value, ensure_ascii=False)
