"""The HTML report in a browser: no error, what moves works, anyone can read it at any width."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect, sync_playwright

from copydesk.checks.suite import parse_suite
from copydesk.gate.diff import difference
from copydesk.reports.difference.html import render as render_difference
from copydesk.reports.html.audit import render as audit
from copydesk.reports.html.report import render
from copydesk.reports.html.simulation import render as simulation

from ..newsroom import against_baseline, newsroom
from .test_audit import audited
from .test_simulation import simulated

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing: apt-get install chromium")
        pytest.skip("chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(newsroom()), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    faults: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(5000)
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda request: faults.extend([request.url] if request.url[:5] != "file:" else []))
    page.goto(report.as_uri())
    yield page
    page.close()
    assert not faults


def names(page: Page) -> list[str]:
    return page.locator("table.checks").first.locator("tbody tr:visible .name").all_inner_texts()


def test_it_opens_in_under_a_second(page: Page) -> None:
    took = []
    for _ in range(5):  # the best of five: the machine has other work
        page.reload()
        took.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    assert 0 < min(took) < 1000


def test_sorting_by_keyboard(page: Page) -> None:
    heading = page.locator("thead th.c-findings").first
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert names(page)[:2] == ["ad-residue", "byline-junk"]
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert names(page)[-1] == "ad-residue"


def test_filtering_opens_what_is_folded(page: Page) -> None:
    page.get_by_label("Filter checks").fill("site suffix")
    expect(page.get_by_text("headline-site-suffix")).to_be_visible()
    expect(page.get_by_text("1 of 15")).to_be_visible()
    assert names(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_text("headline-site-suffix")).to_be_hidden()
    assert len(names(page)) == 10


def test_filtering_stories(page: Page) -> None:
    page.get_by_label("Filter stories").fill("茶馆")
    expect(page.locator("[data-story]:visible")).to_have_count(1)


def test_the_first_letter_in_a_filter_is_answered_at_once(page: Page) -> None:
    page.evaluate(
        """() => {
          const input = document.getElementById("filter-checks");
          window.took = [];
          let start;
          input.addEventListener("input", () => (start = performance.now()), { capture: true });
          input.addEventListener("input", () => requestAnimationFrame(() => took.push(performance.now() - start)));
        }"""
    )
    page.get_by_label("Filter checks").press_sequentially("ad-r", delay=60)
    expect(page.get_by_text("1 of 15")).to_be_visible()
    assert min(page.evaluate("took")) < 100


def test_a_score_leads_to_its_arithmetic(page: Page) -> None:
    working = page.locator("#score-residue")
    expect(working).to_be_hidden()
    page.get_by_role("link", name="residue").first.click()
    expect(working).to_be_focused()
    expect(working).to_contain_text("ad-residue")
    points, weight, score = re.findall(r"[\d,]+", page.locator("#score-residue .sum").inner_text())
    assert int(score) == int(points.replace(",", "")) // int(weight)


def test_cells_of_the_heat_table_by_keyboard(page: Page) -> None:
    tip = page.get_by_role("tooltip")
    cells = page.locator(".heat td[data-tip]")
    assert page.locator(".heat [tabindex='0']").count() == 1
    cells.first.focus()
    expect(tip).to_contain_text("The Portnahaven Mail · mojibake")
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    expect(tip).to_contain_text("301 of 2,400 articles")
    page.keyboard.press("ArrowDown")
    expect(tip).to_contain_text("صحيفة وادي الزهر · ad-residue")
    page.keyboard.press("End")
    expect(cells.last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cells.last).to_be_focused()


def test_bars_by_hover_and_by_keyboard(page: Page) -> None:
    tip = page.get_by_role("tooltip")
    bars = page.locator("#volume g")
    bars.nth(2).hover()
    expect(tip).to_contain_text("30 March 2031")
    expect(tip).to_contain_text("0 articles")
    bars.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("41 articles")
    page.locator("#volume summary").click()
    expect(page.locator("#volume table")).to_contain_text("29 March 2031")


def test_repeated_lines_sort_and_lead_to_their_story(page: Page) -> None:
    lines = page.locator("table.lines")
    for _ in range(2):
        lines.get_by_role("button", name="Line").click()
    expect(lines.locator("tbody th").first).to_contain_text("حمّل")
    lines.get_by_role("button", name="Articles").click()
    expect(lines.locator("tbody th").first).to_contain_text("our app")
    lines.get_by_role("link").first.click()
    expect(page.locator("#story-1")).to_be_in_viewport()


def test_a_cell_of_the_heat_table_filters_stories_and_its_address_can_be_passed_on(page: Page, report: Path) -> None:
    story, told = page.locator("[data-story]:visible"), page.locator(".chosen output")
    row = page.locator(".heat tr[data-publisher='The Portnahaven Mail']")
    row.locator("td[data-tip]").nth(1).click()
    assert page.url.endswith("#publisher=The%20Portnahaven%20Mail&check=ad-residue")
    expect(told).to_have_text(re.compile(r"^Stories of The Portnahaven Mail with ad-residue: [1-9]"))
    shown = story.count()
    page.get_by_role("button", name="Show all stories").click()
    assert story.count() > shown > 0
    page.goto(f"{report.as_uri()}#publisher=Nobody&check=ad-residue")
    expect(told).to_have_text("The page has no story of Nobody with ad-residue.")
    expect(story).to_have_count(0)


def copied(page: Page) -> str:
    """Return what the page copied last."""
    return str(page.evaluate("window.copied"))


CATCH_COPIES = """() => Object.defineProperty(navigator, 'clipboard', {
  value: { writeText: async (text) => void (window.copied = text) } })"""


def test_the_lines_of_a_publisher_can_be_copied(page: Page) -> None:
    page.evaluate(CATCH_COPIES)
    card = page.locator("#source-the-portnahaven-mail")
    card.get_by_role("button", name="list", exact=True).click()
    expect(card.locator("output")).to_have_text("2 lines copied")
    assert copied(page) == "Hide Ad\nAdvertisement\n"
    card.get_by_role("button", name="Python").click()
    body = {"body": "One.\nHide Ad\nTwo."}
    exec(copied(page), body)
    assert body["body"] == "One.\nTwo."
    card.get_by_role("button", name="lexicon lines").click()
    assert copied(page) == "[page]\nHide Ad\nAdvertisement\n"


def test_what_can_be_done_with_a_finding(page: Page) -> None:
    page.evaluate(CATCH_COPIES)
    note = page.locator("#story-1 .note", has_text="ad-residue").first
    anchor = note.get_attribute("id") or ""
    note.get_by_role("button", name="Copy from finding").click()
    note.get_by_role("button", name="Link").click()
    expect(note.locator("output")).to_have_text("Link copied")
    assert copied(page).endswith(f"#{anchor}")
    note.get_by_role("button", name="Accept").click()
    assert copied(page) == f'copydesk accept {anchor[2:]} --reason "why it is right"'
    note.get_by_role("button", name="JSON").click()
    data = json.loads(copied(page))
    assert (data["fingerprint"], data["check"], data["text"]) == (anchor[2:], "ad-residue", "Hide Ad")
    note.get_by_role("button", name="Lexicon line").click()
    assert copied(page) == "[page]\nHide Ad\n"


def test_an_empty_filter_says_so(page: Page) -> None:
    page.get_by_label("Filter checks").fill("no such thing")
    expect(page.get_by_text("No check matches")).to_be_visible()


def test_copies_stand_side_by_side(page: Page) -> None:
    pair = page.locator(".pair-of").first
    boxes = [pair.locator(".side").nth(n).bounding_box() for n in (0, 1)]
    assert boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]
    assert pair.locator("mark.only").all_inner_texts() == ["seven", "seven", "eight", "eight"]
    page.set_viewport_size({"width": 390, "height": 900})
    boxes = [pair.locator(".side").nth(n).bounding_box() for n in (0, 1)]
    assert boxes[0] and boxes[1] and boxes[0]["y"] < boxes[1]["y"]


def test_passed_checks_unfold(page: Page) -> None:
    expect(page.get_by_text("body-missing")).to_be_hidden()
    page.get_by_text("4 checks passed").click()
    expect(page.get_by_text("body-missing")).to_be_visible()


def test_a_deep_link_opens_its_story_and_points(page: Page, report: Path) -> None:
    anchor = page.locator("#story-4 .note").first.get_attribute("id")
    expect(page.locator(f"#{anchor}")).to_be_hidden()
    page.goto(f"{report.as_uri()}#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    expect(page.locator(f"#{anchor}")).to_be_focused()


def test_a_link_from_the_evidence_leads_into_the_story(page: Page) -> None:
    page.locator("#failed .evidence", has_text="mojibake").locator("a").first.click()
    expect(page.locator("mark.is-pointed").first).to_be_in_viewport()


def test_the_reason_shows_on_hover_and_on_focus(page: Page) -> None:
    tip = page.get_by_role("tooltip")
    page.locator("#story-1 mark.k-residue").first.hover()
    expect(tip).to_contain_text("above an advertisement")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.locator("#story-1 .as-read a.ref").first.focus()
    expect(tip).to_contain_text("a role, and no name")


def test_the_story_as_repaired(page: Page) -> None:
    story = page.locator("#story-1")
    story.get_by_label("As repaired").check()
    expect(story.locator(".as-read")).to_be_hidden()
    expect(story.locator(".as-repaired")).to_contain_text("to get to the dentist and back")
    expect(story.locator(".as-repaired")).not_to_contain_text("Hide Ad")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_anyone_can_read_it(browser: Browser, report: Path, scheme: str, width: int) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page.goto(report.as_uri())
    # All at once: a locator of what is folded shrinks with each that opens.
    page.locator("details").evaluate_all("all => all.forEach((details) => (details.open = true))")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anyone_can_read_the_pages_without_a_script(browser: Browser, tmp_path: Path, scheme: str) -> None:
    width = 1280 if scheme == "light" else 390
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    for name, text in (("simulation", simulation(simulated("A paper"))), ("audit", audit(audited("A paper")))):
        file = tmp_path / f"{name}.html"
        file.write_text(text, encoding="utf-8")
        page.goto(file.as_uri())
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = page.locator(".wide").first.evaluate("box => box.scrollWidth > box.clientWidth")
        assert wide == (width == 390)  # the table scrolls in its box
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_anyone_can_read_a_difference(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    story = "The bridge reopened on Monday after a year of repairs. "
    ids = ["a", "b" * 120]
    old.write_text("".join(json.dumps({"id": i, "body": story * 9}) + "\n" for i in ids), encoding="utf-8")
    new.write_text(
        "".join(json.dumps({"id": i, "body": f"{story * 9}\nHide Ad"}) + "\n" for i in ids), encoding="utf-8"
    )
    suite = parse_suite("expectations: [{type: expect_news_ad_residue}]", file="suite.yml")
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    file = tmp_path / "difference.html"
    file.write_text(render_difference(difference(old, new, suite=suite)), encoding="utf-8")
    page.goto(file.as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    expect(page.locator("main")).to_contain_text("Hide Ad")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_it_prints_one_page_and_all_of_it_on_demand(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 1
    expect(page.locator("#stories")).to_be_hidden()
    expect(page.locator("#actions")).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.get_by_role("button", name="Print with stories").click()
    expect(page.locator("details:not([open])")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_text("body-missing")).to_be_hidden()


def test_what_a_baseline_knows_shows_on_demand(browser: Browser, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text(render(against_baseline()), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(report.as_uri())
    box, stories = page.get_by_label("New only"), page.locator("[data-story]:visible")
    notes, tint = page.locator(".note:visible"), "(mark) => getComputedStyle(mark).textDecorationLine"
    known = page.locator("#story-1 mark.known").first
    expect(box).to_be_checked()
    assert (stories.count(), notes.count(), known.evaluate(tint)) == (1, 1, "none")
    known.hover()
    expect(page.get_by_role("tooltip")).to_be_hidden()
    page.get_by_label("Filter stories").fill("no such thing")
    expect(stories).to_have_count(0)
    page.get_by_label("Filter stories").fill("")
    box.uncheck()
    expect(stories).to_have_count(3)
    expect(page.locator("#story-1 .tally")).to_have_text("1 finding + 6 known")
    expect(page.locator("table.checks").first).to_contain_text("+ 4 known")
    assert (notes.count(), known.evaluate(tint)) != (1, "none")
    box.check()
    page.goto(f"{report.as_uri()}#{page.locator('#story-2 .note').first.get_attribute('id')}")
    expect(box).not_to_be_checked()
    expect(page.locator("#story-2 .note").first).to_be_in_viewport()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
