"""The check `mojibake`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suspects import spans_in
from copydesk.lazy import pl
from copydesk.model.finding import flagged
from copydesk.text.scan import by_kernel, either

#: Text without any of these is sound: a letter that stands for the first byte of a character, and after it one that
#: may stand for the next, as Windows-1252, 1250 and 1251 show them (told by its own first byte); or what is no text.
_SUSPICIOUS = (
    either("ÂÃÄÅÎÏÐÑØÙ") + rb"[\xc2\xc5\xc6\xcb\xe2]",
    either("ĂĹĐŃ") + rb"[\xc2\xc4\xc5\xcb\xe2]",
    "Â".encode() + rb"(?:\s|\xe3\x80\x80)",
    by_kernel("threes", either("àäåæçèéïã") + rb"(?:[\xc2\xc5\xc6\xcb].|\xe2..)[\xc2\xc5\xc6\xcb\xe2]"),
    "â€|â‚|â„|ðŸ|вЂ|‚Ä|√|\ufffd".encode(),
    b"(?:" + either("РС") + rb"(?:[\xc2\xd0-\xd2].|\xe2..)){3}",
    either("îåï") + rb"\xc3[\xa0-\xbf]",
    rb"[\x00-\x08\x0e-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]",
)

_REASON = "text in one encoding that was read in another"

#: What sound text may have right after a capital: 'É”', 'AMANHÃ…', a footnote's figure, a soft hyphen.
_AFTER_A_WORD = frozenset("«»“”„‚‘’‹›…–—\u00a0\u00ad·•™®©ªº°¹²³§´†‡")

#: Decoded characters of these scripts are what a single broken letter stands for; others are chance.
_SCRIPTS = re.compile("[\u00a0-\u024f\u0370-\u052f\u05d0-\u06ff\u2000-\u22ff]+")

#: A broken letter is one for certain where its script stands within so many characters of it.
_NEAR = 60
_OTHER_SCRIPTS = (
    ("Greek", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("Cyrillic", re.compile("[\u0400-\u052f]")),
    ("Arabic", re.compile("[\u0600-\u06ff]")),
    ("Indic", re.compile("[\u0900-\u0dff]")),
    ("CJK", re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")),
)

# Patterns that begin with a character, or with one of a set, are searched for ten times as fast as others.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f][\x00-\x08\x0e-\x1f\x7f]*")
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LOST = re.compile("\ufffd\ufffd*")
_C1 = re.compile("[\u0080-\u0084\u0086-\u009f][\u0080-\u0084\u0086-\u009f]*")
_BARE = re.compile(r"Â(?=\s)(?<=[^\W\d_A-ZÀ-Þ]Â|[.,;:!?]Â)|â€(?![\u0080-\u00bfœ˜‚-›€™])")

#: No broken letter has ASCII in it, or is of one character.
_FOREIGN = re.compile("[^\x00-\x7f][^\x00-\x7f]+")

#: Cyrillic or Greek of one byte a letter, read as Latin-1: whole words of accented letters.
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿ¸](?<!\w.)[À-ÖØ-öø-ÿ¸]{3,}(?!\w)")

#: So many such words, of at least three different letters, are no accident.
_ACCENTED_WORDS = 3

_GAP = re.compile(r"[^\S\n\r]*")


@dataclass(frozen=True, kw_only=True)
class Mojibake(ArticleCheck):
    """Expect no text that was read in the wrong encoding.

    What it finds:
        In headline and body: UTF-8 that was read as Windows-1252, -1250, -1251, Latin-1 or Mac Roman, once or several
        times over; Cyrillic or Greek of one byte a letter read as Latin-1; the replacement character U+FFFD; control
        characters. The finding spans the broken words, those side by side as one, with the mended text as repair
        where it is certain.

    Why it matters:
        The words cannot be searched, split or translated, a language model learns them as they are, and names come
        out wrong. It is a fault of a whole source more often than of one article.

    Known limits:
        A letter that became '?' leaves no trace. A single broken capital before a quotation mark or a dash is taken
        for what it looks like, unless the article has certain damage elsewhere. Characters for private use are left
        alone: fonts of some publishers have them on purpose.

    Passes:
        - headline: "SÃO PAULO: “É AMANHÃ”"
          body: "L’été à Âge, ‘Ã’ et l’œuvre; AT&T, 5 °C, √2, naïve, Đà Nẵng, GRÂCE À DIEU – «férié», fé\\u00adlög."

    Fails:
        - headline: The cafÃ© reopens
          body: The mayorâ€™s cafÃ© on the quay costs Â£5.
          finds: ["cafÃ©", "mayorâ€™s cafÃ©", "Â£"]
        - body: "ÐœÐ¾ÑÐºÐ²Ð° and\\ufffd."
          finds: ["ÐœÐ¾ÑÐºÐ²Ð° and\\ufffd"]

    Options:
        None.

    Source:
        The ways in which text breaks are those that ftfy (Speer 2019) undoes, and its rule is kept: only what gets
        shorter and stays a text of one script is called broken. Older pages of a public benchmark have 'CÃ´tÃ©'.
    """

    name: ClassVar[str] = "mojibake"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "critical"

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """What no sound text has, or little of it."""
        return _SUSPICIOUS

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the broken words of headlines and bodies."""
        return pl.concat([self._find(batch, field) for field in ("headline", "body")])

    def _find(self, batch: Batch, field: str) -> pl.LazyFrame:
        mended = pl.col("mended")
        return flagged(
            spans_in(batch, field, _SUSPICIOUS, _broken, says=("reason", "mended")),
            field=field,
            reason=pl.col("reason"),
            repair=pl.when(mended.is_null())
            .then(pl.lit("none"))
            .when(mended == "")
            .then(pl.lit("delete"))
            .otherwise(pl.lit("replace")),
            replacement=pl.when(mended != "").then(mended),
        )


