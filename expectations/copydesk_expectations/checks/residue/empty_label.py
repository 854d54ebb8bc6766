"""The check `empty-label`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import SHORT_LINE, Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import line_hits, load
from copydesk.lexicon.phrases import kind_bits
from copydesk.model.finding import flagged
from copydesk.text.expressions import normalised

#: A line of code that ends in a colon: it has a mark of code, a word of a programming language, or is a bare key.
_CODE = (
    r"[(){}\[\]=<>$#;\\_@|`]|^\s*(?:try|else|finally|except|elif|if|for|while|with|case|default|switch|async|lambda)\b"
    r"|^\s*(?:public|private|protected|class|def|struct)\b|^\s*-?\s*[a-z][a-z0-9.-]*:$|^\s*[\"'].*[\"']\s*:$"
)


@dataclass(frozen=True, kw_only=True)
class EmptyLabel(ArticleCheck):
    """Expect no label that introduces nothing.

    What it finds:
        A label, where the article ends after it or another label follows. A label is a line that a lexicon knows
        ('Related topics', 'Tags', 'Schlagworte'), or a line of at most `max_words` words that ends in a colon.

    Why it matters:
        The list behind the label was cut out, and the label was left.

    Known limits:
        A label that is followed by its entries is not empty; the entries are for other checks. A line of code
        (`else:`) is no label, nor is a word in small letters that no lexicon knows.

    Passes:
        - body: |-
            The mayor said:
            “We are glad.”
        - body: |-
            The loop reads as follows.
            try:
            while True:

    Fails:
        - body: |-
            The bridge reopened on Monday.
            Related topics:
          finds: ["Related topics:"]
        - body: |-
            The bridge reopened on Monday.
            Tags
            More on this:
          finds: [Tags, "More on this:"]

    Options:
        max_words: the most words of a line that is taken for a label because of its colon.
        lexicons: files of your own with further labels, named after their language (`en.house.txt`).

    Source:
        The seed of this project, a regional paper's story that ends in 'Related topics:'.
    """

    name: ClassVar[str] = "empty-label"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "warning"

    max_words: int = 4
    lexicons: tuple[str, ...] = ()

    def is_certain(self, text: str, start: int, end: int, replacement: str) -> bool:
        """A phrase of the lexicons is; a line that has nothing but its colon may be the story's."""
        line = pl.select(normalised(pl.lit(text[start:end]))).item()
        return load(self.lexicons).kinds_of(line, self.max_words) & kind_bits("label") > 0

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the labels that stand before nothing or before another label."""
        known = line_hits(batch, self.lexicons).filter((pl.col("kinds") & kind_bits("label")) > 0)
        endless = batch.paragraphs.filter(~pl.col("ends") & (pl.col("chars") <= SHORT_LINE))
        colons = endless.filter(pl.col("text").str.ends_with(":") | pl.col("text").str.ends_with("："))
        words = pl.col("text").str.count_matches(r"(?:^|\s)\S*\p{L}")  # a colon after a space is no word
        colons = colons.filter(words <= self.max_words, ~pl.col("text").str.contains(_CODE))
        at = np.union1d(batch.places(known), batch.places(colons))
        article = np.append(batch.paragraphs["article"].to_numpy(), -1)
        empty = batch.paragraphs[at[(article[at + 1] != article[at]) | np.isin(at + 1, at)]].lazy()
        return flagged(empty, reason="a label with nothing behind it", repair="delete")
