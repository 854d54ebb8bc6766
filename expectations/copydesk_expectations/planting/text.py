"""Defects of the text: missing, cut, broken by an encoding or by markup, in another language."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from copydesk.evaluate.planting import Article, Planter, each, replace_paragraph
from copydesk.lexicon.lexicon import load
from copydesk.text.paragraphs import paragraph_spans
from copydesk_expectations.tables import read_table

__all__ = ["PLANTERS"]

Place = tuple[str, int | None, int | None] | None


def _no_body(article: Article, chance: random.Random) -> Place:
    article["body"] = chance.choice([None, "", " \n "])
    return "body", None, None


def _short(article: Article, chance: random.Random) -> Place:
    article["body"] = " ".join((article["body"] or "").split()[:4])[:40]
    return "body", None, None


def _mojibake(encoding: str) -> Planter:
    def plant(article: Article, chance: random.Random) -> Place:
        body = article["body"] or ""
        places = list(paragraph_spans(body))
        broken = [(p, _misread(body[slice(*p)], encoding)) for p in chance.sample(places, len(places))]
        place, text = next(((p, t) for p, t in broken if t is not None), (None, None))
        return replace_paragraph(article, place, text) if place and text else None

    return each(plant)


def _misread(text: str, encoding: str) -> str | None:
    """Return UTF-8 read as a one-byte encoding, if that changes it; an apostrophe is made typographic first."""
    typographic = text.replace("'", "’").replace(' "', " “").replace('" ', "” ")
    try:
        misread = typographic.encode().decode(encoding)
    except UnicodeDecodeError:
        return None
    return misread if misread != typographic and "\x85" not in misread and "\x0b" not in misread else None


def _tag(article: Article, chance: random.Random) -> Place:
    body = article["body"] or ""
    start, end = chance.choice(list(paragraph_spans(body)))
    opening, closing = chance.choice(
        [("<p>", "</p>"), ("", "<br/>"), ('<a href="/x">', "</a>"), ("<strong>", "</strong>")]
    )
    field, start, end = replace_paragraph(article, (start, end), opening + body[start:end] + closing)
    return field, start, end


def _entity(article: Article, chance: random.Random) -> Place:
    body = article["body"] or ""
    spaces = [m.start() for m in re.finditer(r"(?<=\S) (?=\S)", body)] or [
        m.end() for m in re.finditer("[、，。]", body)
    ]
    if not spaces:
        return None
    at, entity = chance.choice(spaces), chance.choice(["&nbsp;", "&amp;", "&quot;", "&#8217;", "&amp;nbsp;"])
    article["body"] = body[:at] + entity + body[at:].lstrip(" ")
    return "body", at, at + len(entity)


def _glued(article: Article, chance: random.Random) -> Place:
    body = article["body"] or ""
    seams = list(re.finditer(r"(?<=[^\W\d_]{3})\. (?=[^\W\d_]{3})", body))
    seams = [m for m in seams if body[m.start() - 1].islower() and body[m.end()].isupper()]
    # No sentence ends behind an abbreviation: 'Gov. Noem'.
    seams = [m for m in seams if body[: m.start()].split()[-1].lower() not in read_table("abbreviations")]
    if not seams:
        return None
    seam = chance.choice(seams)
    article["body"] = body[: seam.start()] + "." + body[seam.end() :]
    return "body", seam.start() - 1, seam.start() + 2


def _truncated(may_be_last: Callable[[str, str | None], bool] = lambda word, language: True) -> Planter:
    """Cut the last paragraph behind a word that may be the last, from the ninth on."""

    def plant(article: Article, chance: random.Random) -> Place:
        body = (article["body"] or "").rstrip()
        *_, (start, end) = paragraph_spans(body)
        words = list(re.finditer(r"\S+", body[start:end]))
        inside = [m for m in words[8:-1] if m[0][-1].isalnum() and may_be_last(m[0], article.get("language"))]
        if not inside:
            return None
        cut = start + chance.choice(inside).end()
        article["body"] = body[:cut]
        return "body", start, cut

    return each(plant)


def _ends_no_sentence(word: str, language: str | None) -> bool:
    """Return whether a word is one that a sentence of its language needs another one behind."""
    return word.lower() in load().words("open-ended").get((language or "")[:2], ())


def _other_language(article: Article, chance: random.Random) -> Place:
    if not article.get("language"):
        return None
    article["language"] = chance.choice([c for c in ("en", "de", "fr", "ru", "ja") if c != article["language"]])
    return "body", None, None


def _live(article: Article, chance: random.Random) -> Place:
    body = article["body"] or ""
    texts = [body[slice(*p)] for p in paragraph_spans(body)]
    if len(texts) < 4:
        return None
    entries = [f"{18 - number // 4:02}:{59 - 13 * (number % 4):02}\n{text}" for number, text in enumerate(texts)]
    article["body"] = "\n\n".join(entries)
    return "body", None, None


def _preparation(leftovers: tuple[str, ...]) -> Planter:
    """Put a leftover between two words, where a sentence ends if there is one."""

    def plant(article: Article, chance: random.Random) -> Place:
        body = article["body"] or ""
        spaces = [m.start() for m in re.finditer(r"(?<=[.!?]) (?=\w)", body)]
        spaces = spaces or [m.start() for m in re.finditer(r"(?<=\w) (?=\w)", body)]
        if not spaces:
            return None
        at, leftover = chance.choice(spaces), chance.choice(leftovers)
        article["body"] = f"{body[:at]} {leftover} {body[at:].lstrip()}"
        return "body", at + 1, at + 1 + len(leftover)

    return each(plant)


def _one_byte(article: Article, chance: random.Random) -> Place:
    """Have a paragraph in a script other than Latin be read as Latin-1, from an encoding of its language."""
    body, language = article["body"] or "", (article.get("language") or "")[:2]
    encoding = _ENCODINGS.get(language)
    places = [p for p in paragraph_spans(body) if p[1] - p[0] > _LONG_ENOUGH] if encoding else []
    for place in chance.sample(places, len(places)):
        broken = body[slice(*place)].encode(encoding or "ascii", "ignore").decode("latin-1")
        if broken.count("\x85") + broken.count("\x0b") == 0:
            return replace_paragraph(article, place, broken)
    return None


#: What texts of these languages were written in before UTF-8; and how long a paragraph must be to be told by.
_ENCODINGS = {
    "ru": "cp1251",
    "uk": "cp1251",
    "el": "cp1253",
    "ar": "cp1256",
    "zh": "gbk",
    "ja": "euc_jp",
    "ko": "euc_kr",
}
_LONG_ENOUGH = 60


#: See `copydesk_expectations.planting`.
PLANTERS: Mapping[str, Mapping[str, Planter]] = {
    "body-missing": {"empty": each(_no_body)},
    "body-length": {"too short": each(_short)},
    "mojibake": {
        "read as Latin-1": _mojibake("latin-1"),
        "read as Windows-1252": _mojibake("cp1252"),
        "old encoding": each(_one_byte),
    },
    "html-leftover": {"tag": each(_tag), "entity": each(_entity)},
    "glued-words": {"after a full stop": each(_glued)},
    "truncated-body": {"cut at any word": _truncated(), "cut behind a function word": _truncated(_ends_no_sentence)},
    "language-mismatch": {"declared wrongly": each(_other_language)},
    "liveblog": {"clock times": each(_live)},
    "preparation-leftover": {
        "special tokens": _preparation(("NEWLINE_CHAR", "<unk>", "|||||", "[SEP]")),
        "words taken out": _preparation(("@ @ @ @ @ @ @", "@@@@@@@")),
    },
}
