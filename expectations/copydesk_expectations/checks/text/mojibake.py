"""The check `mojibake`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CERTAIN, ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged, no_spans
from copydesk.text.buffer import Text
from copydesk.text.scan import Matches, by_kernel, either
from copydesk_expectations.detection.text.broken_text import broken_fields
from copydesk_expectations.detection.text.misread_places import lines_of
from copydesk_expectations.detection.text.misreading_signs import SIGNS

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
    *SIGNS,
)

_FIELDS = ("headline", "body")
#: The columns of text that `broken_fields` gives.
_SAYS = ("field", "reason", "mended")


@dataclass(frozen=True, kw_only=True)
class Mojibake(ArticleCheck):
    """Expect no text that was read in the wrong encoding.

    What it finds:
        In headline and body: UTF-8 that was read as Windows-1252, -1250, -1251, Latin-1 or Mac Roman, once or several
        times. Cyrillic or Greek of one byte a letter that was read as Latin-1. The replacement character U+FFFD, and
        control characters. The finding spans the broken words, those side by side as one. The mended text is the repair
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
        The ways in which text breaks are those that ftfy (Speer 2019) undoes. Its rule is kept: broken is only what
        gets shorter and stays a text of one script. Older pages of a public benchmark have 'CÃ´tÃ©'.
    """

    name: ClassVar[str] = "mojibake"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "critical"
    confidence: ClassVar[str] = CERTAIN

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """What no sound text has, or little of it."""
        return _SUSPICIOUS

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the broken words of headlines and bodies, and the lines that are broken as a whole."""
        mended = pl.col("mended")
        suspects = [batch.suspects(field, _SUSPICIOUS) for field in _FIELDS]
        if not any(flags.any() for flags in suspects):
            return no_spans()
        at = (suspects[0] | suspects[1]).arg_true()
        columns = [batch.articles[name].gather(at).fill_null("") for name in _FIELDS]
        texts = [dict(zip(_FIELDS, some, strict=True)) for some in zip(*columns, strict=True)]
        suspicious = _suspicious_lines(text for fields in texts for text in fields.values())
        rows = [
            {"article": article, **span}
            for article, fields in zip(batch.articles["article"].gather(at), texts, strict=True)
            for span in broken_fields(fields, suspicious.__contains__)
        ]
        numbers = {"article": pl.UInt32, "start": pl.Int64, "end": pl.Int64}
        schema = {**numbers, **dict.fromkeys(_SAYS, pl.String)}
        return flagged(
            pl.LazyFrame(rows, schema),
            field=pl.col("field"),
            reason=pl.col("reason"),
            repair=pl.when(mended.is_null())
            .then(pl.lit("none"))
            .when(mended == "")
            .then(pl.lit("delete"))
            .otherwise(pl.lit("replace")),
            replacement=pl.when(mended != "").then(mended),
        )


def _suspicious_lines(texts: Iterable[str]) -> frozenset[str]:
    """Return the lines of some texts that have a sign of a misreading."""
    lines = pl.Series(list({line for text in texts for _, line in lines_of(text)}), dtype=pl.String)
    return frozenset(lines.gather(Matches(Text(lines), _SUSPICIOUS).texts(_SUSPICIOUS)))
