"""The check `glued-words`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suspects import spans_in
from copydesk.lazy import pl
from copydesk.lexicon.lexicon import load
from copydesk.model.finding import flagged
from copydesk.text.scan import by_kernel

_LOWER = "a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťũūŭůűųŵŷźżžșțΐά-ώа-џѣґ"
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽȘȚΆ-ΏΑ-ΫЀ-ЯҐ"

#: Letters that are words.
_ALONE = "IAÀÉOEYWZUSИОВЯКСУАΗΟ"

#: Two sentences without a space between: a word, the mark, a capital. Around it nothing that an address, a name of a
#: program or a list of abbreviations would have. Places first, then what is on both sides: it is ten times as fast.
_JOINT = re.compile(rf"[.!?][”»)’\"]?(?=[{_UPPER}])")
_LEFT = re.compile(rf"(?<![^\s(“\"„«‘'’–—-])[{_UPPER}]?[{_LOWER}]{{2,}}(?:[’'-][{_LOWER}]+)*$")
_RIGHT = re.compile(rf"(?:[{_UPPER}][{_LOWER}]+|[{_ALONE}](?=\s))(?=[\s,;:!?”»)’'\"–—-]|\.(?:\s|$)|$)")

#: Two words without anything between.
_SEAM = re.compile(rf"[{_LOWER}]{{2}}(?=[{_UPPER}][{_LOWER}]{{2}})")
_FIRST = re.compile(rf"(?<![\w@#/._-])[{_UPPER}]?[{_LOWER}]{{3,}}$")
_SECOND = re.compile(rf"[{_UPPER}][{_LOWER}]{{2,}}(?![\w@/_(-])(?!\.\w)")

#: A word is looked for in so many characters.
_REACH = 60

#: Words that open sentences, and that no name of a product ends with; a look for each is nearly free.
_OPENERS = ("The", "This", "But", "They", "Die", "Les")

#: Abbreviations that take a name without a space.
_ABBREVIATIONS = frozenset(
    [
        "prof",
        "assoc",
        "asst",
        "capt",
        "corp",
        "dept",
        "dist",
        "dipl",
        "engr",
        "esq",
        "gen",
        "gov",
        "inst",
        "lieut",
        "maj",
        "messrs",
        "mme",
        "mlle",
        "mrs",
        "natl",
        "pres",
        "prov",
        "rep",
        "sen",
        "sgt",
        "univ",
        "vol",
        "art",
        "bzw",
        "ca",
        "dr",
        "evtl",
        "geb",
        "gem",
        "hl",
        "inkl",
        "insb",
        "jhdt",
        "mio",
        "mrd",
        "nr",
        "phil",
        "sog",
        "tel",
        "usw",
        "vgl",
        "ing",
        "mgr",
        "inż",
        "płk",
        "gen",
        "red",
        "godz",
        "tzw",
        "woj",
        "pkt",
        "str",
        "ust",
        "ww",
        "tys",
        "mln",
        "mld",
        "śp",
        "pl",
        "al",
        "os",
        "ul",
        "nam",
        "nábř",
        "tř",
        "sv",
        "okr",
        "ulice",
        "арх",
        "гл",
        "гор",
        "г-жа",
        "ул",
        "им",
        "пр",
        "просп",
        "пер",
        "пл",
        "стр",
        "корп",
        "кв",
        "обл",
        "пос",
        "дер",
        "тов",
        "св",
        "см",
        "тел",
        "тыс",
        "млн",
        "млрд",
        "проф",
        "акад",
        "авт",
        "рис",
        "вул",
        "ім",
        "обл",
        "µ",
        "κ",
        "λ",
        "οδ",
        "αρ",
        "τηλ",
        "σελ",
        "np",
    ]
)

#: What is written with a full stop inside because it is the name of a site or a section.
_ENDINGS = frozenset(
    ["ru", "рф", "ру", "com", "gr", "pl", "ua", "net", "org", "tv", "uk", "eu", "info", "biz", "fm", "md"]
)


#: Text without any of these has no such place: a mark behind a small letter, then perhaps a quote, and a capital with a
#: small letter or a space behind it; or one of _OPENERS behind a small letter.
_CAPITAL = rb"(?:[A-Z]|\xc3[\x80-\x9e]|[\xc4\xc5\xc8][\x80-\xbf]|\xce[\x86-\xab]|\xd0[\x80-\xaf]|\xd2\x90)"
_SUSPICIOUS = (
    by_kernel("joints", rb"[a-z\x80-\xbf][.!?](?:\xe2\x80[\x99\x9d]|\xc2\xbb|[)\"])?" + _CAPITAL + rb"[a-z \xc3-\xd2]"),
    rb"[a-z\x80-\xbf](?:" + "|".join(_OPENERS).encode() + rb")\s",
)


@dataclass(frozen=True, kw_only=True)
class GluedWords(ArticleCheck):
    """Expect a space between sentences and between words.

    What it finds:
        A sentence that ends and the next that starts without a space: 'at noon.The mayor', in Latin, Greek and
        Cyrillic script. And two words run together, 'on MondayThe mayor', 'citySource', where the second opens
        sentences or both stand apart elsewhere in the article.

    Why it matters:
        Two elements of the page were joined without the space that its layout showed. Words are lost to search and
        counts, and a sentence splitter sees one sentence.

    Known limits:
        Names that are written so (iPhone, YouTube, McDonald, Газета.Ru), addresses, handles and code are left alone;
        so is what is run together without a capital ('thecity') and what is joined by a comma. Two words run together
        are looked for only in articles that have another such fault, or one of a few words that open sentences.

    Passes:
        - body: "See example.com and YouTube.com. J.R.R. Tolkien, Ph.D., d.h. iPhone at McDonald’s; WhatsApp. «Почта.Ru»
            said so. U.S.A. and @JaneRoe! Read e.g.this in the README.Md. prof.Nowak"

    Fails:
        - body: On Monday the bridge reopened at noon.The mayor crossed it on MondayThe bus followed.
          finds: ["noon.The", "MondayThe"]
        - body: "Мост открыт.Первый автобус. “It is open.”Then it rained."
          finds: ["открыт.Первый", "open.”Then"]

    Options:
        None.

    Source:
        trafilatura#661 (sentences joined where the page has a line break).
    """

    name: ClassVar[str] = "glued-words"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "info"

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """A mark and a capital, or a common word with a capital, behind a small letter."""
        return _SUSPICIOUS

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the places without a space, with the words on both sides."""
        mended = pl.col("mended")
        return flagged(
            spans_in(batch, "body", self.suspicious, _glued, says=("mended",)),
            reason="two words without the space between them",
            repair=pl.when(mended.is_null()).then(pl.lit("none")).otherwise(pl.lit("replace")),
            replacement=mended,
        )


