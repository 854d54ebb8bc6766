"""Made-up news collections of any size for the bench: the same articles for the same seed, on any machine.

Words are drawn from the project's own clean fixtures by how often they stand there, and from made-up names. Measured
on hand-cleaned news, and aimed at here: 13 paragraphs an article and 220 characters a paragraph (log-normal, a quarter
under 80), 3.3 kB an article as JSON. About one article in four has a defect, most of them one: see SHARES.

    python ci/collection.py COUNT FILE.jsonl [--files N]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

Article = dict[str, str]

#: Share of articles of each language; those of the fixtures with the most words.
LANGUAGES = {"en": 0.6, "de": 0.08, "fr": 0.08, "es": 0.08, "it": 0.04, "pt": 0.04, "nl": 0.03, "pl": 0.03, "ru": 0.02}

#: Share of articles with each defect.
SHARES = {
    "ad": 0.03,
    "promo": 0.06,
    "related": 0.05,
    "caption": 0.03,
    "label": 0.02,
    "repeat": 0.02,
    "broken_line": 0.01,
    "truncated": 0.01,
    "html": 0.005,
    "mojibake": 0.005,
    "suffix": 0.03,
    "no_headline": 0.003,
    "future": 0.002,
    "copy": 0.01,
    "near_copy": 0.02,
    "same_url": 0.003,
    "boilerplate": 0.02,
}

_PUBLISHERS, _AUTHORS = 200, 40
_BLOCK = 1_000
_START = datetime(2023, 1, 1, tzinfo=UTC)
_FIXTURES = Path(__file__).parent.parent / "fixtures" / "clean.jsonl"
_LETTERS = re.compile(r"[^\W\d_][\w’'-]*")

_ADS = (
    "Advertisement",
    "ADVERTISEMENT",
    "Hide Ad",
    "Article continues after ad",
    "Story continues below advertisement",
)
_PROMOS = (
    "Sign up for our newsletter",
    "Subscribe to read the full story",
    "Follow us on Facebook and Twitter",
    "Get the {name} morning briefing in your inbox every day",
    "To read more from {name}, download our app",
    "Enjoying this? Support {name} from a month",
)
_RELATED = (
    "Read more: {title}",
    "READ MORE: {title}",
    "Related: {title}",
    "See also: {title}",
    "More on this: {title}",
)
_CAPTIONS = ("Photo: {who}", "Picture by {who}", "Image: {who}/{name}", "(Photo by {who}/Getty Images)")
_LABELS = ("Related topics:", "Tags:", "Share this article", "Most read", "Comments")
_MARKUP = ("<p>", "&nbsp;", "<strong>", "&amp;quot;")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language, how often each is drawn, and whether it may end a sentence."""

    words: np.ndarray
    capital: np.ndarray
    share: np.ndarray


def articles(count: int, *, seed: int = 1, first: int = 0) -> Iterator[Article]:
    """Return `count` articles, from number `first` on: the same for the same seed and number."""
    for number in range(first, first + count):
        yield _article(number, seed)


def write(path: Path, count: int, *, seed: int = 1, first: int = 0) -> None:
    """Write articles as JSON lines, with as many processes as there are cores."""
    blocks = [(seed, n, min(_BLOCK, first + count - n)) for n in range(first, first + count, _BLOCK)]
    with multiprocessing.Pool() as pool, path.open("wb") as file:
        for block in pool.imap(_block, blocks):
            file.write(block)


def _block(block: tuple[int, int, int]) -> bytes:
    seed, first, count = block
    lines = [json.dumps(a, ensure_ascii=False) + "\n" for a in articles(count, seed=seed, first=first)]
    return "".join(lines).encode()


@cache
def _vocabulary() -> dict[str, _Words]:
    counts: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    with _FIXTURES.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["language"] in counts:
                counts[row["language"]].update(w.lower() for w in _LETTERS.findall(row["body"]))
    return {language: _words(counter) for language, counter in counts.items()}


def _words(counter: Counter[str]) -> _Words:
    names = _names()
    words = [*counter, *names]
    share = np.array([*counter.values(), *[sum(counter.values()) / 12 / len(names)] * len(names)], float)
    return _Words(
        words=np.array(words, object),
        capital=np.array([w[0].upper() + w[1:] for w in words], object),
        share=np.cumsum(share / share.sum()),
    )


@cache
def _names() -> tuple[str, ...]:
    """Return made-up names of people and places."""
    heads = (
        "Al",
        "Ber",
        "Car",
        "Dor",
        "El",
        "Fen",
        "Gar",
        "Hal",
        "Ing",
        "Jor",
        "Kel",
        "Lor",
        "Mar",
        "Nor",
        "Or",
        "Pem",
    )
    middles = ("", "a", "e", "in", "or", "el", "am", "i", "ro", "u", "en", "ul")
    tails = ("by", "combe", "dale", "den", "field", "ford", "ham", "lin", "low", "man", "mere", "nock", "row", "ton")
    return tuple(h + m + t for h in heads for m in middles for t in tails)


def _pick(rng: np.random.Generator, choices: Any) -> Any:
    return choices[int(rng.integers(len(choices)))]


