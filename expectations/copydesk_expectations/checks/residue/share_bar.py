"""The check `share-bar`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CERTAIN
from copydesk.lexicon.check import LexiconCheck


@dataclass(frozen=True, kw_only=True)
class ShareBar(LexiconCheck):
    """Expect no buttons and counters of the page in a body.

    What it finds:
        A line that is nothing but the name of a button, a counter or a prompt: 'Share on Facebook', 'Print', '3
        comments', 'Leave a comment', 'Previous slide', and their like in the languages of the lexicons.

    Why it matters:
        They are words of the page's machinery; a body that begins with 'Share Tweet Email' poisons leads and summaries.

    Known limits:
        Buttons with names that no lexicon has are not known here; `page-furniture` may see them.

    Passes:
        - body: |-
            Facebook and Twitter said on Monday that they would share the data.
            Readers left comments by the hundred.

    Fails:
        - body: |-
            Share on Facebook
            The council met on Monday.
            Print
            Leave a comment
          finds: [Share on Facebook, Print, Leave a comment]

    Options:
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        Lines of real pages; the kind share of the lexicons. RefinedWeb drops counters by a rule of the same kind.
    """

    name: ClassVar[str] = "share-bar"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "warning"
    confidence: ClassVar[str] = CERTAIN
    kinds: ClassVar[tuple[str, ...]] = ("share",)
    reason: ClassVar[str] = "a button, a counter or a prompt of the page, not a line of the story"
