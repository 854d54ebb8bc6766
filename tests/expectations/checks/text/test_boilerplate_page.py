"""Pages in place of an article are found; stories about such pages, and short stories, are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.boilerplate_page import BoilerplatePage

Found = Callable[..., list[dict[str, Any]]]

CHECK = BoilerplatePage()
GATES = [
    "Please enable JavaScript and cookies to continue.",
    "Checking your browser before accessing the site.",
    "Please verify you are a human.",
    "404 Not Found",
    "Page not found",
]
PROSE = "The mayor said that the page would be back by noon, and that the fault was a cable in the cellar of the hall."


@settings(max_examples=15)
@given(st.lists(st.sampled_from(GATES), min_size=1, max_size=4), st.sampled_from(["\n", "\n\n"]))
def test_a_gate_or_an_error_page_is_found_whole(found: Found, lines: list[str], separator: str) -> None:
    body = separator.join(lines)
    assert [r["text"] for r in found(CHECK, [{"body": body}])] == [body]


@settings(max_examples=15)
@given(st.sampled_from(GATES), st.integers(1, 30))
def test_a_story_that_quotes_one_is_silent(found: Found, line: str, paragraphs: int) -> None:
    assert found(CHECK, [{"body": "\n".join([f"“{line}” it said.", *[PROSE] * paragraphs])}]) == []


@settings(max_examples=15)
@given(st.integers(10, 40), st.sampled_from(["https://x.org/", "https://x.org/sport/", "https://x.org/tag/bridge/"]))
def test_an_index_is_found_by_its_lines_and_its_address(found: Found, lines: int, url: str) -> None:
    titles = "\n".join(f"Bridge number {n} reopens after repairs" for n in range(lines))
    assert len(found(CHECK, [{"url": url, "body": titles}])) == 1
    assert found(CHECK, [{"url": "https://x.org/2024/05/bridge-reopens-after-years.html", "body": titles}]) == []
    assert found(CHECK, [{"url": url, "body": titles + "\n" + " ".join([PROSE] * 3)}]) == []


def test_a_table_is_no_index(found: Found) -> None:
    standings = "\n".join(f"{n}. Hafen Rovers {30 - n} {n} {2 * n} {3 * n}" for n in range(1, 13))
    assert found(CHECK, [{"url": "https://x.org/sport/", "body": standings}]) == []


def test_an_article_at_the_address_of_a_section_is_no_index(found: Found) -> None:
    titles = "\n".join("Bridge reopens after repairs" for _ in range(20))
    assert found(CHECK, [{"url": "https://x.org/sport/", "body": f"{PROSE}\n{PROSE}\n{titles}"}]) == []


PAGES = [
    "Access to this page has been denied\nPlease complete the security check to go on.\nReference ID: 8f2a",
    "451: Unavailable for legal reasons\nWe recognize you are attempting to access this website from a country that"
    " belongs to the European Economic Area, and therefore access cannot be granted at this time.",
    "Sign in to the Hafen Post\nUser name\nPassword\nForgot your password?\nCall our hotline at 555-0100 for help.",
    "Anmelden\nE-Mail-Adresse\nPasswort\nAngemeldet bleiben",
    "Page introuvable\nLa page que vous cherchez n'existe pas ou a été déplacée. Utilisez le moteur de recherche.",
    "Este contenido es exclusivo para suscriptores\nInicia sesión",
    "Доступ ограничен\nСвяжитесь с владельцем сайта.",
    "您 访问 的 页面 不 存在\n3 秒 后 返回 首页",
    "お探しのページは 見つかりませんでした。",
    "요청하신 페이지를 찾을 수 없습니다.",
    "الصفحة التي تبحث عنها غير موجودة",
    "यह पेज उपलब्ध नहीं है",
    "Strona nie została znaleziona\nPrzejdź do strony głównej",
]
STORIES = [
    "Hackers stole the passwords of three million people, the police said.\nYou must be logged in to post a comment.",
    "The town's page could not be found on Monday because a contract had run out, the clerk said.",
    "Hafen Browsers released a new browser on Monday. It blocks cookies by default.",
    "“I am not a robot,” said the poet, to the laughter of the hall.",
    "Polizei warnt vor falschen Mails\nUnbekannte fordern Kunden auf, ihr Passwort zu ändern, teilte die Polizei mit.",
]


@pytest.mark.parametrize("body", PAGES)
def test_one_strong_line_is_enough_in_any_language(found: Found, body: str) -> None:
    assert [r["text"] for r in found(CHECK, [{"body": body}])] == [body]


@pytest.mark.parametrize("body", PAGES)
def test_a_story_with_such_lines_is_silent(found: Found, body: str) -> None:
    assert found(CHECK, [{"body": f"{PROSE}\n{body}"}]) == []


@pytest.mark.parametrize("body", STORIES)
def test_a_short_story_with_such_words_is_silent(found: Found, body: str) -> None:
    assert found(CHECK, [{"body": body}]) == []


@settings(max_examples=15)
@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], texts: list[str]) -> None:
    assert same_alone(CHECK, [{"url": f"https://x.org/{text}", "body": text} for text in texts])