def _story(number: int, seed: int) -> tuple[str, str, list[str]]:
    """Return the language, headline and paragraphs of a story, without any defect."""
    rng = np.random.default_rng((seed, number))
    language = list(LANGUAGES)[int(np.searchsorted(np.cumsum(list(LANGUAGES.values())), rng.random() * 0.9999))]
    vocabulary = _vocabulary()[language]
    paragraphs = int(np.clip(rng.lognormal(2.42, 0.5), 3, 80))
    sentences = np.clip(rng.lognormal(0.55, 0.75, paragraphs).round(), 1, 9).astype(int)
    lengths = np.clip(rng.normal(17, 7, int(sentences.sum())).round(), 4, 40).astype(int)
    ends = np.cumsum(lengths)
    drawn = np.searchsorted(vocabulary.share, rng.random(int(ends[-1]) + 9)).clip(0, len(vocabulary.words) - 1)
    text = np.empty((len(drawn), 2), object)
    text[:, 0] = vocabulary.words[drawn]
    text[:, 1] = " "
    text[rng.integers(0, len(drawn), len(drawn) // 14), 1] = ", "
    starts = ends - lengths
    text[starts, 0] = vocabulary.capital[drawn[starts]]
    text[ends - 1, 1] = ". "
    text[ends[np.cumsum(sentences) - 1] - 1, 1] = ".\n"
    body = "".join(text[: ends[-1]].ravel()).rstrip("\n")
    headline = " ".join(text[ends[-1] :, 0])
    return language, headline[0].upper() + headline[1:], body.split("\n")


def _article(number: int, seed: int) -> Article:
    rng = np.random.default_rng((seed, number, 1))
    has = dict(zip(SHARES, rng.random(len(SHARES)) < list(SHARES.values()), strict=True))
    copied = number > 10 and (has["copy"] or has["near_copy"])
    source = int(rng.integers(max(0, number - 50_000), number)) if copied else number
    language, headline, paragraphs = _story(source, seed)
    publisher = int(rng.zipf(1.3)) % _PUBLISHERS
    name = f"{_names()[publisher * 7]} {('Herald', 'Courier', 'Gazette', 'Post')[publisher % 4]}"
    author = publisher * _AUTHORS + int(rng.integers(_AUTHORS))
    who = f"{_names()[author % len(_names())]} {_names()[author * 7 % len(_names())]}"
    published = _START + timedelta(minutes=int(rng.integers(0, 3 * 365 * 24 * 60)))
    if has["near_copy"] and copied:
        paragraphs[0] = f"{who} reports. {paragraphs[0]}"
    _spoil(rng, has, paragraphs, headline=headline, name=name, who=who, publisher=publisher)
    slug = "-".join(_LETTERS.findall(headline.lower())[:6])
    address = int(rng.integers(0, number)) if has["same_url"] and number else number
    return {
        "id": f"story-{number:08}",
        "url": f"https://www.{name.lower().replace(' ', '-')}.example/{published:%Y/%m/%d}/{slug}-{number:08}"
        if address == number
        else f"https://www.paper.example/{published:%Y}/same-{number % 97}",
        "publisher": name,
        "headline": "" if has["no_headline"] else headline + (f" | {name}" if has["suffix"] else ""),
        "byline": who,
        "published": (published + timedelta(days=36_500 * int(has["future"]))).isoformat(),
        "section": _pick(rng, ("news", "sport", "business", "culture", "world")),
        "language": language,
        "body": "\n".join(paragraphs),
    }


def _spoil(
    rng: np.random.Generator,
    has: dict[str, np.bool_],
    paragraphs: list[str],
    *,
    headline: str,
    name: str,
    who: str,
    publisher: int,
) -> None:
    """Plant defects among the paragraphs."""
    filled = {"name": name, "who": who, "title": headline.rsplit(" ", 1)[0]}
    if has["truncated"]:
        paragraphs[-1] = paragraphs[-1][: len(paragraphs[-1]) * 2 // 3].rstrip() + "..."
    if has["html"]:
        paragraphs[0] = _pick(rng, _MARKUP) + paragraphs[0]
    if has["mojibake"]:
        paragraphs[1] = f"“{who}’s” ".encode().decode("cp1252", "replace").replace("\ufffd", "") + paragraphs[1]
    if has["repeat"]:
        paragraphs.insert(int(rng.integers(1, len(paragraphs) + 1)), paragraphs[0])
    longest = max(range(len(paragraphs)), key=lambda n: len(paragraphs[n]))
    if has["broken_line"] and len(paragraphs[longest]) > 100:
        cut = paragraphs[longest].index(" ", 60)
        paragraphs[longest : longest + 1] = [paragraphs[longest][:cut], paragraphs[longest][cut + 1 :]]
    for defect, lines in (("ad", _ADS), ("promo", _PROMOS), ("related", _RELATED), ("caption", _CAPTIONS)):
        for _ in range(int(rng.integers(1, 3)) if has[defect] else 0):
            paragraphs.insert(int(rng.integers(1, len(paragraphs) + 1)), _pick(rng, lines).format(**filled))
    if has["label"]:
        paragraphs.append(_pick(rng, _LABELS))
    if has["boilerplate"]:
        paragraphs.append(f"{name} is a member of the press council, number {publisher}, and corrects its mistakes.")


def main() -> None:
    """Write a collection."""
    parser = argparse.ArgumentParser(description="Write a made-up news collection.")
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--files", type=int, default=1, help="spread over so many files in a folder FILE")
    arguments = parser.parse_args()
    if arguments.files == 1:
        write(arguments.file, arguments.count)
        return
    arguments.file.mkdir(exist_ok=True)
    each = arguments.count // arguments.files
    for n in range(arguments.files):
        write(arguments.file / f"part-{n:03}.jsonl", each, first=n * each)


if __name__ == "__main__":
    main()
