"""The check `preparation-leftover`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suspects import spans_in
from copydesk.lazy import pl
from copydesk.model.finding import flagged
from copydesk_expectations.detection.text.preparation import leftovers_in

#: Text without any of these has no leftover.
_SUSPICIOUS = (
    rb"\\[nrt\"u]|\\x[0-9a-f]",
    rb"=[0-9A-F]{2}=[0-9A-F]{2}",
    rb"-[lLrR][rRsScC][bB]-",
    rb"<(?:unk|pad|eos|bos|mask|sep|cls|s|/s|n|q|NUM|URL|newline|nl|\|)>?|\[(?:UNK|PAD|CLS|SEP|MASK|NEWLINE|BOS|EOS)\]",
    rb"NEWLINE_CHAR|story_separator|STORY_SEP|\|{5}|@highlight|xx(?:bos|maj|unk)",
    rb"@ ?@ ?|##[a-z]|\xe2\x96\x81",
    rb"(?:^|\n)---\s*\n[A-Za-z_]+:|[Ll]orem ipsum|LOREM IPSUM",
    rb"(?:^|\n)(?:[\[{]\s*b?['\"]|b['\"])",
    rb"[a-z] , [a-z]",
    rb"language model|[Aa]s an AI|[Ii](?:'|\xe2\x80\x99)m sorry, but I can",
    rb"(?:Sure|Certainly)[,!] here|[Hh]ere is (?:a|the) (?:rewritten|translated)",
    rb"KI-|mod\xc3\xa8le |odelo de l|odello |taalmodel|j\xc4\x99zykowy|jazykov\xc3\xbd model|AI-spr|ko\xc3\xa4lymalli",
    "dil modeli|model bahasa|mô hình ngôn|языковая|мовна модель|γλωσσικό μον".encode(),
    "语言模型|語言模型|言語モデル|언어 모델|نموذج لغ|كنموذج لغ|مدل زبانی|भाषा मॉडल".encode(),
)


@dataclass(frozen=True, kw_only=True)
class PreparationLeftover(ArticleCheck):
    r"""Expect no traces of the programs that made a data set out of the article.

    What it finds:
        In headline and body: escape sequences ('\n', '\u201c', '=C3=A9'); brackets and spaces of tokenizers ('-lrb-',
        'un@@ kind'); special tokens ('<unk>', 'NEWLINE_CHAR', '|||||', '@highlight'); words replaced by signs
        ('@ @ @ @'). Also bodies that are a value of JSON or Python, front matter, 'lorem ipsum dolor', and sentences
        in which a language model speaks of itself.

    Why it matters:
        The text passed through a program that did not undo what it did. A model learns these marks as words, and no
        reader should see them.

    Known limits:
        Paths ('C:\new'), quoted marks, and one or two marks in a story about programs are left alone. Of a text whose
        tokens stand apart, only its first paragraph is reported.

    Passes:
        - body: |-
            Save it as C:\new\table.txt, said @ferry and @harbour. “As an AI language model”, it began.
            The index fell 0.4 % | Gold 2,034 | Oil 71. Use “\n” for a line break, and a -1 for the rest.

    Fails:
        - body: The ferry sails again.\n\nThe council -lrb- eleven members -rrb- agreed.
          finds: ['\n\n', "-lrb- eleven members -rrb-"]
        - body: Winds of 151 km/h were measured, @ @ @ @ @ @ since records began. NEWLINE_CHAR Nobody was hurt.
          finds: ["@ @ @ @ @ @", "NEWLINE_CHAR"]

    Options:
        None.

    Source:
        Issues of data sets: Multi-News (NEWLINE_CHAR, |||||), CNN/DailyMail (@highlight, -lrb-), NELA-GT (@ @ @).
    """

    name: ClassVar[str] = "preparation-leftover"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "warning"

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """What the marks of programs begin with."""
        return _SUSPICIOUS

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return what preparation left in headlines and bodies."""
        return pl.concat([self._find(batch, field) for field in ("headline", "body")])

    def _find(self, batch: Batch, field: str) -> pl.LazyFrame:
        mended = pl.col("mended")
        return flagged(
            spans_in(batch, field, _SUSPICIOUS, leftovers_in, says=("reason", "mended")),
            field=field,
            reason=pl.col("reason"),
            repair=pl.when(mended.is_null())
            .then(pl.lit("none"))
            .when(mended == "")
            .then(pl.lit("delete"))
            .otherwise(pl.lit("replace")),
            replacement=pl.when(mended != "").then(mended),
        )
