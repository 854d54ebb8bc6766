"""The page as templates: what they print is escaped and made visible, and any part can be rendered alone."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib import resources

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from copydesk.reports import figures
from copydesk.reports.html.marked_text import clip, plain, visible

__all__ = ["part", "resource", "size_of", "template"]


def resource(name: str) -> str:
    """Return a file of the page as text."""
    return resources.files("copydesk.reports.html.template").joinpath(name).read_text(encoding="utf-8")


def template(name: str = "template.html") -> jinja2.Template:
    """Return the template of a whole page."""
    return _environment().get_template(name)


def part(name: str, *values: object) -> Markup:
    """Return a part of the page, named by its macro."""
    macro = getattr(_environment().get_template("parts.html").module, name)
    return Markup(macro(*values))


def size_of(name: str, *values: object) -> int:
    """Return how many bytes a part of the page takes."""
    return len(part(name, *values).encode())


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Templates as an earlier run has compiled them, in a temporary folder that only the user can read and write."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # a full disk: they are compiled again
            super().dump_bytecode(bucket)


def _compiled() -> _Compiled | None:
    try:
        return _Compiled()
    except (OSError, RuntimeError):  # there is no such folder
        return None


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        bytecode_cache=_compiled(),
        finalize=_shown,
        loader=jinja2.FunctionLoader(resource),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "attr": lambda value: escape(plain(_text(value))),
        "clip": clip,
        "count": lambda value: f"{value:,}",
        "number": figures.number,
        "percent": figures.percent,
        "plural": figures.plural,
        "seconds": figures.seconds,
        "size": figures.size,
    }
    return environment


def _shown(value: object) -> object:
    """Make every printed value fit for the page: what is no markup of ours is escaped and made visible."""
    return value if isinstance(value, Markup) else visible(_text(value))


def _text(value: object) -> str:
    return "" if value is None else str(value)
