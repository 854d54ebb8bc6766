"""The check `promo-residue`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CERTAIN
from copydesk.lexicon.check import LexiconCheck
from copydesk.lexicon.lexicon import load

#: What a note of rights begins with.
_RIGHTS = re.compile(r"©|\(c\)|\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)

#: Fewer words before a note of rights name an owner; so many can be a caption, or a sentence of the story.
_PROSE = 8

_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, kw_only=True)
class PromoResidue(LexiconCheck):
    """Expect no line that promotes the publisher in a body.

    What it finds:
        A line that is nothing but an invitation: to a newsletter, a subscription, an app, a channel, a donation. A line
        that is a paywall's notice, a note on affiliate links, or a line of rights. The phrases are those of the
        lexicons, in their languages.

    Why it matters:
        Such lines stand between paragraphs of the story, repeat by the thousand, and are addressed to a reader of the
        site; a model learns to say them.

    Known limits:
        An invitation in words that no lexicon has is not seen here: `publisher-boilerplate` and `page-furniture` may
        see it. A sentence of the story that speaks of a newsletter is never matched.

    Passes:
        - body: |-
            The council will send a newsletter to every household in the valley.
            “Sign up for our newsletter,” the form said, and four hundred people did.

    Fails:
        - body: |-
            The council met on Monday.
            Sign up for our newsletter
            The plan was put off. All rights were reserved, the mayor joked.
            Follow us on Facebook
          finds: [Sign up for our newsletter, Follow us on Facebook]

    Options:
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        Lines of real pages; the kinds newsletter, subscription, paywall, social, app, affiliate, support and legal of
        the lexicons.
    """

    name: ClassVar[str] = "promo-residue"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "warning"
    confidence: ClassVar[str] = CERTAIN
    kinds: ClassVar[tuple[str, ...]] = (
        "newsletter",
        "subscription",
        "paywall",
        "social",
        "app",
        "affiliate",
        "support",
        "legal",
    )
    reason: ClassVar[str] = "a line that promotes the publisher or states its rights, not a line of the story"

    def is_certain(self, text: str, start: int, end: int, replacement: str) -> bool:
        """A line goes, but for one in which prose that no lexicon knows stands before a note of rights."""
        line = text[start:end]
        rights = _RIGHTS.search(line)
        before = _EDGES.sub("", " ".join(line[: rights.start()].lower().split())) if rights else ""
        words = before.count(" ") + 1
        return words < _PROSE or load(self.lexicons).kinds_of(before, words) > 0