@cache
def _codecs() -> tuple[tuple[str, dict[str, int], re.Pattern[str]], ...]:
    """Return for each wrong encoding its name, the byte of each character, and what UTF-8 looks like in it."""
    made = []
    for codec in ("cp1252", "cp1250", "cp1251", "mac_roman"):
        byte: dict[str, int] = {chr(i): i for i in range(0x80, 0xA0)} if codec == "cp1252" else {}
        for i in range(0x80, 0x100):
            character = bytes([i]).decode(codec, errors="ignore")
            byte[character or chr(i)] = i

        def of(low: int, high: int, byte: dict[str, int] = byte) -> str:
            return "[" + "".join(re.escape(c) for c, i in byte.items() if low <= i <= high) + "]"

        more = of(0x80, 0xBF)
        sequence = f"{of(0xC2, 0xDF)}{more}|{of(0xE0, 0xEF)}{more}{more}|{of(0xF0, 0xF4)}{more}{more}{more}"
        made.append((codec, byte, re.compile(f"(?:{sequence})+")))
    return tuple(made)


def _broken(text: str) -> list[dict[str, Any]]:
    """Find the broken spans of a text: `start`, `end`, `reason`, `mended` (None where that is not certain)."""
    found: list[tuple[int, int, str | None, str]] = []
    foreign = [m.span() for m in _FOREIGN.finditer(text)]
    for codec, byte, pattern in _codecs():
        runs = [(m, _decoded(m[0], byte)) for span in foreign for m in pattern.finditer(text, *span)]
        read = [(m, mended, _is_certain(text, *m.span(), mended, codec)) for m, mended in runs if mended]
        if any(sure for _, _, sure in read):
            # What is in doubt alone is not where the same encoding did damage beside it.
            found += [(*m.span(), mended, _REASON) for m, mended, _ in read]
    odd = _ODD.search(text)
    for match in _C1.finditer(text) if odd else ():
        mended = match[0].encode("latin-1").decode("cp1252", errors="replace")
        sure = "\ufffd" not in mended
        found.append((*match.span(), mended if sure else None, "a control character where a letter or mark should be"))
    if "Â" in text or "â€" in text:
        bare = [*_BARE.finditer(text)]
        found += [(*m.span(), "" if m[0] == "Â" else None, _REASON) for m in bare]
    found += [(*m.span(), None, "a letter that was lost in conversion (U+FFFD)") for m in _LOST.finditer(text)]
    long = any(end - start > 3 for start, end in foreign)
    words = [m for m in _ACCENTED.finditer(text) if len(set(m[0].lower())) > 2] if long else []
    if len(words) >= _ACCENTED_WORDS:
        found += [(*m.span(), None, "Cyrillic or Greek that was read as Latin-1") for m in words]
    controls = [
        {"start": m.start(), "end": m.end(), "reason": "a control character in the text", "mended": ""}
        for m in (_CONTROLS.finditer(text) if odd else ())
    ]
    return _merged(text, sorted(found, key=lambda f: (f[0], -f[1]))) + controls


