"""What mkdocs does beside building the pages of docs/ (`hooks` in mkdocs.yml).

- README.md, CONTRIBUTING.md, CHANGELOG.md and SECURITY.md become pages, and links to them lead there.
- Other files of the project are not in the site: a link to one becomes its text.
- So does a link to a page that mkdocs.yml announces (`extra.announced`) and that is not there yet. The navigation
  leaves such a page out.
- A page that the navigation does not name stands at its end, under "More".
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).absolute().parents[1]

#: Files of the project's root that are pages of the site.
ROOT_PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}

_CODE = r"^(?P<fence>```+).*?^(?P=fence)\s*$|`[^`\n]+`"
_LINK = r"(?P<picture>!?)\[(?P<text>(?:[^][]|\[[^]]*\])*)\]\((?P<target>[^)\s#]+)(?P<anchor>#[^)\s]*)?\)"
_CODE_OR_LINK = re.compile(rf"{_CODE}|{_LINK}", re.M | re.S)
#: A block of code may name its kind behind its language (docs/ci.md), which Python's Markdown does not read.
_KIND_OF_CODE = re.compile(r"^(```\w+) [\w-]+$", re.M)


def with_links(text: str, folder: str, missing: set[str]) -> str:
    """Return a page of Markdown with links that hold in the site.

    `folder` is where the page lies in the project ("docs", or "" for its root). `missing` are announced pages that are
    not there.

    >>> with_links("[The gate](docs/gate.md#what), [the action](action.yml), [the rules](CONTRIBUTING.md)", "", set())
    '[The gate](gate.md#what), the action, [the rules](contributing.md)'
    """

    def link(match: re.Match[str]) -> str:
        target = match["target"]
        if target is None or re.match(r"\w+:", target):
            return match[0]
        path = posixpath.normpath(posixpath.join(folder, target))
        page = ROOT_PAGES.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
        if page is None or page in missing:
            return match["text"]
        return f"{match['picture']}[{match['text']}]({page}{match['anchor'] or ''})"

    return _CODE_OR_LINK.sub(link, _KIND_OF_CODE.sub(r"\1", text))


def missing_pages(config: MkDocsConfig) -> set[str]:
    """Return the announced pages that are not there yet."""
    return {name for name in config.extra["announced"] if not (Path(config.docs_dir) / name).is_file()}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave out of the navigation what is not there yet, and put pages that it does not name at its end."""
    nav = _without(config.nav, missing_pages(config))
    pages = {path.name for path in Path(config.docs_dir).glob("*.md")}
    more = sorted(pages - _named(nav))
    config.nav = [*nav, {"More": more}] if more else nav
    return config


def _without(nav: Any, missing: set[str]) -> Any:
    """Return a navigation, or a part of it, without some pages."""
    if isinstance(nav, list):
        return [part for part in (_without(entry, missing) for entry in nav) if part]
    if isinstance(nav, dict):
        return {title: part for title, entry in nav.items() if (part := _without(entry, missing))}
    return None if nav in missing else nav


def _named(nav: Any) -> set[str]:
    """Return the pages that a navigation names."""
    if isinstance(nav, str):
        return {nav}
    return {page for entry in (nav.values() if isinstance(nav, dict) else nav) for page in _named(entry)}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie in the project's root."""
    for name, page in ROOT_PAGES.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=with_links(text, "", missing_pages(config))))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make the links of a page of docs/ hold."""
    return markdown if page.file.generated_by else with_links(markdown, "docs", missing_pages(config))
