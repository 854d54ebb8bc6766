"""The check `related-links`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CERTAIN
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.lexicon.check import LexiconCheck
from copydesk.model.finding import flagged
from copydesk_expectations.detection.residue.link_blocks import link_blocks


@dataclass(frozen=True, kw_only=True)
class RelatedLinks(LexiconCheck):
    """Expect no line that points to another story in a body.

    What it finds:
        A line that is nothing but a pointer to other stories: 'Read more: …', 'You might also like', 'Lesen Sie auch',
        and their like in the languages of the lexicons. Behind a pointer without a title, the titles of other stories
        are found too, as one span: the lines up to the next prose paragraph that may be titles.

    Why it matters:
        The headline behind the pointer belongs to another story; it is read as a sentence of this one, and search and
        deduplication meet it in both.

    Known limits:
        A bare title of another story, without a pointer above it, is not known here; `page-furniture` may see it.

    Passes:
        - body: |-
            Read more books, the minister told the pupils, and laughed.
            “You might also like the sequel,” the librarian said.

    Fails:
        - body: |-
            The council met on Monday.
            Read more: Mayor resigns after vote
            You might also like
            The plan was put off.
          finds: ["Read more: Mayor resigns after vote", You might also like]

    Options:
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        Lines of real pages; the kind related of the lexicons.
    """

    name: ClassVar[str] = "related-links"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "warning"
    confidence: ClassVar[str] = CERTAIN
    kinds: ClassVar[tuple[str, ...]] = ("related",)
    reason: ClassVar[str] = "a pointer to another story, not a line of this one"

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the pointers, and the blocks of titles behind those that are labels; to be deleted."""
        blocks = link_blocks(batch, self.lexicons).lazy()
        reason = pl.format("behind the label '{}': titles of other stories ({})", "label", "entries")
        return pl.concat([super().find(batch), flagged(blocks, reason=reason, repair="delete")], how="diagonal_relaxed")
