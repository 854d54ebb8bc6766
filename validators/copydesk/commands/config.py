"""The config: what a command does in a repository where the command line does not say otherwise.

It is the file `copydesk.toml`, or the table `[tool.copydesk]` of `pyproject.toml`, in the working directory or above it
as far as the root of the repository; the nearest is taken, and `copydesk.toml` before the other. Its keys are the names
of the command's options, with dashes or underscores; its paths are relative to the file.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.errors import UsageError, did_you_mean
from copydesk.paths import expect_path

__all__ = ["FILE", "Config", "Options", "config_files", "find_config"]

#: The name of a config that is a file of its own.
FILE = "copydesk.toml"

_PYPROJECT = "pyproject.toml"

_SUITE_FILES = (".yml", ".yaml", ".json")


@dataclass(frozen=True, slots=True)
class Config:
    """A config as it was read: the file, how it is named in messages, and its table."""

    file: Path
    table: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The file as seen from the working directory."""
        return os.path.relpath(self.file)

    def relative(self, path: str) -> str:
        """Return a path of the config as it is named from the working directory."""
        return path if path == "-" or Path(path).is_absolute() else os.path.relpath(self.file.parent / path)


def find_config(folder: Path) -> Config | None:
    """Find the config that holds in a folder.

    Raises:
        UsageError: a config that is not TOML, cannot be read, or is no table.
    """
    for at in _up_to_the_root(folder.absolute()):
        own = _toml(at / FILE)
        if own is not None:
            return Config(at / FILE, own)
        file = at / _PYPROJECT
        tools = (_toml(file, holding=b"copydesk") or {}).get("tool", {})
        table = tools.get("copydesk") if isinstance(tools, dict) else None
        if isinstance(table, dict):
            return Config(file, table)
        if table is not None:
            raise UsageError(f"{os.path.relpath(file)}: expected [tool.copydesk] to be a table, got {table!r}.")
    return None


def config_files(folder: Path) -> Iterator[Path]:
    """Yield all places at which `find_config` may look for the config that holds in a folder."""
    for at in _up_to_the_root(folder.absolute()):
        yield from (at / FILE, at / _PYPROJECT)


def _up_to_the_root(folder: Path) -> Iterator[Path]:
    for at in (folder, *folder.parents):
        yield at
        if (at / ".git").exists():  # a folder, or in a worktree a file
            return


def _toml(file: Path, *, holding: bytes = b"") -> dict[str, Any] | None:
    """Read a file, None where there is none, or where it does not hold some bytes."""
    try:
        data = file.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"{os.path.relpath(file)}: cannot be read: {error.strerror}.") from error
    if holding not in data:
        return None
    import tomllib  # here, so that --help need not wait for it

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:  # not TOML, or not UTF-8
        raise UsageError(f"{os.path.relpath(file)}: this is not TOML: {error}.") from error


class Options:
    """The options of a command, for which a config may stand in.

    Takes each default from its option, so that after parsing only what was given stands in the namespace.

    Args:
        command: if it takes `paths`, there must be some.
        strict: whether a setting that the command does not know is an error; else it is meant for another.
    """

    def __init__(self, command: argparse.ArgumentParser, *, strict: bool = True) -> None:
        self._strict = strict
        actions = [a for a in command._actions if a.default != argparse.SUPPRESS]  # argparse has no other list of them
        self._options = {action.dest: action for action in actions}
        self._hidden = {action.dest for action in actions if action.help == argparse.SUPPRESS}
        self._defaults = {action.dest: _default(action) for action in actions}
        for action in actions:
            action.default = argparse.SUPPRESS

    def settle(self, given: argparse.Namespace, config: Config | None) -> argparse.Namespace:
        """Return the arguments of a run: as given, else as the config says, else the defaults.

        Raises:
            UsageError: the config has a key or a value that the command does not know, or there are no paths for it.
        """
        settings = self._settings(config) if config else {}
        settled = argparse.Namespace(**(self._defaults | settings | vars(given)))
        if "paths" in self._options and not settled.paths:
            raise UsageError(
                "no PATH was given, and no config names any. Say what to check, as in `copydesk check articles.jsonl`,"
                f" or write paths = [...] into {config.name if config else f'{FILE} (`copydesk init` makes one)'}."
            )
        return settled

    def _settings(self, config: Config) -> dict[str, Any]:
        settings: dict[str, Any] = {}
        known = [name for name in self._options if name not in self._hidden]
        for key, value in config.table.items():
            name = key.replace("-", "_")
            if name not in known and not self._strict:
                continue
            if name not in known:
                raise UsageError(
                    f"{config.name}: there is no setting {key!r}.{did_you_mean(name, known)} The settings are"
                    f" {', '.join(known)}."
                )
            if name in settings:
                raise UsageError(f"{config.name}: {name!r} is set twice, with a dash and with an underscore.")
            settings[name] = _value(self._options[name], value, config, f"{config.name}: {key}")
        return settings


def _default(option: argparse.Action) -> Any:
    """Return the default of an option, read as argparse reads one that is a string."""
    return option.type(option.default) if callable(option.type) and isinstance(option.default, str) else option.default


def _value(option: argparse.Action, value: Any, config: Config, what: str) -> Any:
    """Return a setting as argparse would give it, or say what was expected."""
    if option.dest == "map":
        table = value if isinstance(value, dict) else {"": None}
        if not all(isinstance(column, str) for column in table.values()):
            raise UsageError(f"{what}: expected a table of fields and columns, as {{body = 'text'}}, got {value!r}.")
        return [f"{field}={column}" for field, column in table.items()]
    if option.nargs == 0:
        if not isinstance(value, bool):
            raise UsageError(f"{what}: expected true or false, got {value!r}.")
        return value
    if option.dest == "exclude":
        globs = [value] if isinstance(value, str) else value
        if not isinstance(globs, list) or not all(isinstance(glob, str) for glob in globs):
            raise UsageError(f"{what}: expected a list of globs, got {value!r}.")
        return globs
    if option.nargs == "*":
        paths = [value] if isinstance(value, str) else value
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise UsageError(f"{what}: expected a list of paths, got {value!r}.")
        return [config.relative(path) for path in paths]
    if not isinstance(value, str):
        raise UsageError(f"{what}: expected a string, got {value!r}.")
    if option.choices is not None and value not in option.choices:
        choices = list(option.choices)
        raise UsageError(f"{what}: expected one of {', '.join(choices)}, got {value!r}.{did_you_mean(value, choices)}")
    if option.type is Path:
        expect_path(config.relative(value))
        return Path(config.relative(value))
    if callable(option.type):
        try:
            return option.type(value)
        except (argparse.ArgumentTypeError, ValueError) as error:
            raise UsageError(f"{what}: {error}.") from error
    if option.dest == "suite" and Path(value).suffix in _SUITE_FILES:
        return config.relative(value)
    return value
