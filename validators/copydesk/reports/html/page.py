"""The page as templates: every value is escaped and made visible, and any part can be rendered alone."""

from __future__ import annotations

import base64
import hashlib
from contextlib import suppress
from functools import cache
from importlib import resources
from urllib.parse import quote

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from copydesk.reports import figures
from copydesk.reports.html.marked_text import clip, plain, visible

__all__ = ["address", "digest", "part", "resource", "scriptless", "size_of", "template"]


def address(value: str) -> str:
    """Return a value as a part of an address; half a surrogate pair, which no address can hold, becomes a '?'.

    >>> address("A & B")
    'A%20%26%20B'
    """
    return quote(value.encode("utf-8", "replace"), safe="")


def resource(name: str) -> str:
    """Return a file of the page as text."""
    return resources.files("copydesk.reports.html.template").joinpath(name).read_text(encoding="utf-8")


def template(name: str = "template.html") -> jinja2.Template:
    """Return the template of a whole page."""
    return _environment().get_template(name)


def digest(source: str) -> str:
    """Return the hash by which a content security policy allows a style or a script of our own."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def scriptless(name: str, *, version: str, state: str = "", **values: object) -> str:
    """Return a page without a script, in the look of the report; its policy allows nothing but our own style.

    Args:
        name: its template, which extends scriptless.html.
        version: of copydesk.
        state: "passed" or "failed", for the colour of the verdict; empty for a page that judges nothing.
        values: what the template prints.
    """
    css = resource("report.css")
    policy = f"default-src 'none'; style-src '{digest(css)}'; base-uri 'none'; form-action 'none'"
    return template(name).render(css=Markup(css), policy=policy, version=version, state=state, **values)


def part(name: str, *values: object, file: str = "parts.html") -> Markup:
    """Return a part of the page, named by its macro and the file of the macro."""
    macro = getattr(_environment().get_template(file).module, name)
    return Markup(macro(*values))


def size_of(name: str, *values: object, file: str = "parts.html") -> int:
    """Return how many bytes a part of the page takes, see `part`."""
    return len(part(name, *values, file=file).encode())


class _BytecodeCache(jinja2.FileSystemBytecodeCache):
    """Compiled templates of earlier runs, in a temporary folder that only the user can read and write."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # the disk is full: the next run compiles them again
            super().dump_bytecode(bucket)


def _bytecode_cache() -> _BytecodeCache | None:
    try:
        return _BytecodeCache()
    except (OSError, RuntimeError):  # there is no temporary folder
        return None


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        bytecode_cache=_bytecode_cache(),
        finalize=_finalize,
        loader=jinja2.FunctionLoader(resource),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "address": address,
        "attr": lambda value: escape(plain(_text(value))),
        "clip": clip,
        "count": lambda value: f"{value:,}",
        "number": figures.number,
        "percent": figures.percent,
        "root": lambda share: round(10 * max(share, 0) ** 0.5, 2),
        "plural": figures.plural,
        "seconds": figures.seconds,
        "size": figures.size,
    }
    return environment


def _finalize(value: object) -> object:
    """Return a printed value fit for the page: escaped and made visible, unless it is markup of our own."""
    return value if isinstance(value, Markup) else visible(_text(value))


def _text(value: object) -> str:
    return "" if value is None else str(value)
