"""The check `glued-words`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suspects import spans_in
from copydesk.lazy import pl
from copydesk.model.finding import flagged
from copydesk.text.scan import by_kernel
from copydesk_expectations.detection.text.seams import LIKELY, OPENERS, missing_spaces, opens_sentences

#: Text without any of these has no such place: a mark behind a small letter, then perhaps a quote, and a capital with a
#: letter or a space behind it; or one of OPENERS behind a small letter.
_CAPITAL = rb"(?:[A-Z]|\xc3[\x80-\x9e]|[\xc4\xc5\xc8][\x80-\xbf]|\xce[\x86-\xab]|\xd0[\x80-\xaf]|\xd2\x90)"
_SUSPICIOUS = (
    by_kernel(
        "joints", rb"[a-z\x80-\xbf][.!?](?:\xe2\x80[\x99\x9d]|\xc2\xbb|[)\"])?" + _CAPITAL + rb"[A-Za-z \xc3-\xd2]"
    ),
    rb"[a-z\x80-\xbf](?:" + "|".join(OPENERS).encode() + rb")\s",
    rb"[.!?]\xe2\x80[\x9c\x9e][A-Z\xc3-\xd2]",
    rb"[a-z.!?\x80-\xbf](?:pic\.twitter\.com/|https?://t\.co/)",
)

#: The end of a sentence, as a repair leaves it, and the words on both sides.
_MARK = re.compile(r"(\S+?)[.!?][”»)’\"]? (\S+)")


@dataclass(frozen=True, kw_only=True)
class GluedWords(ArticleCheck):
    """Expect a space between sentences and between words.

    What it finds:
        A sentence that ends and the next that starts without a space: 'at noon.The mayor', in Latin, Greek and
        Cyrillic script. A sentence may end in a name, 'in London.Trains', or begin with one in capitals, 'on tape.NBC'.
        And two words run together, 'on MondayThe mayor', 'citySource', where the second opens
        sentences or both stand apart elsewhere in the article. Where an article has two such places, also those behind
        a name, a number or an abbreviation ('11 p.m.Authorities'). And a quotation right behind a sentence, and
        the link of a post right behind a word ('sayspic.twitter.com/…').

    Why it matters:
        Two elements of the page were joined without the space that its layout showed. Words are lost to search and
        counts, and a sentence splitter sees one sentence.

    Known limits:
        Names that are written so (iPhone, YouTube, McDonald, Газета.Ru), addresses, handles and code are left alone. So
        are words run together without a capital ('thecity'), and words joined by a comma. A name before the stop counts
        within a sentence, once in an article, where few words have a capital: not in German. Two words run together are
        looked for only in articles that have another such fault, or one of a few words that open sentences.

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

    def is_certain(self, text: str, start: int, end: int, replacement: str) -> bool:
        """Between sentences it is; without a mark, or behind a name, the two words may be a name."""
        seam = _MARK.search(replacement)
        return seam is not None and (not seam[1].istitle() or opens_sentences(seam[2]))

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the places without a space, with the words on both sides."""
        mended = pl.col("mended")
        return flagged(
            spans_in(batch, "body", self.suspicious, missing_spaces, says=("mended",), likely=LIKELY),
            reason="two words without the space between them",
            repair=pl.when(mended.is_null()).then(pl.lit("none")).otherwise(pl.lit("replace")),
            replacement=mended,
        )