def _glued(text: str) -> list[dict[str, Any]]:
    """Find the places in a text: `start`, `end`, `mended` (None where the space could be on either side of a quote)."""
    found = []
    apart: set[str] | None = None
    for joint in _JOINT.finditer(text):
        before = _LEFT.search(text[max(0, joint.start() - _REACH) : joint.start()])
        after = _RIGHT.match(text, joint.end())
        if before is None or after is None:
            continue
        left, mark, right = before[0], joint[0], after[0]
        if right.lower() in _ENDINGS or left.lower() in _ABBREVIATIONS:
            continue
        apart = apart or _apart(text)
        if mark == "." and not _is_word(left, right, apart):
            continue
        # The space goes before or after a mark that may open as well as close a quotation.
        mended = None if mark.endswith(('"', "’")) else f"{left}{mark} {right}"
        found.append({"start": joint.start() - len(left), "end": after.end(), "mended": mended})
    for seam in _SEAM.finditer(text):
        before = _FIRST.search(text[max(0, seam.end() - _REACH) : seam.end()])
        after = _SECOND.match(text, seam.end())
        if before is None or after is None:
            continue
        left, right = before[0], after[0]
        apart = apart or _apart(text)
        both = len(left) > 3 and len(right) > 3 and left.islower() and not apart.isdisjoint((right, right.lower()))
        if left in apart and (right in _OPENERS or both):
            found.append({"start": seam.end() - len(left), "end": after.end(), "mended": f"{left} {right}"})
    return sorted(found, key=lambda f: int(f["start"]))


def _apart(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w.])[^\W\d_]{2,}(?!\w)", text))


def _is_word(left: str, right: str, apart: set[str]) -> bool:
    """Say whether a full stop between the two ends a sentence, and is not part of a name or an abbreviation."""
    if left.islower():
        return len(left) > 3 or left in apart
    # A name before the stop: 'Table.Briefings' is one, 'Rana.The' is none.
    return right.lower() in apart or right.lower() in _function_words()


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for words in load().words("function-words").values() for word in words)
