"""Data Docs: a sentence, five examples and a link; an article stays text in the rendered page."""

from __future__ import annotations

import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
import pytest
from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
from great_expectations.render.view.view import DefaultJinjaPageView
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

import copydesk_expectations.gx as news
from copydesk.checks import all_checks
from copydesk.judge.data_docs import examples_html, sentence

from ..reports.hostile import HOSTILE

SCRIPT = "<script>document.title = 'taken'</script>"


@pytest.mark.parametrize(
    ("name", "mostly", "conditional", "said"),
    [
        ("ad-residue", 0.99, False, "At least 99 % of articles have no finding of ad-residue: expect no line of an "),
        ("ad-residue", 0.9985, True, "At least 99.85 % of articles that meet the condition have no finding of "),
        ("body-missing", 1, False, "No article has a finding of body-missing: expect every article to have a body."),
        ("body-missing", 1, True, "No article that meets the condition has a finding of body-missing"),
        ("unreadable-row", 0.5, False, "At least 50 % of rows have no finding of unreadable-row"),
        ("ad-residue", {"$PARAMETER": "share"}, False, "Most articles have no finding of ad-residue"),
    ],
)
def test_the_sentence_says_the_share_and_the_check(name: str, mostly: Any, conditional: bool, said: str) -> None:
    assert sentence(all_checks()[name], mostly, conditional).startswith(said)


class Tags(HTMLParser):
    """Counts tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@given(st.lists(st.fixed_dictionaries({"text": HOSTILE, "reason": HOSTILE, "article_id": HOSTILE}), max_size=8))
@settings(max_examples=25)
def test_five_examples_are_shown_and_none_is_markup(evidence: list[dict[str, Any]]) -> None:
    shown = examples_html(evidence)
    assert set(Tags(shown).tags) <= {"ul", "li", "mark", "small"}
    assert Tags(shown).tags.count("li") == min(5, len(evidence))
    assert "$" not in shown and "\n" not in shown


def page_of(expectations: list[Any], frame: pd.DataFrame) -> str:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    asset = context.data_sources.add_pandas("articles").add_dataframe_asset("all")
    batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    result = batch.validate(gx.ExpectationSuite("docs", expectations=expectations))
    view: Any = DefaultJinjaPageView()
    return str(view.render(ValidationResultsPageRenderer().render(result)))


def test_the_page_has_sentence_examples_and_link_and_no_script_of_an_article() -> None:
    bodies = [f"Hide Ad {SCRIPT}\n\n{SCRIPT} $title ${{title}} $$\n\nThe bus was late.\n\nHide Ad"] * 7
    bodies += [f"{SCRIPT} stands here twice, said the driver.\n\n{SCRIPT} stands here twice, said the driver."]
    expectations = [
        news.ExpectNewsAdResidue(mostly=0.99),
        news.ExpectNewsHtmlLeftover(),
        news.ExpectNewsRepeatedParagraph(),
        news.ExpectNewsAdResidue(lexicons=[f"{SCRIPT}/en.txt"]),
    ]
    page = page_of(expectations, pd.DataFrame({"body": bodies, "id": [f"{SCRIPT}{n}" for n in range(8)]}))
    assert SCRIPT not in page
    assert "At least 99 % of articles have no finding of ad-residue" in page
    assert "7 of 8 have findings." in page and page.count("<mark>Hide Ad</mark>") == 5
    assert 'docs/checks.md#ad-residue">What it finds</a>' in page
    assert "It could not be judged: " in page


def test_a_browser_shows_a_hostile_article_as_text(tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing: apt-get install chromium")
        pytest.skip("chromium is missing: apt-get install chromium")
    attacks = [SCRIPT, "<img src=x onerror=\"document.title = 'taken'\">", "<svg onload=\"document.title = 'taken'\">"]
    frame = pd.DataFrame({"body": [f"Hide Ad\n\n{attack}\n\nThe bus was late." for attack in attacks]})
    docs = tmp_path / "docs.html"
    docs.write_text(page_of([news.ExpectNewsAdResidue(), news.ExpectNewsHtmlLeftover()], frame), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route(re.compile("^https?:"), lambda route: route.abort())  # what Data Docs load from elsewhere
        page.goto(docs.as_uri(), wait_until="domcontentloaded")
        page.wait_for_timeout(200)
        assert page.title() != "taken"
        shown = page.locator("body").inner_text()
        browser.close()
    assert "Hide Ad" in shown and "<script>" in shown