def _decoded(run: str, byte: dict[str, int]) -> str | None:
    """Read a run as the UTF-8 that it was, as often as it was misread; None where it was none."""
    mended = None
    while True:
        try:
            run = bytes(byte[c] for c in run).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return mended
        if all(unicodedata.category(c)[0] in "LMNPSZ" or c in "\u00ad\ufeff\u200b\u200e\u200f\u200d" for c in run):
            mended = run
        elif not _C1.search(run):
            return mended


def _is_certain(text: str, start: int, end: int, mended: str, codec: str) -> bool:
    """Say whether a run that could be broken text can be nothing else."""
    run = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    in_word = before.islower() or after.islower()
    if codec == "mac_roman":
        return run.startswith("‚Ä") or (run.startswith("√") and in_word and len(mended) == 1)
    if run.startswith(("â€", "â\x80", "â‚", "â„", "ðŸ", "ð\x9f", "ï»¿", "вЂ")):
        return True
    if codec == "cp1251":
        return len(run) >= 6 and all(c in "РС" for c in run[::2])
    script = _script(mended[0])
    if script and script in {_script(c) for c in text[max(0, start - _NEAR) : start] + text[end : end + _NEAR]}:
        return codec != "cp1251"
    twice = len(run) > len(mended.encode())
    if len(mended) > 1 or twice:
        return codec == "cp1252" or in_word or len(mended) > 2
    if not _SCRIPTS.fullmatch(mended):
        return False
    if len(run) == 2 and run[0] in "ÃÄÅĂĹ" and after.islower() and (before.islower() or run[1] in "›‚„‡"):
        return True
    ambiguous = all(c in _AFTER_A_WORD for c in run[1:])
    if codec == "cp1250":
        return in_word and not ambiguous and run[0] in "ĂĹÄ"
    if len(run) > 2 or run[0] not in "ÂÃÄÅ":
        return False
    if not ambiguous:
        return not before.isupper() or after.islower()
    if run[0] == "Â":
        return not before.isupper() and before not in _AFTER_A_WORD
    return before.islower() or (run == "Ã\u00a0" and (not before or before.isspace()))


def _script(character: str) -> str:
    """Name the script of a letter that is not Latin; CJK in one."""
    return next((name for name, letters in _OTHER_SCRIPTS if letters.match(character)), "")


def _merged(text: str, found: list[tuple[int, int, str | None, str]]) -> list[dict[str, Any]]:
    """Widen spans to their words, and join those that touch or have only spaces between."""
    spans: list[dict[str, Any]] = []
    for start, end, mended, reason in found:
        if spans and start < spans[-1]["_last"]:
            continue
        left, right = start, end
        while left > 0 and start - left < 30 and _is_letter(text[left - 1]):
            left -= 1
        while right < len(text) and right - end < 30 and _is_letter(text[right]):
            right += 1
        last = spans[-1] if spans else None
        if last is not None and (left <= last["end"] or _GAP.fullmatch(text, last["end"], left)):
            between = text[last["_last"] : start]
        else:
            last, between = None, text[left:start]
        if last is None:
            last = {"start": left, "end": right, "reason": reason, "_mended": between, "_sure": True, "_last": end}
            spans.append(last)
        else:
            last["_mended"] += between
            last["reason"] = _REASON if _REASON in (reason, last["reason"]) else reason
        last["_mended"] += mended or ""
        last["_sure"] = last["_sure"] and mended is not None
        last["_last"], last["end"] = end, right
    return [
        {
            "start": s["start"],
            "end": s["end"],
            "reason": s["reason"],
            "mended": s["_mended"] + text[s["_last"] : s["end"]] if s["_sure"] else None,
        }
        for s in spans
    ]


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < "\u0590"
