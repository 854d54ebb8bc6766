"""The site: links hold, nothing is loaded from the network, and the search works from disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

pytest.importorskip("mkdocs", reason="the group `site` is not installed")

from mkdocs.config import load_config

import site_hooks

ROOT = Path(__file__).parents[2]
#: What a browser loads without a click: these attributes of these elements.
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that ci/test has just built (COPYDESK_SITE), else one that is built here."""
    if built := os.environ.get("COPYDESK_SITE"):
        return Path(built)
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


class Loads(HTMLParser):
    """Collects what a page loads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if LOADED.get(tag) == name]


def external(addresses: list[str]) -> list[str]:
    return [address for address in addresses if re.match(r"(?:https?:)?//", address)]


def test_external_addresses_are_seen() -> None:
    page = '<script src="//a.example/x.js"></script><link href="https://b.example/c.css"><img src="d.png"><a href="https://e.example">'
    assert external(Loads(page).addresses) == ["//a.example/x.js", "https://b.example/c.css"]


def test_no_page_loads_anything_from_the_network(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    loads = {page.name: external(Loads(page.read_text(encoding="utf-8")).addresses) for page in pages}
    styles = {
        s.name: external(re.findall(r"url\(['\"]?([^)'\"]+)", s.read_text(encoding="utf-8")))
        for s in site.rglob("*.css")
    }
    assert {name: found for name, found in (loads | styles).items() if found} == {}


def test_markdown_is_read_as_it_is_meant(site: Path) -> None:
    """Python's Markdown wants an empty line before a list, and no second word behind the language of a block."""
    for page in site.rglob("*.html"):
        for paragraph in re.findall(r"<p>(.*?)</p>", page.read_text(encoding="utf-8"), re.S):
            assert not re.search(r"^(- |\d\. |\||```)", paragraph, re.M), f"{page.name}: {paragraph}"


def test_the_python_page_has_every_public_name(site: Path) -> None:
    import copydesk

    page = (site / "api.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'id="copydesk\.(\w+)"', page))
    assert set(copydesk.__all__) - {"__version__"} <= shown


@pytest.fixture(scope="module")
def page(site: Path) -> Iterator[Page]:
    """The first page from disk, in a browser that fails where one asks the network."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is missing: apt-get install chromium")
    asked: list[str] = []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = opened.new_page()
        page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
        page.goto((site / "index.html").as_uri())
        yield page
        opened.close()
    assert asked == []


@pytest.mark.browser
def test_the_search_works_from_disk(page: Page) -> None:
    page.locator("input.md-search__input").fill("mojibake")
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=20_000)


def test_links_lead_to_pages_of_the_site_or_become_text() -> None:
    with_links = site_hooks.with_links
    assert with_links("[A](../CONTRIBUTING.md#x) [b](../action.yml) [c](gate.md#d)", "docs", set()) == (
        "[A](contributing.md#x) b [c](gate.md#d)"
    )
    assert with_links("![A](docs/a.png) [b](docs/b.md) [c](docs/c.md)", "", {"b.md"}) == "![A](a.png) b [c](c.md)"
    assert with_links("[a](https://a.example/b.md) [b](#c)", "docs", set()) == "[a](https://a.example/b.md) [b](#c)"


def test_links_in_code_stay() -> None:
    code = "`[a](../b.yml)`\n\n```sh\n[a](../b.yml)\n```\n"
    assert site_hooks.with_links(code, "docs", set()) == code


def test_a_block_of_code_loses_its_kind() -> None:
    assert site_hooks.with_links("```yaml dvc\na: b\n```\n", "docs", set()) == "```yaml\na: b\n```\n"


def test_the_navigation_names_what_is_there(tmp_path: Path) -> None:
    for name in ("index", "here", "new"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n")
    config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(tmp_path), extra={"announced": ["soon.md"]})
    config.nav = ["index.md", {"Group": [{"Here": "here.md"}, {"Soon": "soon.md"}]}, {"Empty": [{"Soon": "soon.md"}]}]
    assert site_hooks.on_config(config).nav == ["index.md", {"Group": [{"Here": "here.md"}]}, {"More": ["new.md"]}]


def test_ci_test_builds_the_site() -> None:
    assert re.search(r"^ +ci/site$", (ROOT / "ci" / "test").read_text(encoding="utf-8"), re.M)
