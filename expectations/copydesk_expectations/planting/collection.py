"""Defects of the collection: articles that stand in it twice, and what many of its articles share."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from copydesk.evaluate.planting import Article, Defect, Planter

__all__ = ["PLANTERS"]


def _copies(change: Callable[[Article, list[Article], random.Random], bool], field: str = "body") -> Planter:
    """Add a changed copy of every article; the copies are the defects."""

    def plant(articles: list[Article], chance: random.Random) -> list[Defect]:
        defects = []
        for number, original in enumerate(list(articles)):
            copy = dict(original)
            copy["id"] = f"copy-{number}"
            if change(copy, articles, chance):
                articles.append(copy)
                defects.append(Defect(len(articles) - 1, field))
        return defects

    return plant


def _other_url(copy: Article, number: int) -> None:
    copy["url"] = f"https://copies.example/{number}/{copy['id']}"


def _same(change: Callable[[str], str]) -> Planter:
    def make(copy: Article, articles: list[Article], chance: random.Random) -> bool:
        _other_url(copy, chance.randrange(10**9))
        copy["body"] = change(copy["body"] or "")
        return True

    return _copies(make)


def _words_changed(share: float) -> Planter:
    """Put words of an article in the same language in place of such a share of the words (unspaced: of characters)."""

    def make(copy: Article, articles: list[Article], chance: random.Random) -> bool:
        _other_url(copy, chance.randrange(10**9))
        body = copy["body"] or ""
        kin = [a for a in articles if a.get("language") == copy.get("language")]
        other = chance.choice(kin)["body"] or ""
        pattern = r"\S+" if body.count(" ") > len(body) / 20 else r"\S"
        spare = re.findall(pattern, other) or ["x"]
        copy["body"] = re.sub(pattern, lambda m: chance.choice(spare) if chance.random() < share else m[0], body)
        return len(body) > 300

    return _copies(make)


def _third_cut(copy: Article, articles: list[Article], chance: random.Random) -> bool:
    _other_url(copy, chance.randrange(10**9))
    body = copy["body"] or ""
    third, at = len(body) // 3, chance.randrange(3)
    copy["body"] = (body[: at * third] + body[(at + 1) * third :]).strip()
    return len(body) > 300


def _same_url(change: Callable[[str], str]) -> Planter:
    def make(copy: Article, articles: list[Article], chance: random.Random) -> bool:
        copy["url"] = change(copy.get("url") or "")
        words = (copy["body"] or "").split()
        chance.shuffle(words)
        copy["body"] = " ".join(words)  # another text under the same address
        return bool(re.match(r"https?://[^/]+/[^?#]{3,}", copy["url"] or ""))  # a bare host is no article's address

    return _copies(make, "url")


def _same_id(articles: list[Article], chance: random.Random) -> list[Defect]:
    """Add an article of another text under the id of every article that has one."""
    defects = []
    for original in [a for a in articles if a.get("id")]:
        copy = dict(original)
        words = (copy["body"] or "").split()
        chance.shuffle(words)
        copy["body"] = " ".join(["Another", "text:", *words])
        articles.append(copy)
        defects.append(Defect(len(articles) - 1, "id"))
    return defects


def _other_section(copy: Article, articles: list[Article], chance: random.Random) -> bool:
    section = copy.get("section")
    copy["section"] = f"Not {section}"
    return bool(section and copy.get("url"))


def _one_headline(articles: list[Article], chance: random.Random) -> list[Defect]:
    """Give all articles of each host of several one headline; those after the first are the defects."""
    of_host: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        if article.get("publisher") and article.get("url"):
            of_host.setdefault(urlsplit(article["url"] or "").netloc, []).append(number)
    defects = []
    for host, numbers in of_host.items():
        if len(numbers) < _FEWEST:
            continue
        for number in numbers:
            articles[number]["headline"] = f"Welcome to {host}"
        defects += [Defect(number, "headline") for number in numbers[1:]]
    return defects


def _cut_at(end: Callable[[str], int]) -> Planter:
    """Cut all longer bodies where `end` says; the defects are those that end within a long line."""

    def plant(articles: list[Article], chance: random.Random) -> list[Defect]:
        defects = []
        for number, article in enumerate(articles):
            body = article["body"] or ""
            length = end(body)
            if length < len(body):
                article["body"] = body[:length]
                if body[length - 1].isalpha() and len(body[:length].splitlines()[-1].split()) >= _LONG_LINE:
                    defects.append(Defect(number, "body"))
        return defects

    return plant


def _end_of_word(number: int) -> Callable[[str], int]:
    """Return a function that says where a word of a text ends, from 1; where there are fewer, the text."""

    def end(text: str) -> int:
        words = itertools.islice(re.finditer(r"\S+", text), number - 1, None)
        word = next(words, None)
        return len(text) if word is None else word.end()

    return end


#: One headline must stand on so many articles; a line of so many words is no label.
_FEWEST, _LONG_LINE = 4, 12


#: See `copydesk_expectations.planting`.
PLANTERS: Mapping[str, Mapping[str, Planter]] = {
    "duplicate-article": {
        "exact": _same(str),
        "case changed": _same(str.upper),
        "spacing changed": _same(lambda body: re.sub("\n+", "\n\n \n", body)),
    },
    "near-duplicate-article": {"20 % of the words changed": _words_changed(0.2), "a third cut": _copies(_third_cut)},
    "equal-length-body": {
        "cut at 280 characters": _cut_at(lambda text: 280),
        "cut at 80 words": _cut_at(_end_of_word(80)),
    },
    "shared-headline": {"one headline for a publisher": _one_headline},
    "conflicting-id": {"another text": _same_id},
    "conflicting-label": {"another section": _copies(_other_section, "section")},
    "duplicate-url": {
        "tracking": _same_url(lambda url: url + "?utm_source=x&fbclid=y" if url else ""),
        "http and www": _same_url(
            lambda url: re.sub("^https?://(www\\.)?", "http://www.", url) + "#top" if url else ""
        ),
    },
}
