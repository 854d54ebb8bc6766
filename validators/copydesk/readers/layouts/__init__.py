"""Layouts of well-known sets: what their files need to be told apart from how other files are read, as data.

A layout is a file of TOML beside this one, and `layout = "mind"` takes it. Its keys are options of
`copydesk.readers.files.source.ReadOptions`, which stand where no other is given, and four of its own:

- about: the set and its files, for the list of layouts.
- records: where in a JSON document the articles are, if it has that place.
- width: how many fields a record of separated values has. A file with another number is refused.
- map: the column of each field, or several of which the first that is there is taken. The body must be there.

>>> load_layout("mind").options["delimiter"], load_layout("mind").columns["headline"]
('\\t', ('4',))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.errors import UsageError, did_you_mean

__all__ = ["NO_LAYOUT", "Layout", "layout_names", "load_layout"]

_FOLDER = Path(__file__).parent

#: The keys that are no options.
_OWN = ("about", "records", "width", "map")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the files of one set are read.

    name: the name by which it is asked for; '' for none.
    about: the set, and which of its files.
    options: options of `ReadOptions` by their names.
    columns: for each field the columns that may hold it, best first.
    records: where in a JSON document the articles are; None to look for them.
    width: how many fields a record of separated values has; None for any number.
    """

    name: str = ""
    about: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: str | None = None
    width: int | None = None


#: What stands where no layout is asked for.
NO_LAYOUT = Layout()


def layout_names() -> list[str]:
    """Return the names of all layouts, sorted."""
    return sorted(file.stem for file in _FOLDER.glob("*.toml"))


@cache
def load_layout(name: str | None) -> Layout:
    """Return a layout; the empty one for None.

    Raises:
        UsageError: there is none of that name.
    """
    if name is None:
        return NO_LAYOUT
    names = layout_names()
    if name not in names:
        raise UsageError(
            f"layout: there is no layout {name!r}.{did_you_mean(name, names)} The layouts are {', '.join(names)}."
        )
    import tomllib  # here, so that --help need not wait for it

    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    options = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    columns = {of: (named,) if isinstance(named, str) else tuple(named) for of, named in data.get("map", {}).items()}
    return Layout(
        name,
        data["about"],
        {key: value for key, value in options.items() if key not in _OWN},
        columns,
        data.get("records"),
        data.get("width"),
    )
