"""The check `caption-credit`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.lexicon.check import LexiconCheck


@dataclass(frozen=True, kw_only=True)
class CaptionCredit(LexiconCheck):
    """Expect no caption label or picture credit in a body.

    What it finds:
        A line that is nothing but the label of a caption or a credit: 'Image source', 'Photo: …', 'Getty Images',
        'Foto: …', and their like in the languages of the lexicons.

    Why it matters:
        The picture is gone, its credit stayed; names of agencies and photographers are read as persons of the story.

    Known limits:
        The text of a caption without a label or a credit reads like a sentence of the story, and is not seen.

    Passes:
        - body: |-
            The photo shows the bridge, the court heard.
            “Image is everything,” the coach said.

    Fails:
        - body: |-
            The bridge reopened on Monday.
            Image source
            Getty Images
            It had been shut for two years.
          finds: [Image source, Getty Images]

    Options:
        lexicons: files of your own with further phrases, named after their language (`en.house.txt`).

    Source:
        Lines of real pages; the kind caption of the lexicons.
    """

    name: ClassVar[str] = "caption-credit"
    family: ClassVar[str] = "residue"
    severity: ClassVar[str] = "info"
    kinds: ClassVar[tuple[str, ...]] = ("caption",)
    reason: ClassVar[str] = "the label of a caption or the credit of a picture, not a line of the story"
