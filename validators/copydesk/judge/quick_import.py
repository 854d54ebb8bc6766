"""Import Great Expectations in half the time, in the process that judges.

Three things are done to Python and to pydantic here that no other part of copydesk does. They stay because the import
is a large part of every run: of 100,000 articles, whose check takes about 11.4 s of CPU, and even more so of 10,000.
Measured is the CPU time of the whole process that imports, median of five, in turn, on a busy machine with two cores:

- all three: 2.5 s
- without the modules that are loaded later or never: 4.5 s (pyspark was installed)
- without the quick copies of fields and the shared validators: 3.2 s
- with Python's search for garbage: 3.0 s

Only the process that judges calls this. Where Great Expectations was imported before, in a notebook or in pytest,
nothing is changed.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Sequence
from copy import copy, deepcopy
from functools import cache
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType
from typing import Any

__all__ = ["LOADED_LATER", "NEVER_LOADED", "make_import_quick"]

#: Modules that Great Expectations imports for a few of its expectations. They are loaded when one of those is used.
LOADED_LATER = ("altair", "jsonschema", "scipy", "scipy.stats")

#: Modules that it imports where they are installed, and does without elsewhere. Signals are judged in pandas.
NEVER_LOADED = ("pyspark",)


def make_import_quick() -> None:
    """Prepare this process for a quick import of Great Expectations; call it before."""
    gc.disable()  # the import makes many small objects, and all of them stay
    load_modules_later()
    copy_fields_quickly()


def load_modules_later() -> None:
    """Load LOADED_LATER when a name of theirs is first used, and hide NEVER_LOADED."""
    sys.meta_path.insert(0, _LazyFinder())


def copy_fields_quickly() -> None:
    """Let pydantic make the four hundred models of Great Expectations quickly.

    A model copies the fields of the models that it inherits from, and prepares each validator of each field.
    `_copy_field` copies what a model can change. A validator that many fields share is prepared once.
    """
    with contextlib.suppress(ImportError):
        fields: Any = import_module("pydantic.v1.fields")
        validators: Any = import_module("pydantic.v1.class_validators")
        fields.ModelField.__deepcopy__ = _copy_field
        fields.make_generic_validator = validators.make_generic_validator = cache(validators.make_generic_validator)


class _LazyFinder(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how to load a module of LOADED_LATER; None for all others.

        Raises:
            ModuleNotFoundError: it is one of NEVER_LOADED.
        """
        if name in NEVER_LOADED:
            raise ModuleNotFoundError(f"No module named {name!r} where signals are judged", name=name)
        spec = PathFinder.find_spec(name, path, target) if name in LOADED_LATER else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def _copy_field(field: Any, memo: dict[int, Any]) -> Any:
    """Copy a field of a pydantic model, for `copy.deepcopy`.

    Containers and the field's description are copied, so that a change belongs to one model alone. Annotations and
    validators never change, and are shared; Python would copy them, too.
    """
    new = memo[id(field)] = object.__new__(type(field))
    for name in field.__slots__:
        value = getattr(field, name)
        if name == "field_info":
            value = copy(value)
            value.extra = dict(value.extra)
        elif name == "class_validators":
            value = dict(value)
        elif isinstance(value, (list, dict, set)):
            value = deepcopy(value, memo)
        setattr(new, name, value)
    return new
