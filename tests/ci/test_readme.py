"""README.md: what it says is found is found, and its figures are those of the pages on measures."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from copydesk.checks import all_checks, documentation

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MEASURED, BENCHMARKS = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("measured.md", "benchmarks.md"))

ROWS = re.findall(r"^\| (\w*) ?\| `([a-z-]+)` \| (.+) \|$", README, re.M)
QUOTED = [(check, html.unescape(text)) for _, check, cell in ROWS for text in re.findall(r"“(.+?)”", cell)]


def found_in(check: str) -> list[str]:
    """Return the words that a check finds in the articles of its documentation; a test of the check runs these."""
    examples = YAML(typ="safe", pure=True).load(documentation(all_checks()[check])["Fails"])
    return [" ".join(words.split()) for example in examples for words in example.get("finds", [])]


@pytest.mark.parametrize(("check", "text"), QUOTED)
def test_an_example_of_the_table_is_one_that_the_check_finds(check: str, text: str) -> None:
    assert text in found_in(check)


def test_the_families_are_those_of_the_checks() -> None:
    family = ""
    for named, check, _ in ROWS:
        family = named or family
        assert all_checks()[check].family == family
    assert len(ROWS) >= 12


def test_it_is_short() -> None:
    assert len(README.splitlines()) < 120


def test_the_shares_are_those_that_were_measured() -> None:
    precision, recall = re.findall(r"^\| all \| ([\d.]+) \| ([\d.]+) \|", MEASURED, re.M)[0]
    english, german = (
        re.findall(rf"^\| {name} \| [\d.]+ \| ([\d.]+) \|", MEASURED, re.M)[0] for name in ("English", "German")
    )
    assert f"precision | {precision} |" in README and f"| {recall} |" in README and f"| {english}, {german} |" in README


def test_the_times_are_those_of_the_benchmarks() -> None:
    """The figures of articles like real ones come first, those of made-up ones stand beside them."""

    def cells(row: str) -> list[str]:
        return [
            cell.strip() for cell in re.findall(rf"^\| {re.escape(row)} \|(.+) \|$", BENCHMARKS, re.M)[0].split("|")
        ]

    heads = cells("articles")

    def figure(row: str, articles: str) -> float:
        return float(cells(row)[heads.index(articles)].split()[0].replace(",", ""))

    check, peak = "wall time: `copydesk check`", "peak memory: `copydesk check`"
    real, made = "100,000 like real", "100,000 made up"
    imports = figure("wall time: the import of Great Expectations", real)
    assert f"{imports:.1f} s of it import Great Expectations | {figure(check, real):.1f} s |" in README
    times = re.findall(r"^\| \**CPU time: times reading\** \|(.+) \|$", BENCHMARKS, re.M)[0].split("|")
    reading = float(times[heads.index(real)].strip(" *×"))
    assert f"merely reading | {figure(peak, real) / 1000:.1f} GB, {reading:.0f} |" in README
    assert f"time and memory | {figure(check, made):.1f} s, {figure(peak, made) / 1000:.1f} GB |" in README


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name
)
def test_no_page_installs_a_release_that_is_not_there(page: Path) -> None:
    assert not re.search(r"pip install (-\S+ )*[\"']?copydesk\b(?! @)", page.read_text(encoding="utf-8"))
