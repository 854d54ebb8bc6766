"""The check `ad-residue`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CERTAIN
from copydesk.lexicon.check import LexiconCheck


@dataclass(frozen=True, kw_only=True)
class AdResidue(LexiconCheck):
    """Expect no line of an advertisement's slot in a body or a standfirst.

    What it finds:
        A line that is nothing but the label of an advertisement or its control: 'Advertisement', 'Hide Ad', 'Story
        continues below', and their like in the languages of the lexicons.

    Why it matters:
        The words belong to the page. They cut paragraphs apart, and repeat by the thousand in a collection.

    Known limits:
        The text of an advertisement itself is not known. A line inside prose that speaks of an advertisement is
        never matched, nor is a phrase that no lexicon has: add it to one, see `lexicons`.

    Passes:
        - body: |-
            The court heard that the advertisement ran for a week.
            “Advertisement” was the only word on the page, the witness said.

    Fails:
        - standfirst: |-
            Advertisement
            The bridge reopens after two years.
          body: The bridge reopened on Monday.
          finds: [Advertisement]
        - body: |-
            The court heard the case on Monday.
            Hide Ad
            ADVERTISEMENT:
            It adjourned at noon.
          finds: ["Hide Ad", "ADVERTISEMENT:"]

    Options:
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        Lines of real pages in many languages; 'Hide Ad' of a regional group's papers, 'Advertisement' of most.
    """

    name: ClassVar[str] = "ad-residue"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "critical"
    confidence: ClassVar[str] = CERTAIN
    kinds: ClassVar[tuple[str, ...]] = ("ad",)
    reason: ClassVar[str] = "the label of an advertisement's slot, not a line of the story"
